import { onTestFinished } from 'vitest';
import {
  startRelay,
  startSwitch,
  type LogFields,
  type RunningRelay,
  type RunningSwitch,
  type StartRelayOptions,
} from 'valet-park/server';
import { readReply, RECEPTION, resourcePath, SALES, type Reply } from '../desk.ts';

export const CLIENT = { id: 'relay', secret: 'Cl1ent-Secret-Cl1ent' };

/** A strict switch and a relay, both with sockets, and everything that the relay said. */
export interface Standing {
  readonly pbx: RunningSwitch;
  readonly relay: RunningRelay;
  /** Everything that left the relay: the answers with their headers, and the lines of the log. */
  readonly said: string[];
  readonly lines: (readonly [string, LogFields?])[];
  /** The paths of the commands that reached the switch. The asker also asks questions. */
  readonly arrived: string[];
  /** The tokens that the switch gave to the relay. */
  readonly upstreamTokens: Set<string>;
  /** Creates a token. */
  token(extensions?: string[], may?: ('look' | 'act')[]): Promise<string>;
  /** Makes a call to an extension, which answers it. Resolves when the relay knows the call. */
  talk(extension?: string, number?: string, name?: string): Promise<string>;
  send(path: string, init?: RequestInit & { token?: string }): Promise<Reply>;
  ask(token: string, call: string, body: object, extension?: string): Promise<Reply>;
}

export async function openStanding(options: Partial<StartRelayOptions> = {}): Promise<Standing> {
  const pbx = await startSwitch({ strict: CLIENT });
  onTestFinished(() => pbx.close());
  const said: string[] = [];
  const lines: Standing['lines'] = [];
  const arrived: string[] = [];
  const upstreamTokens = new Set<string>();
  const log = (...line: readonly [string, LogFields?]) => {
    lines.push(line);
    said.push(JSON.stringify(line));
  };
  const relay = await startRelay({
    upstream: { url: pbx.url, clientId: CLIENT.id, clientSecret: CLIENT.secret },
    extensions: [RECEPTION, SALES],
    logger: {
      info: (text, fields) => log(text, fields ?? {}),
      warn: (text, fields) => log(text, fields ?? {}),
    },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      upstreamTokens.add(request.headers.get('authorization')?.replace('Bearer ', '') ?? '');
      const { pathname } = new URL(request.url);
      const isCommand = /"(park|bridge)"/.test(await request.clone().text());
      if (pathname.includes('/valet_park/') && isCommand) arrived.push(pathname);
      return fetch(request);
    },
    ...options,
  });
  onTestFinished(() => relay.close());
  await relay.ready;
  const hooks = new Set<Promise<unknown>>();
  pbx.exchange.onEvent(({ fields }) => {
    const body = new URLSearchParams(fields);
    // The switch has no one to tell after the relay has closed.
    hooks.add(fetch(relay.url + relay.hookPath, { method: 'POST', body }).catch(() => {}));
  });

  async function send(path: string, { token, ...init }: RequestInit & { token?: string } = {}) {
    const headers = { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    const response = await fetch(relay.url + path, {
      ...init,
      headers: { ...headers, ...(init.headers as Record<string, string> | undefined) },
    });
    const reply = await readReply(response);
    said.push(JSON.stringify([...reply.headers]), reply.text);
    return reply;
  }
  return {
    ...{ pbx, relay, said, lines, arrived, upstreamTokens, send },
    async token(extensions = [RECEPTION], may = ['look', 'act']) {
      return (await relay.admin.addToken({ name: 'Panel', extensions, may })).token;
    },
    async talk(extension = RECEPTION, number = '+79161112233', name = 'Anna Petrova') {
      const { call } = pbx.exchange.ring(extension, number, name);
      pbx.exchange.answer(call);
      await Promise.all(hooks);
      return call;
    },
    ask: (token, call, body, extension = RECEPTION) =>
      send(resourcePath(call, extension), { method: 'PUT', body: JSON.stringify(body), token }),
  };
}
