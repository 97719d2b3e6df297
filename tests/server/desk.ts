import { onTestFinished } from 'vitest';
import { startSwitch, type RunningSwitch, type StartOptions } from 'valet-park/server';

/** Two extensions of the switch. */
export const RECEPTION = '34414';
export const SALES = '32494';

/** An answer over HTTP. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON. Undefined if it is no JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a test knows what it asked for
  readonly json: any;
}

/** A switch on a free port, and short methods for tests. */
export interface Desk {
  readonly pbx: RunningSwitch;
  /** Makes a call to an extension, which answers it. */
  talk(extension?: string, number?: string, name?: string): string;
  /** Sends a request to the resource, for example `ask(call, { action: 'park', slot: '6' })`. */
  ask(call: string, body: unknown, extension?: string): Promise<Reply>;
  /** Sends any request. The token is sent unless `headers` has another authorization. */
  send(
    method: string,
    path: string,
    body?: string,
    headers?: Record<string, string>,
  ): Promise<Reply>;
  /** The state of a call. `gone` if the call has ended. */
  stateOf(call: string): string;
}

/**
 * Starts a switch for one test. Its clock stands still until the test sets it forward.
 */
export async function openDesk(options: StartOptions = {}): Promise<Desk> {
  const pbx = await startSwitch({ now: () => NOON, ...options });
  onTestFinished(() => pbx.close());

  async function send(method: string, path: string, body?: string, headers = {}): Promise<Reply> {
    const response = await fetch(pbx.url + path, {
      method,
      headers: { authorization: `Bearer ${pbx.token}`, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return readReply(response);
  }
  return {
    pbx,
    send,
    talk(extension = RECEPTION, number = '+79161112233', name?: string) {
      const { call } = pbx.exchange.ring(extension, number, name);
      return pbx.exchange.answer(call).call;
    },
    ask: (call, body, extension = RECEPTION) =>
      send('PUT', resourcePath(call, extension), JSON.stringify(body)),
    stateOf: (call) => pbx.exchange.calls().find((one) => one.call === call)?.state ?? 'gone',
  };
}

export async function readReply(response: Response): Promise<Reply> {
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}

export function resourcePath(call: string, extension = RECEPTION): string {
  return `/api/ver1.0/extension/${extension}/valet_park/${encodeURIComponent(call)}`;
}

export function uuidOf(call: string): string {
  return call.slice(call.indexOf('-') + 1);
}

/** The time at which each test starts. The current hour has half an hour left. */
export const NOON = Date.UTC(2026, 5, 15, 12, 30);
