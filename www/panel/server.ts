/**
 * How the page reaches its server. The demo without a backend replaces `fetch`, because its switch
 * runs in a worker.
 */
export const server: {
  fetch: typeof globalThis.fetch;
  /** True if all tabs use the same server. Only then the tabs may share their state. */
  isShared: boolean;
  /**
   * The path before all routes, without a slash at the end. A relay with several lots serves each panel
   * below `/lot/NAME/`.
   */
  base: string;
} = {
  fetch: (input, init) => globalThis.fetch(input, init),
  isShared: true,
  base: /^\/lot\/[^/]+(?=\/)/.exec(location.pathname)?.[0] ?? '',
};
