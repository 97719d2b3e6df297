/**
 * Stand-ins for the two globals that the element needs on import. A server that renders pages
 * imports the element too, and has neither. The stand-ins draw nothing and change no global.
 */

const shimDocument = globalThis.document ?? {
  createTreeWalker: () => ({}),
  createComment: () => ({}),
};
const shimElement = globalThis.HTMLElement ?? class {};

export { shimElement as HTMLElement, shimDocument as document };
