// Optional features of the browser. A feature may be missing, may refuse, or may throw on access: in
// a frame without an origin, on a phone, or by a company policy. The panel then works without the
// feature and writes nothing to the console.

/** Calls `use`. Returns `fallback` if the browser throws. */
export function tryOr<Value>(use: () => Value, fallback: Value): Value {
  try {
    return use();
  } catch {
    return fallback;
  }
}

/** Calls `use` and waits for its result. Returns `fallback` if it throws, rejects or is missing. */
export async function tryAsync<Value>(
  use: () => Promise<Value> | undefined,
  fallback: Value,
): Promise<Value> {
  try {
    return (await use()) ?? fallback;
  } catch {
    return fallback;
  }
}

/** Returns the text stored under `key`; null without an entry or without storage. */
export function readStored(key: string): string | null {
  return tryOr(() => localStorage.getItem(key), null);
}

/** Stores `text` under `key`, or removes the entry if `text` is null. */
export function store(key: string, text: string | null): void {
  tryOr(() => {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  }, undefined);
}

/** Whether the browser allows notifications; null if it has none. */
export function notificationPermission(): NotificationPermission | null {
  return tryOr(() => (typeof Notification === 'function' ? Notification.permission : null), null);
}

export function canNotify(): boolean {
  return notificationPermission() === 'granted';
}

/** Asks the person to allow notifications, unless they have already decided. */
export async function requestNotifications(): Promise<void> {
  if (notificationPermission() !== 'default') return;
  await tryAsync(() => Notification.requestPermission(), 'default');
}

/** Shows a notification. Returns null if that fails: on phones only a service worker may show one. */
export function showNotification(title: string, options: NotificationOptions): Notification | null {
  return tryOr(() => new Notification(title, options), null);
}

/** A device that can play sound. */
export interface AudioOutput {
  readonly id: string;
  readonly name: string;
}

/** True if the browser lets a page choose the device that plays its sounds. */
export function canChooseOutput(): boolean {
  return tryOr(() => 'setSinkId' in AudioContext.prototype, false);
}

/** Returns the devices that can play sound. Browsers name them only to pages that may use a microphone. */
export async function audioOutputs(): Promise<readonly AudioOutput[]> {
  if (!canChooseOutput()) return [];
  const devices = await tryAsync(() => navigator.mediaDevices.enumerateDevices(), []);
  return devices
    .filter(({ kind, label }) => kind === 'audiooutput' && label !== '')
    .filter(({ deviceId }) => deviceId !== '' && deviceId !== 'default')
    .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
}

/** Lets the device `output` play the sounds of `context`. Does nothing if the browser refuses. */
export async function setOutput(context: AudioContext, output: string): Promise<void> {
  const settable = context as AudioContext & { setSinkId?: (id: string) => Promise<void> };
  await tryAsync(() => settable.setSinkId?.(output), undefined);
}

let badgeCount = 0;

/** Sets the number on the icon of an installed page. */
export function setBadge(count: number): void {
  if (count === badgeCount) return;
  badgeCount = count;
  void tryAsync(
    () => (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()),
    undefined,
  );
}

/** A download has certainly begun after this time, in ms. */
const downloadMs = 60_000;

/** Offers `text` to the person as a file to save. Does nothing if the browser has no downloads. */
export function download(name: string, text: string, type = 'application/json'): void {
  tryOr(() => {
    const url = URL.createObjectURL(new Blob([text], { type }));
    Object.assign(document.createElement('a'), { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), downloadMs);
  }, undefined);
}

/** A hidden tab waits this long before it asks for a lock, in ms: visible tabs go first. */
const hiddenDelayMs = 300;

/**
 * Returns true for the first tab that calls this with the same `name`, and false for the others, for
 * the next `forMs`. Returns true in every tab if the browser has no locks.
 */
export async function isFirstTab(name: string, forMs: number): Promise<boolean> {
  const locks = tryOr(() => navigator.locks, undefined);
  if (typeof locks?.request !== 'function') return true;
  if (document.visibilityState !== 'visible') await wait(hiddenDelayMs);
  return new Promise((resolve) => {
    const hold = (lock: Lock | null): Promise<void> | null => {
      resolve(lock !== null);
      return lock && wait(forMs);
    };
    const request = tryAsync(
      () => locks.request(`valet-park ${name}`, { ifAvailable: true }, hold),
      null,
    );
    // Reached first only if the browser refuses locks: two alerts are better than none.
    void request.then(() => resolve(true));
  });
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Calls `work` after the browser has painted the current input. A person sees a typed letter before a long
 * `work` begins.
 */
export function afterPaint(work: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    work();
  };
  port2.postMessage(null);
}

/** Returns an observer that reports the width of an element; null if the browser has none. */
export function widthObserver(onWidth: (width: number) => void): ResizeObserver | null {
  return tryOr(
    () =>
      new ResizeObserver(([entry]) => {
        // A changed number of columns changes the height, which would notify the observer again.
        requestAnimationFrame(() => onWidth(entry?.contentRect.width ?? 0));
      }),
    null,
  );
}

/** How far outside of the visible part of the page an element still counts as in sight. */
const sightMargin = '300px';

/**
 * Returns an observer that reports when elements come into sight or leave it; null if the browser has
 * none.
 */
export function sightObserver(
  onSight: (element: Element, isInSight: boolean) => void,
): IntersectionObserver | null {
  return tryOr(
    () =>
      new IntersectionObserver(
        (entries) => {
          for (const { target, isIntersecting } of entries) onSight(target, isIntersecting);
        },
        { rootMargin: sightMargin },
      ),
    null,
  );
}
