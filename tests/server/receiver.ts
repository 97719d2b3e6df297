import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request that the receiver got. */
export interface Delivered {
  readonly method: string | undefined;
  readonly url: URL;
  readonly body: string;
  readonly contentType: string | undefined;
}

/** Starts a receiver of web hooks on a free port. `respond` answers each request. */
export async function openReceiver(
  respond: (response: ServerResponse, count: number) => void = (response) => response.end(),
) {
  const got: Delivered[] = [];
  const waiting: ((one: Delivered) => void)[] = [];
  let count = 0;
  const server = createServer((request, response) => void receive(request, response));
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += chunk;
    const one = {
      method: request.method,
      url: new URL(request.url ?? '', 'http://receiver'),
      body,
      contentType: request.headers['content-type'],
    };
    const taker = waiting.shift();
    if (taker) taker(one);
    else got.push(one);
    respond(response, (count += 1));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?secret=s%26t`,
    next: async () => got.shift() ?? new Promise<Delivered>((resolve) => waiting.push(resolve)),
    count: () => count,
  };
}
