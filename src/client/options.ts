import type { Clock } from './clock.js';
import { error } from './error.js';
import { tried } from './host.js';
import type { SlotView } from './views.js';
import { hasTabs } from './tabs.js';
import type { Dialect } from './types.js';
import { type Copy, copyDialect } from './validate.js';

/** The options of a `ValetPark`. */
export interface ValetParkOptions {
  /** The part of each URL before `/extension/…`: `https://host/api/ver1.0` or `/api/ver1.0`. */
  readonly baseUrl: string;
  /**
   * The extension whose calls are parked and bridged, or several extensions of one desk. With a
   * numeric id, like `34414`, the client ignores the call events of other extensions. With `@101`
   * it cannot.
   */
  readonly extension: string | readonly string[];
  /**
   * Returns the headers of each request, for example the token. After a 401 the client calls it
   * again and repeats the request once.
   */
  readonly headers?: () =>
    Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  /** The number of slots, and how the switch spells them. Default: nine slots. */
  readonly dialect?: Dialect;
  /**
   * How long a call may wait on this switch, in ms. Default 180,000. With 0 a call may wait for
   * ever. The countdowns in the snapshot depend on this time.
   */
  readonly patienceMs?: number;
  /**
   * The URL of the server-sent events of a relay or of the embedded switch. Default null: no feed.
   */
  readonly feed?: string | null;
  /**
   * `'watch'` (default): the client asks in the background, within the budget, while the page is
   * visible and has a subscriber. Any listener counts as a subscriber, except one for `trouble`.
   * `'off'`: the client asks only when a method is called.
   */
  readonly asking?: 'watch' | 'off';
  /**
   * Every question names a live call. This option says whether the client may name a parked call if
   * no other call is live. `'auto'` (default): the client tries once, and never again if the switch
   * refuses. `true`: if the switch refuses one call, the client tries the next one. `false`: the
   * client never does.
   */
  readonly askWithParked?: boolean | 'auto';
  /**
   * `'auto'` (default): the client checks the slot some 50 ms after each `park` and `bridge`,
   * unless a feed reports the result. `'never'`: the client believes the answer of the switch.
   */
  readonly confirm?: 'auto' | 'never';
  /**
   * Connects the softphone of this application with the call that waits in a slot. `pickUp` of the
   * client calls it if the server does not announce `pick-up`. It resolves when the two talk, and
   * rejects if they do not. `signal` is aborted when the command is.
   *
   * Do not let the telephone enter the slot before the caller is known to wait there. Many switches
   * park every call that enters an empty slot.
   */
  readonly pickUp?: (view: SlotView, options: { signal: AbortSignal }) => Promise<void>;
  /**
   * `'auto'` (default): the client asks the switch for the live calls at the start, after a sleep and
   * when the network is back, unless there is a feed or `asking` is `'off'`. It stops for good if the
   * switch refuses. `'off'`: only `loadCalls` asks.
   */
  readonly currentCalls?: 'auto' | 'off';
  /**
   * `'session'` (default in browsers): the calls that this client parked survive a reload of the page,
   * with caller, note, slot and time. They are stored in `sessionStorage` until they leave their slots,
   * the client is disposed or the tab is closed. After a reload they are not confirmed until the client
   * has asked. `'none'`: nothing is stored.
   */
  readonly remember?: 'session' | 'none';
  /**
   * `'auto'` (default): one tab asks in the background and reads the feed for all tabs with the
   * same origin, extension and base URL. This needs Web Locks and BroadcastChannel, and so HTTPS or
   * localhost. `'solo'`: this tab asks for itself.
   */
  readonly tabs?: 'auto' | 'solo';
  /** How long one request may take, in ms. Default 10,000. A command may need several requests. */
  readonly timeoutMs?: number;
  /** The function that sends the requests. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /**
   * The clock of the client. Default: the system clock. All times in the snapshot are on this
   * clock.
   */
  readonly clock?: Clock;
}

function expect(good: boolean, what: string): void {
  if (!good) throw error('invalid', 'invalid-options', `expected ${what}`);
}

function expectObject(options: unknown): void {
  expect(typeof options === 'object' && options !== null, 'the options to be an object');
}

/** Returns a copy of the options. Throws if a field cannot be read. */
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

/** Returns a copy of the options of one method call. Throws if `signal` is not an AbortSignal. */
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

/**
 * Returns a copy of the options. Checks the options that the core does not check, for example
 * `headers`, `feed` and `clock`, and throws `invalid-options` if one is wrong.
 */
export function checkOptions(given: ValetParkOptions): ValetParkOptions {
  const oneOf = (value: unknown, ...known: unknown[]): boolean => known.includes(value);
  const options = copied(given);
  const { baseUrl, clock, feed, timeoutMs } = options;
  expect(typeof baseUrl === 'string', "`baseUrl` to be a text, like '/api/ver1.0'");
  expect(oneOf(typeof options.headers, 'undefined', 'function'), '`headers` to be a function');
  expect(oneOf(typeof options.pickUp, 'undefined', 'function'), '`pickUp` to be a function');
  expect(oneOf(typeof options.fetch, 'undefined', 'function'), '`fetch` to be a function');
  expect(feed == null || typeof feed === 'string', '`feed` to be a URL as a text, or null');
  expect(oneOf(options.asking, undefined, 'watch', 'off'), "`asking` to be 'watch' or 'off'");
  const { currentCalls, remember } = options;
  expect(oneOf(currentCalls, undefined, 'auto', 'off'), "`currentCalls` to be 'auto' or 'off'");
  expect(oneOf(remember, undefined, 'session', 'none'), "`remember` to be 'session' or 'none'");
  expect(oneOf(options.tabs, undefined, 'auto', 'solo'), "`tabs` to be 'auto' or 'solo'");
  const isClock = (): boolean =>
    typeof clock?.now === 'function' && typeof clock.wakeAt === 'function';
  expect(
    clock === undefined || tried(isClock) === true,
    '`clock` to have the functions `now` and `wakeAt`',
  );
  const isLength = typeof timeoutMs === 'number' && timeoutMs > 0;
  expect(timeoutMs === undefined || isLength, '`timeoutMs` to be a number of milliseconds above 0');
  const { extension } = options;
  const own = tried(() => (Array.isArray(extension) ? [...(extension as string[])] : extension));
  return { ...options, extension: own ?? '' };
}

/** The options that the core reads and checks. */
export interface MirrorOptions extends Pick<
  Copy<ValetParkOptions>,
  'patienceMs' | 'askWithParked' | 'confirm'
> {
  readonly extension: string | readonly string[];
  readonly dialect: Copy<Dialect> | undefined;
  /** True if the mirror returns messages for other tabs. */
  readonly shares: boolean;
}

/** Returns a copy of the options that the core reads. */
export function mirrorOptions(options: ValetParkOptions): MirrorOptions {
  const { extension, dialect, patienceMs, askWithParked, confirm } = options;
  const shares = sharesWithTabs(options);
  return { extension, dialect: copyDialect(dialect), patienceMs, askWithParked, confirm, shares };
}

/** True if this tab shares what it learns with other tabs. */
export function sharesWithTabs({ tabs }: ValetParkOptions): boolean {
  return tabs !== 'solo' && hasTabs();
}

/** Returns the extensions as a list. The core has checked them. */
export function extensionsOf({
  extension,
}: Pick<ValetParkOptions, 'extension'>): readonly string[] {
  return typeof extension === 'string' ? [extension] : extension;
}
