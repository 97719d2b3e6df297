/**
 * How the page reaches its server. The demo without a backend replaces `fetch`, because its switch
 * runs in a worker.
 */
export const server: {
  fetch: typeof globalThis.fetch;
  /** False if each tab has a server of its own. Then the tabs must not share what they know. */
  isShared: boolean;
} = {
  fetch: (input, init) => globalThis.fetch(input, init),
  isShared: true,
};
