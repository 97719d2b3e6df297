import type { CallView, ValetPark } from 'valet-park';

/** How long an answered call may take until the switch reports it, in ms. */
const longestMs = 10_000;

/**
 * Waits until a call is answered. Returns null if the call ends, if it is not answered in ten seconds, or
 * if `signal` is aborted.
 */
export function untilTalking(
  park: ValetPark,
  name: string,
  signal: AbortSignal,
): Promise<CallView | null> {
  return new Promise((resolve) => {
    const end = (call: CallView | null): void => {
      stop();
      clearTimeout(timer);
      resolve(call);
    };
    const look = (): void => {
      const call = park.getSnapshot().calls.find((each) => each.call === name);
      if (call === undefined) end(null);
      else if (call.state === 'talking') end(call);
    };
    const stop = park.subscribe(look);
    const timer = setTimeout(() => end(null), longestMs);
    signal.addEventListener('abort', () => end(null), { once: true });
    look();
  });
}
