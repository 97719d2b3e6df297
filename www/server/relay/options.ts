import type { ValetParkOptions } from 'valet-park';
import type { Access } from '../access/access.ts';
import type { DialectName } from '../exchange/dialect.ts';
import type { FeedOptions } from '../feed/feed.ts';
import type { Log } from '../feed/log.ts';
import type { Logger } from '../logger.ts';
import type { JournalOptions } from './journal.ts';
import type { UpstreamOptions } from './upstream.ts';

/** The options of a relay. */
export interface RelayOptions {
  /** The real switch. */
  readonly upstream: Pick<UpstreamOptions, 'url' | 'clientId' | 'clientSecret' | 'timeoutMs'>;
  /** The numeric ids of the extensions that the relay serves. */
  readonly extensions: readonly string[];
  /** Who may use the relay. */
  readonly access: Access;
  /** The name of the lot. Default `main`. */
  readonly lot?: string;
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
export function checkRelayOptions({ upstream, extensions, hooks }: RelayOptions): void {
  const { url } = upstream;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new RangeError('the upstream url is an http or https address, as https://pbx.example');
  }
  if (extensions.length === 0) throw new RangeError('name at least one extension, as 34414');
  for (const id of extensions) {
    if (!/^\d{1,15}$/.test(id)) {
      throw new RangeError(`an extension is a numeric id, as 34414, not \`${id}\``);
    }
  }
  for (const secret of [hooks?.secret, hooks?.previousSecret]) {
    if (secret !== undefined && !/^[\w-]{22,}$/.test(secret)) {
      throw new RangeError('the secret of the web hooks has at least 22 letters, digits, - or _');
    }
  }
}
