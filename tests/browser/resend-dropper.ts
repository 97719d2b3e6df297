// A TCP proxy between a page and the switch that loses answers, so that requests are resent.

import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A command that arrived from the page. */
export interface Arrival {
  readonly action: 'park' | 'bridge';
  /** The `Idempotency-Key`, or null. */
  readonly key: string | null;
  /** True if the connection had carried an answer before. */
  readonly isReused: boolean;
}

/**
 * A TCP proxy before the switch. It can close a connection after the switch has carried out a command,
 * without passing on the answer.
 */
export class Dropper {
  /** The commands that the switch has answered, in order. */
  readonly arrived: Arrival[] = [];
  readonly #target: URL;
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();
  #drops: 'none' | 'reused' | 'any' = 'none';

  /** `target` is the URL of the switch. */
  constructor(target: string) {
    this.#target = new URL(target);
  }

  /** Listens on one more free port. Returns its URL. */
  async listen(): Promise<string> {
    const server = createServer((client) => this.#serve(client));
    this.#servers.push(server);
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Drops the connection of the next command (`any`), or of the next one on a reused connection. */
  dropNext(which: 'reused' | 'any'): void {
    this.#drops = which;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(
      this.#servers.map((server) => new Promise((resolve) => void server.close(resolve))),
    );
  }

  #serve(client: Socket): void {
    const upstream = connect(Number(this.#target.port), this.#target.hostname);
    const close = () => {
      for (const socket of [client, upstream]) {
        this.#sockets.delete(socket);
        socket.destroy();
      }
    };
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket);
      socket.once('close', close).once('error', close);
    }
    let request = '';
    let answers = 0;
    client.on('data', (bytes) => {
      request += bytes.toString('latin1');
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      // The first bytes of an answer: the request was carried out.
      const command = commandIn(request, answers > 0);
      if (request !== '') answers += 1;
      request = '';
      if (command !== null) {
        this.arrived.push(command);
        if (this.#drops === 'any' || (this.#drops === 'reused' && command.isReused)) {
          this.#drops = 'none';
          return close();
        }
      }
      client.write(bytes);
    });
  }
}

function commandIn(request: string, isReused: boolean): Arrival | null {
  const action = /"action":"(park|bridge)"/.exec(request)?.[1];
  if (action !== 'park' && action !== 'bridge') return null;
  const key = /^idempotency-key: *(\S+)\r$/im.exec(request)?.[1] ?? null;
  return { action, key, isReused };
}
