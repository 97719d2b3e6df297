import type { Logger } from '../logger.ts';
import type { StartRelayOptions } from '../relay/start.ts';

/** The options of one lot of a process. */
export interface LotOptions extends Omit<
  StartRelayOptions,
  | 'host'
  | 'port'
  | 'metricsHost'
  | 'metricsPort'
  | 'state'
  | 'log'
  | 'lot'
  | 'redis'
  | 'trustProxy'
  | 'panel'
  | 'logger'
> {
  /** The name: 1 to 63 of the characters `a-z`, `0-9` and `-`. It is part of the addresses of the lot. */
  readonly name: string;
  /**
   * The address of the lot, if it has its own host name: `https://acme.example`. Requests with this host
   * name get to the lot without `/lot/NAME`. Default: the lot is below the address of the process.
   */
  readonly publicUrl?: string;
  /** True if the process creates the web hooks that are missing at the switch. Default false. */
  readonly subscribe?: boolean;
}

/** The options of a process with several lots. */
export interface StartLotsOptions extends Pick<
  StartRelayOptions,
  'host' | 'port' | 'metricsHost' | 'metricsPort' | 'redis' | 'trustProxy' | 'panel' | 'publicUrl'
> {
  readonly lots: readonly LotOptions[];
  /** The folder of the state. Each lot has its own folder in it. Default: everything is in memory. */
  readonly state?: string;
  /** Default: a file for each lot in the folder `state`. `memory`: a restart loses the logs. */
  readonly log?: 'memory';
  /** Gets what the administrator must know. Each line about one lot has the field `lot`. */
  readonly logger?: Logger;
}

/** A lot whose settings are wrong. */
export interface BrokenLot {
  /** Null if the name itself is wrong. */
  readonly name: string | null;
  /** A sentence for the administrator. */
  readonly problem: string;
}

/** The result of `change`. Each field is a list of the names of lots. */
export interface LotsReport {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly kept: readonly string[];
  /** The lots that are as before, because their settings are wrong or they could not be opened. */
  readonly broken: readonly BrokenLot[];
}
