import type { Clock } from './clock.js';
import { error } from './error.js';
import type { Dialect } from './words.js';

/** What a `ValetPark` is told once. */
export interface ValetParkOptions {
  /** What comes before `/extension/…`, for example `https://host/api/ver1.0` or `/api/ver1.0`. */
  readonly baseUrl: string;
  /** The extension on whose behalf calls are parked. */
  readonly extension: string;
  /** Added to every request; asked again after a 401. */
  readonly headers?: () =>
    Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  readonly dialect?: Dialect;
  /** How long a call may wait, in ms. Default 180,000; 0: for ever. */
  readonly patienceMs?: number;
  /** The server-sent events of a relay or of the embedded switch; null (default): none. */
  readonly feed?: string | null;
  /**
   * `'watch'` (default): ask in the background, within the budget, while someone subscribes.
   * `'off'`: ask only when told to. Whoever listens for anything but `trouble` counts, on a page
   * that can be seen.
   */
  readonly asking?: 'watch' | 'off';
  /**
   * May a parked call be asked with when no other call is live? `'auto'` (default): it is tried
   * once, and given up for good where the switch refuses it. `true`: a call that the switch refuses
   * is given up, other ones are tried. `false`: never.
   */
  readonly askWithParked?: boolean | 'auto';
  /**
   * `'auto'` (default): the slot is looked at after each `park` and `bridge`, some 100 ms later,
   * unless a feed tells how it ended. `'never'`: the answer of the switch is believed.
   */
  readonly confirm?: 'auto' | 'never';
  /** `'auto'` (default): tabs of one origin, extension and base URL share one asker and one feed,
   *  where the host has Web Locks and BroadcastChannel; `'solo'`: every tab is on its own. */
  readonly tabs?: 'auto' | 'solo';
  /** How long one request may take, in ms. Default 10,000. */
  readonly timeoutMs?: number;
  /** Sends the requests. Default: the host's own. */
  readonly fetch?: typeof globalThis.fetch;
  /** Tells the time. Default: the host's own. */
  readonly clock?: Clock;
}

function expect(good: boolean, what: string): void {
  if (!good) throw error('invalid', 'invalid-options', `expected ${what}`);
}

function expectObject(options: unknown): void {
  expect(typeof options === 'object' && options !== null, 'the options to be an object');
}

/** The options of one call of a method, looked at. */
export function checked<T extends { signal?: AbortSignal }>(options: T): T {
  expectObject(options);
  const { signal } = options;
  const isSignal = typeof signal?.addEventListener === 'function';
  expect(signal == null || isSignal, '`signal` to be an AbortSignal');
  return options;
}

/** Looks at what the core does not: the half of the options that touches the world. */
export function checkOptions(options: ValetParkOptions): void {
  const oneOf = (value: unknown, ...known: unknown[]): boolean => known.includes(value);
  expectObject(options);
  const { baseUrl, clock, feed, timeoutMs } = options;
  expect(typeof baseUrl === 'string', "`baseUrl` to be a text, like '/api/ver1.0'");
  expect(oneOf(typeof options.headers, 'undefined', 'function'), '`headers` to be a function');
  expect(oneOf(typeof options.fetch, 'undefined', 'function'), '`fetch` to be a function');
  expect(feed == null || typeof feed === 'string', '`feed` to be a URL as a text, or null');
  expect(oneOf(options.asking, undefined, 'watch', 'off'), "`asking` to be 'watch' or 'off'");
  expect(oneOf(options.tabs, undefined, 'auto', 'solo'), "`tabs` to be 'auto' or 'solo'");
  const isClock = typeof clock?.now === 'function' && typeof clock.wakeAt === 'function';
  expect(clock === undefined || isClock, '`clock` to have the functions `now` and `wakeAt`');
  const isLength = typeof timeoutMs === 'number' && timeoutMs > 0;
  expect(timeoutMs === undefined || isLength, '`timeoutMs` to be a number of milliseconds above 0');
}
