import { tried } from './host.js';

/** Whether this page can be seen. */
export interface Attention {
  readonly isVisible: boolean;
  stop(): void;
}

/** What tells that the page may be seen again: shown, thawed, back from history, online. */
const signs = ['visibilitychange', 'resume', 'pageshow', 'online'];

/** Calls back whenever the page may have been shown or hidden. Where there is no page, or none that
 *  tells, it counts as visible. */
export function attend(changed: () => void): Attention {
  const page = tried(() => document);
  if (typeof page !== 'object') return { isVisible: true, stop: () => {} };
  const stop = new AbortController();
  const { signal } = stop;
  for (const target of [page, globalThis]) {
    for (const sign of signs) {
      tried(() => target.addEventListener(sign, changed, { signal }));
    }
  }
  return {
    get isVisible() {
      return tried(() => page.visibilityState) !== 'hidden';
    },
    stop: () => stop.abort(),
  };
}
