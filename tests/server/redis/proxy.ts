import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A TCP proxy that can drop and stall its connections. */
export interface Proxy {
  readonly url: string;
  /** The connections that are open. */
  readonly connections: number;
  /** Keeps all connections open, and lets no byte through. New connections hang, too. */
  stall(): void;
  /** Ends all connections, and refuses new ones. */
  cut(): void;
  /** Lets everything through again. Ends the connections that stalled. */
  heal(): void;
  /** Ends all connections once. New ones work. */
  drop(): void;
  close(): Promise<void>;
}

/** Opens a proxy to a server that listens at the path of a socket. */
export async function openProxy(target: string): Promise<Proxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let state: 'open' | 'stalled' | 'cut' = 'open';
  const drop = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  const server = createServer((incoming) => {
    if (state === 'cut') return void incoming.destroy();
    const outgoing = connect(target);
    const pair = [incoming, outgoing] as const;
    pairs.add(pair);
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      from.on('data', (part) => {
        if (state === 'open') to.write(part);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `redis://127.0.0.1:${port}`,
    get connections() {
      return pairs.size;
    },
    stall: () => void (state = 'stalled'),
    cut() {
      state = 'cut';
      drop();
    },
    heal() {
      if (state === 'stalled') drop();
      state = 'open';
    },
    drop,
    close: () =>
      new Promise((resolve) => {
        drop();
        server.close(() => resolve());
      }),
  };
}
