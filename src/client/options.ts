import type { Clock } from './clock.js';
import { error } from './error.js';
import { tried } from './host.js';
import type { Dialect } from './types.js';

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
   * `'auto'` (default): the slot is looked at after each `park` and `bridge`, some 50 ms later,
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

/** A copy of options whose fields can be read. */
function copied<T extends object>(options: T): T {
  expectObject(options);
  const copy: Partial<T> = {};
  const copyAll = (): true => {
    for (const name in options) copy[name] = options[name];
    return true;
  };
  expect(tried(copyAll) === true, 'options whose fields can be read');
  return copy as T;
}

/** The options of one call of a method, looked at. */
export function checked<T extends { signal?: AbortSignal }>(options: T): T {
  const copy = copied(options);
  const { signal } = copy;
  const isSignal = (): boolean => {
    const hear = (): void => {};
    signal?.addEventListener('abort', hear);
    signal?.removeEventListener('abort', hear);
    return typeof signal?.aborted === 'boolean';
  };
  expect(signal == null || tried(isSignal) === true, '`signal` to be an AbortSignal');
  return copy;
}

/** Looks at what the core does not, the half of the options that touches the world, and returns a
 *  copy of all. */
export function checkOptions(given: ValetParkOptions): ValetParkOptions {
  const oneOf = (value: unknown, ...known: unknown[]): boolean => known.includes(value);
  const options = copied(given);
  const { baseUrl, clock, feed, timeoutMs } = options;
  expect(typeof baseUrl === 'string', "`baseUrl` to be a text, like '/api/ver1.0'");
  expect(oneOf(typeof options.headers, 'undefined', 'function'), '`headers` to be a function');
  expect(oneOf(typeof options.fetch, 'undefined', 'function'), '`fetch` to be a function');
  expect(feed == null || typeof feed === 'string', '`feed` to be a URL as a text, or null');
  expect(oneOf(options.asking, undefined, 'watch', 'off'), "`asking` to be 'watch' or 'off'");
  expect(oneOf(options.tabs, undefined, 'auto', 'solo'), "`tabs` to be 'auto' or 'solo'");
  const isClock = (): boolean =>
    typeof clock?.now === 'function' && typeof clock.wakeAt === 'function';
  expect(
    clock === undefined || tried(isClock) === true,
    '`clock` to have the functions `now` and `wakeAt`',
  );
  const isLength = typeof timeoutMs === 'number' && timeoutMs > 0;
  expect(timeoutMs === undefined || isLength, '`timeoutMs` to be a number of milliseconds above 0');
  return options;
}
