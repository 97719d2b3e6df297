/** The options of one connection. */
export interface ConnectionOptions {
  readonly url: string;
  /** How long Redis may take to accept the connection, in ms. */
  readonly timeoutMs: number;
}

/** One connection to Redis. It is never repaired: after an error, a new one takes its place. */
export interface RedisConnection {
  readonly isOpen: boolean;
  connect(): Promise<unknown>;
  sendCommand(command: readonly string[]): Promise<unknown>;
  subscribe(
    channels: string[],
    listener: (message: string, channel: string) => void,
  ): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  destroy(): void;
}

/** Creates a connection that is not open yet. */
export type Connect = (options: ConnectionOptions) => RedisConnection;

/**
 * Loads the library for Redis. It is not part of the package, because most relays need no Redis.
 *
 * @throws Error if the library is missing. The message says how to install it.
 */
export async function loadRedisClient(): Promise<Connect> {
  const library = await import('@redis/client').catch((error: unknown) => {
    throw new Error(MISSING, { cause: error });
  });
  return ({ url, timeoutMs }) =>
    library.createClient({
      url,
      RESP: 2,
      disableOfflineQueue: true,
      disableClientInfo: true,
      maintNotifications: 'disabled',
      socket: { reconnectStrategy: false, connectTimeout: timeoutMs },
    });
}

/** @throws RangeError unless the text is an address of Redis. */
export function checkUrl(url: string): void {
  if (URL.canParse(url) && /^rediss?:$/.test(new URL(url).protocol)) return;
  // The text may contain a password.
  throw new RangeError('the address of Redis is as redis://127.0.0.1:6379, or rediss:// with TLS');
}

const MISSING =
  'the library for Redis is missing: install it beside valet-park with `npm install @redis/client`, ' +
  'or `npm install --global @redis/client` if valet-park is installed globally';
