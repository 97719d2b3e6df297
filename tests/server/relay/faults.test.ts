// Tests of a relay and its panels at each fault.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isValetError } from 'valet-park';
import { FileLog } from '../../../www/server/feed/file.ts';
import { RECEPTION, SALES } from '../desk.ts';
import { openCompany, until, type Company } from './company.ts';

const PARK = { action: 'park', slot: '6' };

function openLog() {
  const path = join(mkdtempSync(join(tmpdir(), 'valet-park-')), 'log.jsonl');
  return { open: () => FileLog.open({ path }) };
}

/** Lets requests of the resource wait at the network until `go` is called. */
function holdAnswers(company: Company) {
  let isOpen = false;
  const waiting: (() => void)[] = [];
  company.network = async (request, answer) => {
    const response = await answer(request);
    const isPark = request.url.includes('/valet_park/');
    if (isPark && !isOpen) await new Promise<void>((resolve) => waiting.push(resolve));
    return response;
  };
  return {
    async arrived(command: string) {
      while (!company.arrived.includes(command)) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    go() {
      isOpen = true;
      for (const resolve of waiting) resolve();
    },
  };
}

test('a relay that dies in a command never sends it twice', async () => {
  const log = openLog();
  const company = await openCompany({ log: log.open() });
  const call = company.talk();
  const held = holdAnswers(company);
  const headers = { 'idempotency-key': 'one' };
  void company.ask(call, PARK, { headers });
  await held.arrived('park 6');
  await company.restart(() => ({ log: log.open() }));
  held.go();

  const again = await company.ask(call, PARK, { headers });
  expect(again.status).toBe(504);
  expect(company.arrived.filter((one) => one === 'park 6')).toHaveLength(1);
});

test('a panel whose relay dies in a command looks and concludes', async () => {
  const log = openLog();
  const company = await openCompany({ log: log.open() });
  const call = company.talk();
  company.talk(); // A second call, to look with.
  const panel = await company.panel();
  await until(panel, ({ calls }) => calls.length === 2);
  const held = holdAnswers(company);
  const parked = panel.park(call, { slot: 6 });
  await held.arrived('slots 6');
  held.go();
  await held.arrived('park 6');
  // The connection breaks, and the panel finds the next relay.
  await company.restart(() => ({ log: log.open() }));
  expect(await parked).toMatchObject({ slot: 6 });
  expect(company.arrived.filter((one) => one === 'park 6')).toHaveLength(1);
});

test('after a restart the feed goes on: nothing is missed, and nothing comes twice', async () => {
  const log = openLog();
  const company = await openCompany({ log: log.open() });
  const first = await readFeed(company, null, 1);
  const calls = [company.talk(), company.talk()];
  const before = await readFeed(company, first.lastId, 4);
  await company.restart(() => ({ log: log.open() }));
  calls.push(company.talk());
  const after = await readFeed(company, before.lastId, 2);
  const told = [...before.calls, ...after.calls];
  expect(told).toEqual(calls.flatMap((call) => [`dial-in ${call}`, `answer ${call}`]));
  expect(after.isReset).toBe(false);
});

/** The network while the switch is down. */
const refuseConnections = () => {
  const cause = Object.assign(new Error(), { code: 'ECONNREFUSED' });
  return Promise.reject(new TypeError('fetch failed', { cause }));
};

test('while the switch is down, panels are offline, and then they are right again', async () => {
  const company = await openCompany();
  const call = company.talk();
  const panel = await company.panel();
  // An answer on its way would prove that the switch can be reached.
  await until(panel, ({ slots }) => slots.every(({ state }) => state === 'free'));
  company.network = refuseConnections;
  const error = await panel.park(call, { slot: 6 }).catch((thrown: unknown) => thrown);
  expect(isValetError(error)).toBe(true);
  expect((await until(panel, ({ sync }) => sync.state === 'offline')).sync.state).toBe('offline');
  expect(company.arrived.filter((one) => one.startsWith('park'))).toEqual([]);

  company.network = (request, answer) => answer(request);
  expect(await panel.park(call, { slot: 6 })).toMatchObject({ slot: 6, confirmed: true });
});

test('panels that ask nothing learn from the relay that the switch is down, and up again', async () => {
  const company = await openCompany();
  const call = company.talk();
  const panel = await company.panel(SALES);
  await until(panel, ({ slots }) => slots.every(({ state }) => state === 'free'));
  const look = { action: 'slots', slot: '6' };
  company.network = refuseConnections;
  for (let count = 0; count < 2; count += 1) {
    expect((await company.ask(call, look)).status).toBe(503);
    await until(panel, ({ sync }) => sync.state === 'offline');
  }
  company.network = (request, answer) => answer(request);
  expect((await company.ask(call, look)).status).toBe(200);
  await until(panel, ({ sync }) => sync.state === 'asking');
});

test.for([500, 502, 503])('a %i of the switch is passed on', async (status) => {
  const company = await openCompany();
  const call = company.talk();
  company.network = async (request, answer) =>
    request.url.includes('valet_park')
      ? Response.json({ message: 'broken' }, { status })
      : answer(request);
  expect(await company.ask(call, PARK)).toMatchObject({ status, json: { message: 'broken' } });
});

test('when the hourly limit is reached, panels are limited', async () => {
  const company = await openCompany({}, { hourlyLimit: 40 });
  const call = company.talk();
  const panel = await company.panel();
  await until(panel, ({ calls }) => calls.length === 1);
  let reply;
  do reply = await company.ask(call, { action: 'slots', slot: '1' });
  while (reply.status === 200);
  expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, expect.any(String)]);
  await panel.inspect(1).catch(() => {});
  await until(panel, ({ sync }) => sync.state === 'limited');
  // The relay keeps requests for commands.
  expect((await company.ask(call, PARK)).status).toBe(200);
});

