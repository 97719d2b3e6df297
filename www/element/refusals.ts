// What a browser offers beside the page itself. Any of it may be missing, may refuse, or may throw
// where it is only touched: in a frame without an origin, on a telephone, by a policy of a company.
// The panel then goes on without it, and says nothing on the console.

/** Runs `use`; gives `instead` where the browser throws. */
export function attempt<Value>(use: () => Value, instead: Value): Value {
  try {
    return use();
  } catch {
    return instead;
  }
}

/** Waits for what `use` starts; gives `instead` where the browser throws, refuses or has nothing. */
export async function attempted<Value>(
  use: () => Promise<Value> | undefined,
  instead: Value,
): Promise<Value> {
  try {
    return (await use()) ?? instead;
  } catch {
    return instead;
  }
}

/** What the browser keeps under `key`; null if it keeps nothing. */
export function kept(key: string): string | null {
  return attempt(() => localStorage.getItem(key), null);
}

/** Keeps `text` under `key`, or drops what is there, where the browser keeps anything. */
export function keep(key: string, text: string | null): void {
  attempt(() => {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  }, undefined);
}

/** Whether the browser allows notifications of this page, if it said anything. */
export function noticePermission(): NotificationPermission | null {
  return attempt(() => (typeof Notification === 'function' ? Notification.permission : null), null);
}

export function mayNotify(): boolean {
  return noticePermission() === 'granted';
}

/** Asks whether notifications are allowed, if that is still open. */
export async function allowNotices(): Promise<void> {
  if (noticePermission() !== 'default') return;
  await attempted(() => Notification.requestPermission(), 'default');
}

/** Shows a notification. Null on telephones, for example: there only a service worker may. */
export function showNotice(title: string, options: NotificationOptions): Notification | null {
  return attempt(() => new Notification(title, options), null);
}

let badged = 0;

/** Sets the number on the icon of an installed page, where there is such a thing. */
export function badge(count: number): void {
  if (count === badged) return;
  badged = count;
  void attempted(
    () => (count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.()),
    undefined,
  );
}

/** How long a hidden tab lets others go first, in ms. */
const letMs = 300;

/**
 * Whether no other tab tells of this: each tries for a lock of that name, and the first has it for
 * `forMs`. Which tab asks the switch does not matter, so nothing is lost while that changes.
 */
export async function isFirst(what: string, forMs: number): Promise<boolean> {
  const locks = attempt(() => navigator.locks, undefined);
  if (typeof locks?.request !== 'function') return true;
  if (document.visibilityState !== 'visible') await wait(letMs);
  return new Promise((resolve) => {
    const hold = (lock: Lock | null): Promise<void> | null => {
      resolve(lock !== null);
      return lock && wait(forMs);
    };
    // Where locks are refused, to tell twice is better than not at all.
    const request = attempted(
      () => locks.request(`valet-park ${what}`, { ifAvailable: true }, hold),
      null,
    );
    void request.then(() => resolve(true));
  });
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Tells of changes of the size of an element; null where the browser does not watch sizes. */
export function sizeObserver(onWidth: (width: number) => void): ResizeObserver | null {
  return attempt(
    () =>
      new ResizeObserver(([entry]) => {
        // In the next frame: other columns make another height, which is observed, too.
        requestAnimationFrame(() => onWidth(entry?.contentRect.width ?? 0));
      }),
    null,
  );
}
