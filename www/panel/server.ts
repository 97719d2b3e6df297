/**
 * How the page reaches its server. The demo without a backend replaces `fetch`, because its switch
 * runs in a worker.
 */
export const server: {
  fetch: typeof globalThis.fetch;
  /** True if all tabs use the same server. Only then the tabs may share their state. */
  isShared: boolean;
} = {
  fetch: (input, init) => globalThis.fetch(input, init),
  isShared: true,
};
