import { adoptStyles, supportsAdoptingStyleSheets, type CSSResultOrNative } from 'lit';

/** The style sheets made for other documents than the one that loaded this script. */
const sheetsOf = new WeakMap<Document, Map<CSSResultOrNative, CSSStyleSheet>>();

/**
 * Sets the styles of a shadow root in its current document.
 *
 * A constructed style sheet belongs to one document, and a browser removes it from a shadow root that
 * moves to another. So each document gets its own sheets, made once. A document without a window
 * cannot make any: the styles are set when the shadow root moves on to a visible document.
 */
export function applyStyles(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  const { ownerDocument } = root;
  const view = ownerDocument.defaultView;
  if (ownerDocument === document || !supportsAdoptingStyleSheets) {
    adoptStyles(root, [...styles]);
  } else if (view !== null) {
    const sheets = sheetsOf.get(ownerDocument) ?? new Map<CSSResultOrNative, CSSStyleSheet>();
    sheetsOf.set(ownerDocument, sheets);
    root.adoptedStyleSheets = styles.map((style) => {
      const sheet = sheets.get(style) ?? copyOf(style, view);
      sheets.set(style, sheet);
      return sheet;
    });
  }
}

/** Sets the styles again after the shadow root has moved to another document. */
export function reapplyStyles(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  // Without constructed sheets the styles are `<style>` elements, which move with the root.
  if (supportsAdoptingStyleSheets) applyStyles(root, styles);
}

function copyOf(style: CSSResultOrNative, view: Window & typeof globalThis): CSSStyleSheet {
  const sheet = new view.CSSStyleSheet();
  const text =
    'cssText' in style ? style.cssText : [...style.cssRules].map((rule) => rule.cssText).join('\n');
  sheet.replaceSync(text);
  return sheet;
}
