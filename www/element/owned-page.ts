/** A panel that may own its page. */
interface PageOwner extends Element {
  readonly ownsPage: boolean;
}

/** What a panel does with keys and gestures outside of it. */
interface WindowListeners {
  readonly key: (event: KeyboardEvent) => void;
  readonly gesture: () => void;
}

/**
 * Passes on the function keys and the gestures of the whole page, while the panel owns the page.
 * Keys and gestures inside of the panel are left out. Returns a function that stops this.
 */
export function onWindow(panel: PageOwner, { key, gesture }: WindowListeners): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const isOutside = (event: Event): boolean =>
    panel.ownsPage && !event.composedPath().includes(panel);
  const onKey = (event: KeyboardEvent): void => {
    if (!isOutside(event)) return;
    gesture();
    if (/^F\d+$/.test(event.code)) key(event);
  };
  window.addEventListener('keydown', onKey, { signal });
  window.addEventListener('pointerdown', (event) => isOutside(event) && gesture(), { signal });
  return () => stop.abort();
}
