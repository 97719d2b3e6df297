import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { sendLine } from './feed/body.ts';
import { Lost } from './exchange/faults/lost.ts';

/** Answers one request. `env` has the objects of Node. */
type Fetch = (request: Request, env: HttpBindings) => Response | Promise<Response>;

/** A server that listens. */
export interface Listening {
  /** The base URL, for example `http://127.0.0.1:8341`. */
  readonly url: string;
  /** Stops listening. Requests that are under way get some time to finish. */
  close(): Promise<void>;
}

/** The limits of a server. The defaults suit an embedded switch. */
export interface ServerLimits {
  /** How long requests that are under way may take after `close`, in ms. Default 500. */
  readonly graceMs?: number;
  /** How long a client may take to send the headers, and to send the whole request, in ms. */
  readonly headersTimeout?: number;
  readonly requestTimeout?: number;
  /** How often the server looks for clients that are too slow, in ms. */
  readonly connectionsCheckingInterval?: number;
  /** How long a connection without a request stays open, in ms. */
  readonly keepAliveTimeout?: number;
  /** The size of all headers of a request, in bytes. */
  readonly maxHeaderSize?: number;
}

/**
 * Serves `fetch` over HTTP. Port 0 is any free port.
 *
 * @throws Error with the `code` of the system, for example `EADDRINUSE` for a port that is taken.
 */
export async function listen(
  fetch: Fetch,
  host: string,
  port: number,
  { graceMs = GRACE_MS, ...limits }: ServerLimits = {},
): Promise<Listening> {
  const listener = getRequestListener(answerWith(fetch), {
    hostname: 'localhost', // For old clients that send no `Host`.
    overrideGlobalObjects: false, // The application that embeds the switch keeps its globals.
    errorHandler: () => Response.json({ message: NOT_HTTP }, { status: 400 }),
  });
  const idle = new Set<Socket>();
  const server = createServer(
    { requireHostHeader: false, highWaterMark: BUFFER_BYTES, ...limits },
    (request, response) => {
      const { socket } = request;
      idle.delete(socket);
      response.once('close', () => {
        if (!server.listening) socket.destroySoon();
        else if (!socket.destroyed) idle.add(socket);
      });
      void listener(request, response);
    },
  );
  server.on('connection', (socket) => {
    idle.add(socket);
    socket.once('close', () => idle.delete(socket));
  });
  server.on('clientError', answerBrokenRequest);

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return { url: urlOf(server.address() as AddressInfo), close: () => close(server, idle, graceMs) };
}

/** Calls `fetch`. Opens the lines of feeds. Closes the connection if `fetch` rejects with `Lost`. */
function answerWith(fetch: Fetch) {
  return async (request: Request, env: unknown): Promise<Response> => {
    const bindings = env as HttpBindings; // The server speaks HTTP/1.1 only.
    try {
      const response = await fetch(request, bindings);
      return sendLine(response, bindings.outgoing) ? RESPONSE_ALREADY_SENT : response;
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      bindings.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    }
  };
}

/** Answers a request that Node could not read, with a JSON body as for all other errors. */
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, message] = BROKEN[error.code ?? ''] ?? ['400 Bad Request', NOT_HTTP];
  const body = JSON.stringify({ message });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** Closes the server. `closeIdleConnections` of Node misses connections without any request. */
function close(server: Server, idle: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    for (const socket of idle) socket.destroy();
  });
}

function urlOf({ address, family, port }: AddressInfo): string {
  // A client cannot connect to "all addresses".
  if (address === '0.0.0.0' || address === '::') return `http://127.0.0.1:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

const NOT_HTTP = 'this is no HTTP request';

const BROKEN: Readonly<Record<string, readonly [status: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'the headers are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'the request took too long'],
};

/** The most that waits for a reader who is slow. Newer versions of Node have a larger default. */
const BUFFER_BYTES = 16_384;
const GRACE_MS = 500;
