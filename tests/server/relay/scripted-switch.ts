import { createUpstream, type Upstream } from '../../../www/server/relay/upstream.ts';

/** A request that reached the scripted switch and waits for its answer. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly token: string;
  answer(status: number, body: unknown, headers?: Record<string, string>): void;
  fail(code: string): void;
}

/** A switch whose answers a test gives one by one. It gives tokens by itself. */
export interface ScriptedSwitch {
  readonly upstream: Upstream;
  /** The requests to the API that have no answer yet, oldest first. */
  readonly waiting: Arrived[];
  /** All requests to the API, as `method path body`. */
  readonly log: string[];
  /** The number of requests for a token. */
  tokens: number;
  /** The status of the answers to requests for a token. */
  tokenStatus: number;
  nowMs: number;
  /** Resolves when `count` requests wait for an answer. */
  arrived(count: number): Promise<void>;
}

export function openScripted(timeoutMs = 60_000): ScriptedSwitch {
  const waiting: Arrived[] = [];
  const log: string[] = [];
  const scripted: ScriptedSwitch = {
    waiting,
    log,
    tokens: 0,
    tokenStatus: 200,
    nowMs: 0,
    async arrived(count) {
      while (waiting.length < count) await new Promise((resolve) => setImmediate(resolve));
    },
    upstream: createUpstream({
      url: 'http://switch.test/',
      clientId: 'relay',
      clientSecret: 's3cret',
      timeoutMs,
      fetch: (input, init) => serve(new Request(input, init)),
      now: () => scripted.nowMs,
      pause: async () => {},
    }),
  };

  async function serve(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const body = await request.text();
    if (pathname === '/oauth/token') {
      scripted.tokens += 1;
      if (scripted.tokenStatus !== 200) {
        return Response.json({ error: 'invalid_client' }, { status: scripted.tokenStatus });
      }
      return Response.json({ access_token: `t${scripted.tokens}`, expires_in: 1_000 });
    }
    return new Promise((resolve, reject) => {
      const { method, headers } = request;
      log.push(`${method} ${pathname} ${body}`);
      const token = headers.get('authorization') ?? '';
      const arrived: Arrived = {
        ...{ method, path: pathname, body, token },
        answer: (status, value, more) =>
          settle(() => resolve(Response.json(value, { status, headers: more ?? {} }))),
        fail: (code) =>
          settle(() => reject(new TypeError('fetch failed', { cause: errorOf(code) }))),
      };
      function settle(act: () => void): void {
        waiting.splice(waiting.indexOf(arrived), 1);
        act();
      }
      request.signal.addEventListener('abort', () =>
        settle(() => reject(request.signal.reason as Error)),
      );
      waiting.push(arrived);
    });
  }
  return scripted;
}

function errorOf(code: string): Error {
  return Object.assign(new Error(code), { code });
}
