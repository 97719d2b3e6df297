/** Whether somebody can see this page. */
export interface Attention {
  readonly isVisible: boolean;
  stop(): void;
}

/** What tells that somebody may look anew: shown again, thawed, back from history, online. */
const signs = ['visibilitychange', 'resume', 'pageshow', 'online'];

/** Calls back whenever somebody may have begun or stopped to look. Where there is no page, somebody
 *  may always. */
export function attend(changed: () => void): Attention {
  if (typeof document !== 'object') return { isVisible: true, stop: () => {} };
  const page = document;
  const stop = new AbortController();
  const { signal } = stop;
  for (const target of [page, globalThis]) {
    for (const sign of signs) target.addEventListener(sign, changed, { signal });
  }
  return {
    get isVisible() {
      return page.visibilityState !== 'hidden';
    },
    stop: () => stop.abort(),
  };
}
