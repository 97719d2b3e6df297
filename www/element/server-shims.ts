/**
 * What the element takes for granted as soon as it is imported, for where there is no page: a
 * server that renders pages imports everything that they use. Nothing global is touched, and
 * nothing is drawn there.
 */

const nothing = { createTreeWalker: () => ({}), createComment: () => ({}) };

const shimElement = globalThis.HTMLElement ?? class {};
const shimDocument = globalThis.document ?? nothing;

export { shimElement as HTMLElement, shimDocument as document };
