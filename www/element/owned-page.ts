import { isPaletteKey } from './keys.ts';

/** A panel that may own its page. */
interface PageOwner extends Element {
  readonly ownsPage: boolean;
}

/**
 * Passes on the function keys and the key of the palette from the whole page, while the panel owns the
 * page. Keys inside of the panel are left out. Returns a function that stops this.
 */
export function onWindowKey(panel: PageOwner, run: (event: KeyboardEvent) => void): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (!panel.ownsPage || event.composedPath().includes(panel)) return;
    if (/^F\d+$/.test(event.code) || isPaletteKey(event)) run(event);
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
