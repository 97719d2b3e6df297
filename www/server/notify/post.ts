import * as http from 'node:http';
import * as https from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress, lookUpPublic, PrivateAddress } from './address.ts';

/** The answer of a receiver. */
export interface PostReply {
  readonly status: number;
  /** The value of `Retry-After`. Null without one. */
  readonly retryAfter: string | null;
}

/** The content of a request. */
export interface PostInit {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Aborts the request. */
  readonly signal: AbortSignal;
}

/** Sends a POST. Rejects if no answer comes. A redirect counts as an answer, and is not followed. */
export type Post = (url: string, init: PostInit) => Promise<PostReply>;

/** A `Post` over the network, and a function that closes its idle connections. */
export interface Poster {
  readonly post: Post;
  close(): void;
}

/** Creates a `Post` that connects to public addresses only, unless `allowPrivate` is true. */
export function createPoster(allowPrivate: boolean): Poster {
  const agents = {
    'http:': new http.Agent({ keepAlive: true, timeout: IDLE_MS }),
    'https:': new https.Agent({ keepAlive: true, timeout: IDLE_MS }),
  };

  function post(address: string, { headers, body, signal }: PostInit): Promise<PostReply> {
    return new Promise((resolve, reject) => {
      const url = new URL(address);
      const isHttps = url.protocol === 'https:';
      // Node calls `lookup` for names only, so an IP address in the URL is checked here.
      const literal = url.hostname.replace(/^\[(.*)\]$/, '$1');
      if (!allowPrivate && isIP(literal) !== 0 && !isPublicAddress(literal)) {
        return reject(new PrivateAddress());
      }
      const request = (isHttps ? https : http).request(url, {
        method: 'POST',
        agent: agents[isHttps ? 'https:' : 'http:'],
        headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
        signal,
        ...(allowPrivate ? {} : { lookup: lookUpPublic }),
      });
      request.on('error', reject);
      request.on('timeout', () => request.destroy());
      request.on('response', (response) => {
        // Only the status is used. A body that is too long must not keep the connection busy.
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > MAX_BYTES) response.destroy();
        });
        response.on('error', () => {});
        const { statusCode: status = 0 } = response;
        resolve({ status, retryAfter: response.headers['retry-after'] ?? null });
      });
      request.end(body);
    });
  }

  return {
    post,
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

/** The longest body that is read to its end. After a longer one the connection is closed. */
const MAX_BYTES = 16_384;
/** How long a connection may be idle before it is closed. */
const IDLE_MS = 60_000;
