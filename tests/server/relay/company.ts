import { onTestFinished } from 'vitest';
import { ValetPark, type Snapshot, type ValetParkOptions } from 'valet-park';
import {
  createRelay,
  createSwitch,
  type Access,
  type Relay,
  type RelayOptions,
  type Switch,
  type SwitchEvent,
  type SwitchOptions,
  type Who,
} from 'valet-park/server';
import { settled } from '../line.ts';
import { RECEPTION, resourcePath, readReply, SALES, type Reply } from '../desk.ts';

export const HOOK_SECRET = 'a-secret-of-the-web-hooks';
const CLIENT = { id: 'relay', secret: 's3cret' };

/** A strict switch, a relay before it, and the panels and telephones of a company. */
export interface Company {
  readonly pbx: Switch;
  relay: Relay;
  /** Delivers the call events of the switch to the relay. A test replaces it to lose some. */
  hooks: (event: SwitchEvent, deliver: (event: SwitchEvent) => Promise<Response>) => void;
  /** Sends the requests of the relay to the switch. A test replaces it to break them. */
  network: (request: Request, answer: (request: Request) => Promise<Response>) => Promise<Response>;
  /** The requests of the resource that reached the switch, as `action slot`. */
  readonly arrived: string[];
  /** The number of requests for a token. */
  tokens: number;
  /** Makes a call to an extension, which answers it. */
  talk(extension?: string, number?: string, name?: string): string;
  /** Sends a request of a panel to the relay. */
  send(path: string, init?: RequestInit, token?: string): Promise<Reply>;
  ask(call: string, body: unknown, more?: Asked): Promise<Reply>;
  /** Opens a panel. */
  panel(extension?: string, options?: Partial<ValetParkOptions>): Promise<ValetPark>;
  /** Ends the relay, and starts another one with the same options and those of `change`. */
  restart(change?: () => Partial<RelayOptions>): Promise<void>;
}

export interface Asked {
  readonly extension?: string;
  readonly headers?: Record<string, string>;
  readonly token?: string;
}

/** The tokens of the panels: one for each extension, one for all, and one that may only look. */
const WHO: Readonly<Record<string, Who>> = {
  [RECEPTION]: { id: 'r', name: 'Reception', extensions: [RECEPTION], may: ['look', 'act'] },
  [SALES]: { id: 's', name: 'Sales', extensions: [SALES], may: ['look', 'act'] },
  all: { id: 'a', name: 'Boss', extensions: 'all', may: ['look', 'act', 'admin'] },
  looker: { id: 'l', name: 'Wall', extensions: 'all', may: ['look'] },
};

/** Calls of these listeners end the feeds of a token. */
export const revoked = new Set<(id: string) => void>();

export const access: Access = {
  identify: (header) => WHO[header?.replace(/^Bearer /, '') ?? ''] ?? null,
  onRevoked(listener) {
    revoked.add(listener);
    return () => void revoked.delete(listener);
  },
};

export async function openCompany(
  options: Partial<RelayOptions> = {},
  switchOptions: SwitchOptions = {},
): Promise<Company> {
  const pbx = createSwitch({ strict: CLIENT, ...switchOptions });
  onTestFinished(() => pbx.dispose());
  const answer = async (request: Request) => pbx.fetch(request);

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (pathname === '/oauth/token') company.tokens += 1;
    return company.network(request, async (one) => {
      if (pathname.includes('/valet_park/')) {
        const { action, slot = '' } = JSON.parse(await one.clone().text());
        company.arrived.push(`${action} ${slot}`.trim());
      }
      return answer(one);
    });
  };

  const start = (more: Partial<RelayOptions> = {}) =>
    createRelay({
      upstream: { url: 'http://pbx.test', clientId: CLIENT.id, clientSecret: CLIENT.secret },
      extensions: [RECEPTION, SALES],
      access,
      hooks: { secret: HOOK_SECRET },
      fetch,
      ...options,
      ...more,
    });

  const company: Company = {
    pbx,
    relay: undefined as never,
    arrived: [],
    tokens: 0,
    hooks: (event, deliver) => void deliver(event),
    network: (request, on) => on(request),
    talk(extension = RECEPTION, number = '+79161112233', name?: string) {
      const { call } = pbx.exchange.ring(extension, number, name);
      return pbx.exchange.answer(call).call;
    },
    async send(path, init = {}, token = 'all') {
      const headers = { authorization: `Bearer ${token}`, ...(init.headers as object) };
      const request = new Request(`http://relay.test${path}`, { ...init, headers });
      return readReply(await company.relay.fetch(request));
    },
    ask(call, body, { extension = RECEPTION, headers = {}, token = 'all' } = {}) {
      const init = { method: 'PUT', body: JSON.stringify(body), headers };
      return company.send(resourcePath(call, extension), init, token);
    },
    panel: (extension = RECEPTION, more = {}) =>
      openPanel(async (request) => company.relay.fetch(request), extension, more),
    async restart(change = () => ({})) {
      await company.relay.dispose();
      company.relay = start(change());
      await company.relay.ready;
    },
  };
  const deliver = async ({ fields }: SwitchEvent) => {
    const body = new URLSearchParams(fields);
    const url = `http://relay.test/hook/${HOOK_SECRET}`;
    return company.relay.fetch(new Request(url, { method: 'POST', body }));
  };
  pbx.exchange.onEvent((event) => company.hooks(event, deliver));
  company.relay = start();
  onTestFinished(() => company.relay.dispose());
  await company.relay.ready;
  return company;
}

/** Opens a panel at a relay. `answer` takes the requests of the panel to the relay. */
export async function openPanel(
  answer: (request: Request) => Promise<Response>,
  extension: string,
  options: Partial<ValetParkOptions> = {},
): Promise<ValetPark> {
  const panel = await ValetPark.open({
    baseUrl: 'http://relay.test/api/ver1.0',
    extension,
    feed: `http://relay.test/feed?extension=${extension}`,
    headers: () => ({ Authorization: `Bearer ${extension}` }),
    tabs: 'solo',
    fetch: async (input, init) => answer(new Request(input, init)),
    ...options,
  });
  onTestFinished(() => panel.dispose());
  panel.subscribe(() => {});
  return panel;
}

/** Resolves when the snapshot of a panel fulfils a condition. */
export function until(
  panel: ValetPark,
  isDone: (snapshot: Snapshot) => boolean,
): Promise<Snapshot> {
  return new Promise((resolve) => {
    const check = () => {
      const snapshot = panel.getSnapshot();
      if (!isDone(snapshot)) return;
      stop();
      resolve(snapshot);
    };
    const stop = panel.subscribe(check);
    queueMicrotask(check);
  });
}

/** A clock that stands still until `forward` is called. */
export function openClock() {
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  let now = Date.now();
  return {
    now: () => now,
    wakeAt(at: number, callback: () => void) {
      const timer = { at, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    /** Moves the time, second by second, and lets the code run that waits for it. */
    async forward(seconds: number) {
      for (let count = 0; count < seconds; count += 1) {
        now += 1_000;
        for (const timer of [...timers].filter(({ at }) => at <= now)) {
          if (timers.delete(timer)) timer.callback();
        }
        await settled();
      }
    },
  };
}
