// A process with several lots, each with a switch of its own.

import { expect, onTestFinished } from 'vitest';
import {
  startLots,
  startSwitch,
  type LogFields,
  type LotOptions,
  type Notification,
  type RunningLots,
  type RunningSwitch,
  type StartLotsOptions,
} from 'valet-park/server';
import { readReply, RECEPTION, resourcePath, type Reply } from '../desk.ts';

const CLIENT = { id: 'relay', secret: 'a-client-secret' };
const SECRET = `whsec_${Buffer.from('a secret of the notifications').toString('base64')}`;

/** One lot with its switch. */
export interface TestLot {
  readonly name: string;
  readonly pbx: RunningSwitch;
  readonly options: LotOptions;
  /** The notifications of the lot. */
  readonly notified: Notification[];
  /** The paths of the requests that reached the switch. */
  readonly arrived: string[];
}

/** A process with lots. */
export interface World {
  readonly lots: RunningLots;
  readonly lines: (readonly [string, LogFields])[];
  /** Creates a token of a lot. */
  token(lot: string): Promise<string>;
  /** Sends a request to a path of a lot. */
  send(lot: string, path: string, init?: RequestInit & { token?: string }): Promise<Reply>;
  /** Makes a call at the switch of a lot, and sends its events to the lot. */
  talk(lot: TestLot, number?: string, name?: string): Promise<string>;
  /** Parks a call with a token of the lot. */
  park(lot: TestLot, token: string, call: string, slot?: number): Promise<Reply>;
}

/** The limit only ends a test that hangs. */
export const SLOW = { timeout: 60_000, interval: 20 };

/** Opens a switch for a lot. */
export async function openLot(name: string, more: Partial<LotOptions> = {}): Promise<TestLot> {
  const pbx = await startSwitch({ strict: CLIENT });
  onTestFinished(() => pbx.close());
  const notified: Notification[] = [];
  const arrived: string[] = [];
  const options: LotOptions = {
    name,
    upstream: { url: pbx.url, clientId: CLIENT.id, clientSecret: CLIENT.secret },
    extensions: [RECEPTION],
    notify: {
      to: ['https://receiver.test/'],
      secret: SECRET,
      post: async (_, { body }) => {
        notified.push(JSON.parse(body) as Notification);
        return { status: 200, retryAfter: null };
      },
    },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      arrived.push(new URL(request.url).pathname);
      return fetch(request);
    },
    ...more,
  };
  return { name, pbx, options, notified, arrived };
}

/** Starts the process. */
export async function openWorld(
  lots: readonly TestLot[],
  more: Partial<StartLotsOptions> = {},
): Promise<World> {
  const lines: World['lines'] = [];
  const log = (text: string, fields: LogFields = {}) => void lines.push([text, fields]);
  const running = await startLots({
    lots: lots.map(({ options }) => options),
    logger: { info: log, warn: log },
    ...more,
  });
  onTestFinished(() => running.close());
  // The events of a call come one after the other.
  let hooks: Promise<unknown> = Promise.resolve();
  for (const { name, pbx } of lots) {
    const stop = pbx.exchange.onEvent(({ fields }) => {
      const path = running.lot(name)?.hookPath;
      const body = new URLSearchParams(fields);
      if (path === undefined) return;
      const send = () => fetch(running.url + path, { method: 'POST', body }).catch(() => {});
      hooks = hooks.then(send);
    });
    onTestFinished(stop);
  }
  const send: World['send'] = async (lot, path, { token, ...init } = {}) => {
    const headers = {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(init.headers as Record<string, string> | undefined),
    };
    return readReply(await fetch(`${running.url}/lot/${lot}${path}`, { ...init, headers }));
  };
  return {
    ...{ lots: running, lines, send },
    async token(lot) {
      const grant = { name: `Panel of ${lot}`, extensions: ['all'] };
      return (await viewOf(running, lot).admin.addToken(grant)).token;
    },
    async talk({ pbx }, number = '+79161112233', caller = 'Anna') {
      const { call } = pbx.exchange.ring(RECEPTION, number, caller);
      pbx.exchange.answer(call);
      await hooks;
      return call;
    },
    park: ({ name }, token, call, slot = 6) =>
      send(name, resourcePath(call), {
        ...{ method: 'PUT', token },
        body: JSON.stringify({ action: 'park', slot: String(slot) }),
      }),
  };
}

export function viewOf(lots: RunningLots, name: string) {
  const lot = lots.lot(name);
  if (lot === null) throw new Error(`the lot ${name} does not run`);
  return lot;
}

/** Returns the body of a web hook: a call from a caller with this name rings at the reception. */
export function ringOf(call: string, name: string): URLSearchParams {
  return new URLSearchParams({
    ...{ EventType: 'dial-in', EventTime: `${Date.now()}000`, CallAPIID: call, CallFlow: 'in' },
    ...{ CallID: `thread-of-${call}`, SubCallID: `leg-of-${call}`, CallerIDNum: '+79161112233' },
    ...{ CalledExtensionID: RECEPTION, CallerIDName: name },
  });
}

/** Reads a feed as text. */
export async function readFeed(lots: RunningLots, lot: string, token: string, after = '') {
  const end = new AbortController();
  onTestFinished(() => end.abort());
  const response = await fetch(`${lots.url}/lot/${lot}/feed?extension=${RECEPTION}`, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(after === '' ? {} : { 'last-event-id': after }),
    },
    signal: end.signal,
  });
  let text = '';
  let isEnded = false;
  const done = (async () => {
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      text += part.value;
    }
  })()
    .catch(() => undefined)
    .finally(() => (isEnded = true));
  return {
    status: response.status,
    done,
    text: () => text,
    isEnded: () => isEnded,
    until: (part: string) => expect.poll(() => text, SLOW).toContain(part),
  };
}
