import { describeFaults, type StartOptions } from '../index.ts';
import type { Values } from './settings.ts';

/**
 * Returns the options of the embedded switch.
 *
 * @throws SwitchError for faults that cannot be read.
 */
export function switchOptions(values: Values): StartOptions & ListenOptions {
  const { patience, token, hourly, 'refuse-parked': refuseParked = false } = values;
  const { faults = 'calm', slots, profile, dialect, strict } = values;
  return {
    ...listenOptions(values),
    askWithParked: !refuseParked,
    faults: describeFaults(faults),
    ...(slots === undefined ? {} : { slots }),
    ...(patience === undefined ? {} : { patienceMs: patience * 1_000 }),
    ...(token === undefined ? {} : { token }),
    ...(profile === undefined ? {} : { profile }),
    ...(dialect === undefined ? {} : { dialect }),
    ...(strict === undefined ? {} : { strict }),
    ...(hourly === undefined ? {} : { hourlyLimit: hourly }),
  };
}

/** Where a server listens. */
export interface ListenOptions {
  readonly port: number;
  readonly host: string;
}

/** Returns where a server listens. */
export function listenOptions({ port = 8_341, host = '127.0.0.1' }: Values): ListenOptions {
  return { port, host };
}
