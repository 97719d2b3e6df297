import type { ValetParkOptions } from 'valet-park';
import type { Access } from '../access/access.ts';
import type { DialectName } from '../exchange/dialect.ts';
import type { FeedOptions } from '../feed/feed.ts';
import type { Log } from '../feed/log.ts';
import { checkFreeswitchOptions, type FreeswitchOptions } from '../freeswitch/options.ts';
import type { Logger } from '../logger.ts';
import type { NotifyOptions } from '../notify/options.ts';
import type { JournalOptions } from './journal.ts';
import type { UpstreamOptions } from './upstream.ts';

/** The options of a relay. */
export interface RelayOptions {
  /** The real switch, if it has the HTTP API. Give either this or `freeswitch`. */
  readonly upstream?:
    Pick<UpstreamOptions, 'url' | 'clientId' | 'clientSecret' | 'timeoutMs' | 'budget'> | undefined;
  /**
   * The real switch, if it is a FreeSWITCH. Give either this or `upstream`. One relay orders all commands
   * of a lot on FreeSWITCH, so no second relay may serve the same lot.
   */
  readonly freeswitch?: FreeswitchOptions | undefined;
  /** The numeric ids of the extensions that the relay serves. */
  readonly extensions: readonly string[];
  /** Who may use the relay. */
  readonly access: Access;
  /** The name of the lot. Default `main`. */
  readonly lot?: string;
  /** The path before all routes, as `/lot/acme`. Default: none. */
  readonly prefix?: string | undefined;
  /** Default: a log in memory. A restart loses it. */
  readonly log?: Log;
  /** How long the journal keeps departures. Default: 500 departures, 24 hours. */
  readonly journal?: Pick<JournalOptions, 'departures' | 'keptMs'>;
  /** The web hooks of the switch. Default: none, so the relay gets no call events. */
  readonly hooks?: RelayHooks | null;
  /** Which version of the documentation the switch follows. Default `classic`. */
  readonly dialect?: DialectName;
  /** The number of slots. Default 9. */
  readonly slots?: number;
  /** How long a call may wait on the switch, in ms. Default 180,000. */
  readonly patienceMs?: number;
  /**
   * How the relay picks calls up. Default: panels of the relay cannot pick up. With `freeswitch` they
   * always can, and this option must not be given.
   */
  readonly pickUp?: RelayPickUp | undefined;
  /** Who is notified of parked calls, and how. Default: no one. */
  readonly notify?: NotifyOptions | undefined;
  readonly feed?: Pick<FeedOptions, 'heartbeatMs'>;
  /** The number of feeds that one token may have open. Default 200. */
  readonly feedsPerToken?: number;
  /** Gets what the administrator must know. Default: `console.error`, without personal data. */
  readonly logger?: Logger;
  /** How often the relay asks for the list of live calls, in ms. Default 300,000. */
  readonly currentCallsMs?: number;
  /** Sends the requests to the switch. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** Returns the time in ms since 1970. Default: the clock of the machine. */
  readonly now?: () => number;
  /** The clock of the asker, for tests. Default: the clock of the machine. */
  readonly clock?: ValetParkOptions['clock'];
}

/**
 * How a relay connects the telephone of an extension with a call that waits.
 *
 * The switch calls the telephone and then an extension that answers by itself, and the relay bridges
 * the call at that extension.
 */
export interface RelayPickUp {
  /** The numeric id of the extension that answers by itself. The relay serves it to no panel. */
  readonly extension: string;
  /**
   * The number that the switch dials for each extension, by id: `{ 34414: '341', 34900: '900' }`. The
   * relay learns a missing number from call events that name it.
   */
  readonly numbers?: Readonly<Record<string, string>>;
  /** How long a telephone rings, in ms. Default 15,000, at most 60,000. */
  readonly ringMs?: number;
  /**
   * True if the relay looks whether the caller still waits before it bridges. With false, a telephone
   * can be parked in the empty slot. Only a test that must see this accident sets false. Default true.
   */
  readonly lookBeforePickUp?: boolean;
}

/** How the web hooks of the switch reach the relay. */
export interface RelayHooks {
  /** The secret in the URL: at least 22 of the characters `A-Za-z0-9_-`. */
  readonly secret: string;
  /** The secret before. It stays valid while the web hooks are replaced. */
  readonly previousSecret?: string;
  /** The address under which the switch reaches the relay. Needed for `subscribe` only. */
  readonly publicUrl?: string;
  /** A word that no other relay of the same customer has. Needed for `subscribe` only. */
  readonly installation?: string;
}

/** @throws RangeError for a wrong option. The message says what would be right. */
export function checkRelayOptions(options: RelayOptions): void {
  const { extensions, hooks, pickUp } = options;
  checkSwitch(options);
  if (extensions.length === 0) throw new RangeError('name at least one extension, as 34414');
  for (const id of [...extensions, pickUp?.extension ?? '1']) {
    if (!/^\d{1,15}$/.test(id)) {
      throw new RangeError(`an extension is a numeric id, as 34414, not \`${id}\``);
    }
  }
  if (pickUp !== undefined && extensions.includes(pickUp.extension)) {
    throw new RangeError(
      `the extension ${pickUp.extension} answers by itself for pick-ups, so it cannot be one of the ` +
        'extensions of panels',
    );
  }
  const { ringMs = 1_000 } = pickUp ?? {};
  if (!(ringMs >= 1_000 && ringMs <= LONGEST_RING_MS)) {
    throw new RangeError(`\`ringMs\` is a number from 1,000 to ${LONGEST_RING_MS}, not ${ringMs}`);
  }
  for (const secret of [hooks?.secret, hooks?.previousSecret]) {
    if (secret !== undefined && !/^[\w-]{22,}$/.test(secret)) {
      throw new RangeError('the secret of the web hooks has at least 22 letters, digits, - or _');
    }
  }
}

/** @throws RangeError if no switch is named, or two are, or the switch cannot do what is wanted. */
function checkSwitch({ upstream, freeswitch, pickUp, log }: RelayOptions): void {
  if ((upstream === undefined) === (freeswitch === undefined)) {
    throw new RangeError('give either `upstream` or `freeswitch`: a relay has one switch');
  }
  if (upstream !== undefined) {
    const { url } = upstream;
    if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return;
    throw new RangeError('the upstream url is an http or https address, as https://pbx.example');
  }
  if (freeswitch === undefined) return;
  checkFreeswitchOptions(freeswitch);
  if (pickUp !== undefined) {
    throw new RangeError('FreeSWITCH rings the telephones itself: leave `pickUp` out');
  }
  if (log?.lease != null) throw new RangeError(ONE_RELAY);
}

/** Why a lot on FreeSWITCH is not shared. */
export const ONE_RELAY =
  'one relay alone orders the commands of a lot on FreeSWITCH, so its log cannot be in Redis: leave Redis ' +
  'out, and let the system start the relay again if it ends; it then reads the lot from FreeSWITCH';

const LONGEST_RING_MS = 60_000;
