import { tried } from './host.js';

/** Tells whether this page is visible. */
export interface Attention {
  readonly isVisible: boolean;
  stop(): void;
}

/** Events after which the page may be visible again: shown, thawed, back from history, online. */
const signs = ['visibilitychange', 'resume', 'pageshow', 'online'];

/**
 * Calls `changed` with the event whenever the page may have been shown or hidden. Without a page, or where the
 * page does not tell its visibility, the page counts as visible.
 */
export function attend(changed: (sign: string) => void): Attention {
  const page = tried(() => document);
  if (typeof page !== 'object') return { isVisible: true, stop: () => {} };
  const stop = new AbortController();
  const { signal } = stop;
  for (const target of [page, globalThis]) {
    for (const sign of signs) {
      tried(() => target.addEventListener(sign, () => changed(sign), { signal }));
    }
  }
  return {
    get isVisible() {
      return tried(() => page.visibilityState) !== 'hidden';
    },
    stop: () => stop.abort(),
  };
}
