import type { ValetParkOptions } from 'valet-park';
import type { Post } from './post.ts';

/** How a notification is written. `json` is signed. The others are for people to read. */
export const FORMATS = ['json', 'slack', 'teams', 'ntfy'] as const;

export type NotifyFormat = (typeof FORMATS)[number];

/** The options of the notifications about parked calls. */
export interface NotifyOptions {
  /**
   * The receivers, as `https://crm.example/parking`, or with a format before the URL, as
   * `slack=https://hooks.slack.com/services/…`. The formats are `json`, `slack`, `teams` and `ntfy`.
   */
  readonly to: readonly string[];
  /** The secret of the signatures: `whsec_` and 24 to 64 bytes in base64, as Standard Webhooks says. */
  readonly secret: string;
  /**
   * True allows receivers with private addresses, and `http`. Set it only if no other person can
   * change `to`. Default false.
   */
  readonly allowPrivate?: boolean;
  /** How long a receiver may take to answer, in ms. Default 10,000. */
  readonly timeoutMs?: number;
  /** The names of extensions, by id. Notifications contain them. */
  readonly names?: Readonly<Record<string, string>>;
  /** Sends one request. Default: over the network. It never follows a redirect. */
  readonly post?: Post;
  /** The clock of the pauses, for tests. Default: the clock of the machine. */
  readonly clock?: ValetParkOptions['clock'];
}

/** One receiver of notifications. */
export interface Receiver {
  readonly format: NotifyFormat;
  readonly url: string;
  /** The name in messages and counters. It has no path, because a path can contain a secret. */
  readonly name: string;
}

/**
 * Reads a receiver, for example `slack=https://hooks.slack.com/services/…`.
 *
 * @throws RangeError. The message says what would be right.
 */
export function readReceiver(text: string, allowPrivate: boolean): Receiver {
  const [, word = 'json', url = ''] = /^(?:(\w+)=)?(.*)$/s.exec(text) ?? [];
  const format = FORMATS.find((one) => one === word);
  if (format === undefined) {
    throw new RangeError(
      `a receiver has one of the formats ${FORMATS.join(', ')}, not \`${word}\``,
    );
  }
  const { protocol, host, username } = URL.canParse(url) ? new URL(url) : NO_URL;
  const isAllowed = protocol === 'https:' || (protocol === 'http:' && allowPrivate);
  if (!isAllowed || host === '' || username !== '') {
    // The message does not quote the URL, which can contain a secret.
    throw new RangeError(
      'a receiver of notifications is a URL, as https://crm.example/parking (http:// only together ' +
        'with the permission for private addresses), without a user name',
    );
  }
  return { format, url, name: `${format} ${host}` };
}

/**
 * Returns the key of the signatures.
 *
 * @throws RangeError if the secret is not as Standard Webhooks says.
 */
export function readKey(secret: string): Buffer {
  const text = secret.replace(/^whsec_/, '');
  const key = Buffer.from(text, 'base64');
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(text);
  if (isBase64 && key.length >= 24 && key.length <= 64) return key;
  throw new RangeError(
    'the secret of the notifications is whsec_ and 24 to 64 bytes in base64, as Standard Webhooks says',
  );
}

const NO_URL = { protocol: '', host: '', username: '' };
