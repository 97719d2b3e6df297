const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Four ticks a second: a displayed time is at most a quarter of a second late. */
const intervalMs = 250;

/**
 * Calls `listener` four times a second. Returns a function that stops this.
 *
 * All listeners of a page share one timer. The timer runs only while there is a listener.
 */
export function onTick(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((each) => each()), intervalMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * Returns a function like `onTick` whose listeners are called only while `isOn` returns true. All its
 * listeners together cost one call in each tick while `isOn` returns false.
 */
export function onTickWhile(isOn: () => boolean): typeof onTick {
  const own = new Set<() => void>();
  let stop: (() => void) | undefined;
  return (listener) => {
    own.add(listener);
    stop ??= onTick(() => {
      if (isOn()) own.forEach((each) => each());
    });
    return () => {
      own.delete(listener);
      if (own.size > 0) return;
      stop?.();
      stop = undefined;
    };
  };
}
