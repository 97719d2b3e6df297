import { isPaletteKey, keyOf } from './keys.ts';

/** A panel that may own its page. */
interface PageOwner extends Element {
  readonly ownsPage: boolean;
}

/** True if no element of the page has the focus, so that a key is meant for nothing else. */
export function isFromNowhere({ target }: Event): boolean {
  return target === document.body;
}

/**
 * Passes on the function keys and the key of the palette from the whole page, while the panel owns the
 * page. If no element has the focus, passes on all keys of commands. Keys inside of the panel are left out. Returns a function that stops this.
 */
export function onWindowKey(panel: PageOwner, run: (event: KeyboardEvent) => void): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (!panel.ownsPage || event.composedPath().includes(panel)) return;
    const isForAll = /^F\d+$/.test(event.code) || isPaletteKey(event);
    if (isForAll || (isFromNowhere(event) && keyOf(event) !== null)) run(event);
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