test('when the token of the relay is refused, panels notice nothing', async () => {
  const company = await openCompany();
  const call = company.talk();
  company.talk();
  const panel = await company.panel();
  await until(panel, ({ calls }) => calls.length === 2);
  let refused = 0;
  company.network = async (request, answer) => {
    const isOld = request.url.includes('valet_park') && (refused += 1) === 1;
    return isOld ? Response.json({ error: 'invalid_token' }, { status: 401 }) : answer(request);
  };
  const tokens = company.tokens;
  expect(await panel.park(call, { slot: 6 })).toMatchObject({ slot: 6 });
  expect(company.tokens - tokens).toBe(1);
});

test('web hooks that come twice or in the wrong order change nothing', async () => {
  const company = await openCompany();
  const panel = await company.panel(SALES);
  const kept: (() => Promise<Response>)[] = [];
  company.hooks = (event, deliver) => kept.push(() => deliver(event));
  const call = company.talk(RECEPTION, '+79161112233', 'Anna');
  for (const deliver of [...kept].reverse()) {
    await deliver();
    await deliver();
  }
  company.hooks = (event, deliver) => void deliver(event).then(() => deliver(event));
  expect((await company.ask(call, PARK)).status).toBe(200);
  const other = company.talk(SALES);
  expect(
    (await company.ask(other, { action: 'slots', slot: '6' }, { extension: SALES })).json,
  ).toMatchObject({
    slot: '6',
  });
  const { slots } = await until(panel, ({ slots }) => slots[5]?.caller != null);
  expect(slots[5]).toMatchObject({ state: 'held', call, caller: { name: 'Anna' } });
});

test('if a web hook is late, only the name of the caller is', async () => {
  const company = await openCompany();
  const other = company.talk(SALES);
  const panel = await company.panel(SALES);
  await until(panel, ({ calls }) => calls.length === 1);
  // The list of live calls does not say who calls.
  company.network = async (request, answer) => {
    const response = await answer(request);
    if (!request.url.includes('current_calls')) return response;
    return new Response((await response.text()).replaceAll(/"caller_id_\w+":"[^"]*",/g, ''));
  };
  const late: (() => Promise<Response>)[] = [];
  company.hooks = (event, deliver) => late.push(() => deliver(event));
  const call = company.talk(RECEPTION, '+79161112233', 'Anna');
  await company.restart();
  await company.ask(call, PARK);
  await company.ask(other, { action: 'slots', slot: '6' }, { extension: SALES });
  const { slots: before } = await until(panel, ({ slots }) => slots[5]?.call === call);
  expect(before[5]?.caller).toBe(null);
  for (const deliver of late) await deliver();
  const { slots: after } = await until(panel, ({ slots }) => slots[5]?.caller != null);
  expect(after[5]).toMatchObject({ state: 'held', call, caller: { name: 'Anna' } });
});

test('a call that returns leaves its slot on every panel, with the reason', async () => {
  const company = await openCompany();
  const call = company.talk(RECEPTION, '+79161112233', 'Anna');
  const other = company.talk(SALES);
  const panel = await company.panel(SALES);
  await company.ask(call, PARK);
  await company.ask(other, { action: 'slots', slot: '6' }, { extension: SALES });
  await until(panel, ({ slots }) => slots[5]?.call === call);
  company.pbx.exchange.forward(180_000);
  const { departures } = await until(panel, (snapshot) => snapshot.departures.length > 0);
  expect(departures[0]).toMatchObject({ slot: 6, call, reason: 'returned', parkedBy: RECEPTION });
});

interface FeedPart {
  readonly calls: string[];
  readonly lastId: string;
  readonly isReset: boolean;
}

/** Reads the feed of an extension after an id, until `count` call events have come. */
async function readFeed(company: Company, lastId: string | null, count: number): Promise<FeedPart> {
  const headers = {
    authorization: 'Bearer all',
    ...(lastId === null ? {} : { 'last-event-id': lastId }),
  };
  const url = `http://relay.test/feed?extension=${RECEPTION}`;
  const { body } = await company.relay.fetch(new Request(url, { headers }));
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  let text = '';
  const blocks = () => text.split('\n\n').slice(0, -1);
  const callsIn = () => blocks().filter((block) => block.includes('event: call'));
  while (lastId === null ? blocks().length === 0 : callsIn().length < count) {
    text += new TextDecoder().decode((await reader.read()).value);
  }
  await reader.cancel();
  const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => id ?? '');
  return {
    calls: callsIn().map((block) => {
      const fields = new URLSearchParams(/data: (.*)/.exec(block)?.[1]);
      return `${fields.get('EventType')} ${fields.get('CallAPIID')}`;
    }),
    lastId: ids.at(-1) ?? '',
    isReset: text.includes('event: reset'),
  };
}
