import { adoptStyles, supportsAdoptingStyleSheets, type CSSResultOrNative } from 'lit';

/** The style sheets that were made for other documents than the one of this script. */
const made = new WeakMap<Document, Map<CSSResultOrNative, CSSStyleSheet>>();

/**
 * Gives a shadow tree its styles, in whichever document it stands now.
 *
 * A style sheet that is made by a script belongs to one document, and a browser drops it from a tree
 * that moves to another document. So each document gets sheets of its own, made once. A document
 * without a window can make none; the tree gets its styles when it moves on to one that is shown.
 */
export function dress(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  const { ownerDocument } = root;
  const view = ownerDocument.defaultView;
  if (ownerDocument === document || !supportsAdoptingStyleSheets) {
    adoptStyles(root, [...styles]);
  } else if (view !== null) {
    const sheets = made.get(ownerDocument) ?? new Map<CSSResultOrNative, CSSStyleSheet>();
    made.set(ownerDocument, sheets);
    root.adoptedStyleSheets = styles.map((style) => {
      const sheet = sheets.get(style) ?? copied(style, view);
      sheets.set(style, sheet);
      return sheet;
    });
  }
}

/** Gives a shadow tree its styles again after it has moved to another document. */
export function dressAgain(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  // Where a browser makes no sheets, the styles stand in the tree itself and move with it.
  if (supportsAdoptingStyleSheets) dress(root, styles);
}

function copied(style: CSSResultOrNative, view: Window & typeof globalThis): CSSStyleSheet {
  const sheet = new view.CSSStyleSheet();
  const text =
    'cssText' in style ? style.cssText : [...style.cssRules].map((rule) => rule.cssText).join('\n');
  sheet.replaceSync(text);
  return sheet;
}
