// What happens to calls: who hears what, and who ends with whom.

import { expect, test } from 'vitest';
import type { SwitchEvent } from 'valet-park/server';
import { NOON, openDesk, RECEPTION, SALES, type Desk } from './desk.ts';

/** A bound for what hangs, far above what a slow machine needs. */
const HUNG = { timeout: 300_000 };

/** Notes each event as `extension type call-number`. */
function notes(desk: Desk): string[] {
  const told: string[] = [];
  desk.pbx.exchange.onEvent(({ extension, type, fields }: SwitchEvent) => {
    told.push(
      `${extension} ${type} ${extension === RECEPTION ? fields['CallerIDNum'] : ''}`.trim(),
    );
  });
  return told;
}

test('the fields of an incoming call are the documented ones', async () => {
  const desk = await openDesk();
  const told: SwitchEvent[] = [];
  desk.pbx.exchange.onEvent((event) => told.push(event));
  const { call, callId } = desk.pbx.exchange.ring('341', '+79161112233', 'Анна');
  desk.pbx.forward(2_000);
  desk.pbx.exchange.answer(call);
  desk.pbx.forward(11_420);
  desk.pbx.exchange.hangup(call);

  const common = {
    CallID: callId,
    SubCallID: expect.stringMatching(/^34414-[0-9a-f]{32}$/),
    CallAPIID: call,
    CallFlow: 'in',
    CallerIDNum: '+79161112233',
    CallerIDName: 'Анна',
    CalledDID: expect.stringMatching(/^\d+$/),
    CalledNumber: '022*341',
    CalledExtension: '022*341@siptest.example',
    CalledExtensionID: '34414',
  };
  expect(callId).toMatch(/^[0-9a-f]{32}$/);
  expect(told.map(({ fields }) => fields)).toEqual([
    { ...common, EventType: 'dial-in', EventTime: `${NOON}000`, CallStatus: 'CALLING' },
    { ...common, EventType: 'answer', EventTime: `${NOON + 2_000}000`, CallStatus: 'ANSWER' },
    {
      ...common,
      EventType: 'hangup',
      EventTime: `${NOON + 13_420}000`,
      CallStatus: 'ANSWER',
      Duration: '11420000',
    },
  ]);
});

test('the fields of an outgoing call name the extension as the caller', async () => {
  const desk = await openDesk();
  const told: SwitchEvent[] = [];
  desk.pbx.exchange.onEvent((event) => told.push(event));
  const { call } = desk.pbx.exchange.dial('34414', '+79161112233');
  desk.pbx.exchange.hangup(call);
  expect(told[0]?.fields).toEqual({
    EventType: 'dial-out',
    EventTime: `${NOON}000`,
    CallID: expect.any(String),
    SubCallID: expect.any(String),
    CallAPIID: call,
    CallFlow: 'out',
    CallStatus: 'CALLING',
    CallerIDNum: '022*341',
    CallerIDName: 'Reception',
    CallerExtension: '022*341@siptest.example',
    CallerExtensionID: '34414',
    CalledNumber: '+79161112233',
  });
  expect(told[1]?.fields).toMatchObject({ EventType: 'hangup', CallStatus: 'BUSY', Duration: '0' });
});

test('a dialled call that comes back rings as an incoming one', async () => {
  const desk = await openDesk();
  const { call } = desk.pbx.exchange.dial(RECEPTION, '+79161112233');
  desk.pbx.exchange.answer(call);
  await desk.ask(call, { action: 'park', slot: '6' });
  const told: SwitchEvent[] = [];
  desk.pbx.exchange.onEvent((event) => told.push(event));
  desk.pbx.forward(200_000);
  expect(told).toHaveLength(1);
  expect(told[0]?.fields).toMatchObject({
    EventType: 'dial-in',
    CallAPIID: call,
    CallFlow: 'in',
    CallerIDNum: '+79161112233',
    EventTime: `${NOON + 180_000}000`,
  });
  // Nobody dialled a public number for it.
  expect(told[0]?.fields).not.toHaveProperty('CalledDID');
});

test('one who gives up waiting leaves the slot free, and no event', async () => {
  const desk = await openDesk();
  const [waiting, other] = [desk.talk(), desk.talk()];
  await desk.ask(waiting, { action: 'park', slot: '6' });
  const told = notes(desk);
  desk.pbx.exchange.hangup(waiting);
  expect(told).toEqual([]);
  expect(desk.stateOf(waiting)).toBe('gone');
  expect(await desk.ask(other, { action: 'park', slot: '6' })).toMatchObject({ status: 200 });
  desk.pbx.forward(180_000);
  expect(desk.stateOf(waiting)).toBe('gone');
});

