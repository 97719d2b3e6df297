/** Whether somebody can see this page. Where there is no page, somebody may always. */
export function isVisible(): boolean {
  return typeof document !== 'object' || document.visibilityState !== 'hidden';
}

/** What tells that somebody may look anew: shown again, thawed, back from history, online. */
const signs = ['visibilitychange', 'resume', 'pageshow', 'online'];

/** Calls back whenever somebody may have begun or stopped to look. Returns the way to stop. */
export function attend(changed: () => void): () => void {
  if (typeof document !== 'object') return () => {};
  const stop = new AbortController();
  for (const target of [document, globalThis]) {
    for (const sign of signs) target.addEventListener(sign, changed, { signal: stop.signal });
  }
  return () => stop.abort();
}
