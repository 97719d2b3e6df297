/**
 * Stand-ins for the two globals that the element needs on import. A server that renders pages
 * imports the element too, and has neither. The stand-ins draw nothing and change no global.
 */

const emptyDocument = { createTreeWalker: () => ({}), createComment: () => ({}) };

const shimDocument = 'document' in globalThis ? globalThis.document : emptyDocument;
const shimElement = 'HTMLElement' in globalThis ? globalThis.HTMLElement : class {};

export { shimElement as HTMLElement, shimDocument as document };