test.for(['waiting', 'fetching'])('when the %s one of a pair hangs up, both end', async (who) => {
  const desk = await openDesk();
  const calls = { waiting: desk.talk(), fetching: desk.talk(SALES) };
  await desk.ask(calls.waiting, { action: 'park', slot: '6' });
  await desk.ask(calls.fetching, { action: 'bridge', slot: '6' }, SALES);
  const told = notes(desk);
  desk.pbx.exchange.hangup(calls[who as keyof typeof calls]);
  expect(told).toEqual([`${SALES} hangup`]);
  expect(desk.pbx.exchange.calls()).toEqual([]);
});

test('a pair that is parked waits, returns and ends together', async () => {
  const desk = await openDesk();
  const [first, second] = [desk.talk(), desk.talk(SALES)];
  await desk.ask(first, { action: 'park', slot: '6' });
  await desk.ask(second, { action: 'bridge', slot: '6' }, SALES);
  await desk.ask(second, { action: 'park', slot: '7' }, SALES);
  expect([desk.stateOf(first), desk.stateOf(second)]).toEqual(['bridged', 'parked']);
  desk.pbx.forward(180_000);
  expect([desk.stateOf(first), desk.stateOf(second)]).toEqual(['bridged', 'ringing']);
  desk.pbx.exchange.hangup(first);
  expect(desk.pbx.exchange.calls()).toEqual([]);
});

test('calls that are due together return each at its own moment', async () => {
  const desk = await openDesk();
  const [first, second] = [desk.talk(), desk.talk()];
  await desk.ask(first, { action: 'park', slot: '6' });
  desk.pbx.forward(1_000);
  await desk.ask(second, { action: 'park', slot: '2' });
  desk.pbx.forward(600_000);
  const since = desk.pbx.exchange.calls().map((call) => [call.call, call.state, call.since]);
  expect(since).toEqual([
    [first, 'ringing', NOON + 180_000],
    [second, 'ringing', NOON + 181_000],
  ]);
});

test('without patience a call waits for ever', async () => {
  const desk = await openDesk({ patienceMs: 0 });
  const call = desk.talk();
  await desk.ask(call, { action: 'park', slot: '6' });
  desk.pbx.forward(86_400_000);
  expect(desk.stateOf(call)).toBe('parked');
});

test('a call returns though nobody asks, as soon as the clock says so', async () => {
  let now = NOON;
  const desk = await openDesk({ now: () => now, patienceMs: 50 });
  const call = desk.talk();
  const returned = new Promise<SwitchEvent>((resolve) => {
    desk.pbx.exchange.onEvent((event) => event.type === 'dial-in' && resolve(event));
  });
  await desk.ask(call, { action: 'park', slot: '6' });
  // Real time alone does nothing: the alarm wakes, compares, and sleeps again.
  now += 50;
  expect((await returned).fields['CallAPIID']).toBe(call);
});

test('a clock that is set back by its machine does not run backwards', async () => {
  let now = NOON;
  const desk = await openDesk({ now: () => now });
  now -= 60_000;
  expect(desk.pbx.exchange.now()).toBe(NOON);
});

test('a lot of 60,000 slots answers as a small one does', async () => {
  const desk = await openDesk({ slots: 60_000, seed: 1 });
  const [first, second] = [desk.talk(), desk.talk()];
  expect(await desk.ask(first, { action: 'park', slot: '60000' })).toMatchObject({ status: 200 });
  const free = await desk.ask(second, { action: 'slots' });
  expect(free.text.match(/\d+/g)).toHaveLength(59_999);
  expect(await desk.ask(second, { action: 'bridge', slot: '60000' })).toMatchObject({
    status: 200,
  });
  expect((await desk.ask(second, { action: 'park', slot: '60001' })).status).toBe(400);
});

test('a lot of 60,000 slots can be filled and comes back at once', HUNG, async () => {
  const desk = await openDesk({ slots: 60_000 });
  const { exchange } = desk.pbx;
  for (let count = 0; count < 60_000; count += 1) {
    const call = desk.talk();
    exchange.ask({ extension: RECEPTION, call, action: 'park' });
  }
  const late = desk.talk();
  expect(exchange.ask({ extension: RECEPTION, call: late, action: 'park' })).toMatchObject({
    kind: 'refused',
    code: 'lot-full',
  });
  desk.pbx.forward(180_000);
  expect(exchange.calls().filter(({ state }) => state === 'ringing')).toHaveLength(60_000);
});
