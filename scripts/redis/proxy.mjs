// A TCP proxy before Redis, which can drop and stall its connections.

import { connect, createServer } from 'node:net';

/** @typedef {Awaited<ReturnType<typeof openProxy>>} Proxy */

/** Opens a proxy to a server that listens at the path of a socket. @param {string} target */
export async function openProxy(target) {
  /** @type {Set<readonly [import('node:net').Socket, import('node:net').Socket]>} */
  const pairs = new Set();
  /** @type {'open' | 'stalled' | 'cut'} */
  let state = 'open';
  const drop = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  const server = createServer((incoming) => {
    incoming.on('error', () => {});
    if (state === 'cut') {
      incoming.destroy();
      return;
    }
    const outgoing = connect(target);
    const pair = /** @type {const} */ ([incoming, outgoing]);
    pairs.add(pair);
    for (const [from, to] of /** @type {const} */ ([
      [incoming, outgoing],
      [outgoing, incoming],
    ])) {
      from.on('data', (part) => {
        if (state === 'open') to.write(part);
      });
      from.on('error', () => {});
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
  });
  await new Promise((/** @type {(value: void) => void} */ resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `redis://127.0.0.1:${port}`,
    /** The connections that are open. */
    get connections() {
      return pairs.size;
    },
    /** Keeps all connections open, and lets no byte through. New connections hang, too. */
    stall() {
      state = 'stalled';
    },
    /** Ends all connections, and refuses new ones. */
    cut() {
      state = 'cut';
      drop();
    },
    /** Lets everything through again. Ends the connections that stalled, because they lost bytes. */
    heal() {
      if (state === 'stalled') drop();
      state = 'open';
    },
    /** @returns {Promise<void>} */
    close: () =>
      new Promise((resolve) => {
        drop();
        server.close(() => resolve());
      }),
  };
}
