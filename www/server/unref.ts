/** Lets the process end although the timer runs. In a web worker there is no process to end. */
export function unref(timer: NodeJS.Timeout): void {
  // In a browser a timer is a number.
  (timer as { unref?(): unknown }).unref?.();
}
