// Calls: their events, and which calls end together.

import { expect, test } from 'vitest';
import type { SwitchEvent } from 'valet-park/server';
import { NOON, openDesk, RECEPTION, SALES, type Desk } from './desk.ts';

/** Ends a test that hangs. A slow machine needs much less. */
const HUNG = { timeout: 300_000 };

/** Records each event as `extension type caller`. */
function record(desk: Desk): string[] {
  const events: string[] = [];
  desk.pbx.exchange.onEvent(({ extension, type, fields }: SwitchEvent) => {
    events.push(
      `${extension} ${type} ${extension === RECEPTION ? fields['CallerIDNum'] : ''}`.trim(),
    );
  });
  return events;
}

test('the fields of an incoming call are the documented ones', async () => {
  const desk = await openDesk();
  const events: SwitchEvent[] = [];
  desk.pbx.exchange.onEvent((event) => events.push(event));
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
  expect(events.map(({ fields }) => fields)).toEqual([
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
  const events: SwitchEvent[] = [];
  desk.pbx.exchange.onEvent((event) => events.push(event));
  const { call } = desk.pbx.exchange.dial('34414', '+79161112233');
  desk.pbx.exchange.hangup(call);
  expect(events[0]?.fields).toEqual({
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
  expect(events[1]?.fields).toMatchObject({
    EventType: 'hangup',
    CallStatus: 'BUSY',
    Duration: '0',
  });
});

test('an outgoing call that returns from its slot rings as an incoming call', async () => {
  const desk = await openDesk();
  const { call } = desk.pbx.exchange.dial(RECEPTION, '+79161112233');
  desk.pbx.exchange.answer(call);
  await desk.ask(call, { action: 'park', slot: '6' });
  const events: SwitchEvent[] = [];
  desk.pbx.exchange.onEvent((event) => events.push(event));
  desk.pbx.forward(200_000);
  expect(events).toHaveLength(1);
  expect(events[0]?.fields).toMatchObject({
    EventType: 'dial-in',
    CallAPIID: call,
    CallFlow: 'in',
    CallerIDNum: '+79161112233',
    EventTime: `${NOON + 180_000}000`,
  });
  // The call did not come over the public number.
  expect(events[0]?.fields).not.toHaveProperty('CalledDID');
});

test('a parked caller who hangs up frees the slot and causes no event', async () => {
  const desk = await openDesk();
  const [waiting, other] = [desk.talk(), desk.talk()];
  await desk.ask(waiting, { action: 'park', slot: '6' });
  const events = record(desk);
  desk.pbx.exchange.hangup(waiting);
  expect(events).toEqual([]);
  expect(desk.stateOf(waiting)).toBe('gone');
  expect(await desk.ask(other, { action: 'park', slot: '6' })).toMatchObject({ status: 200 });
  desk.pbx.forward(180_000);
  expect(desk.stateOf(waiting)).toBe('gone');
});

test.for(['waiting', 'fetching'])(
  'when the %s call of a pair hangs up, both calls end',
  async (who) => {
    const desk = await openDesk();
    const calls = { waiting: desk.talk(), fetching: desk.talk(SALES) };
    await desk.ask(calls.waiting, { action: 'park', slot: '6' });
    await desk.ask(calls.fetching, { action: 'bridge', slot: '6' }, SALES);
    const events = record(desk);
    desk.pbx.exchange.hangup(calls[who as keyof typeof calls]);
    expect(events).toEqual([`${SALES} hangup`]);
    expect(desk.pbx.exchange.calls()).toEqual([]);
  },
);

test('two connected calls are parked, return and end together', async () => {
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

test('calls that return during one jump of the clock return each at its own time', async () => {
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

test('with a patience of 0 a call waits for ever', async () => {
  const desk = await openDesk({ patienceMs: 0 });
  const call = desk.talk();
  await desk.ask(call, { action: 'park', slot: '6' });
  desk.pbx.forward(86_400_000);
  expect(desk.stateOf(call)).toBe('parked');
});

test('a call returns at its time, without any request', async () => {
  let now = NOON;
  const desk = await openDesk({ now: () => now, patienceMs: 50 });
  const call = desk.talk();
  const returned = new Promise<SwitchEvent>((resolve) => {
    desk.pbx.exchange.onEvent((event) => event.type === 'dial-in' && resolve(event));
  });
  await desk.ask(call, { action: 'park', slot: '6' });
  // The alarm rings in real time and compares the clock of the switch, which stands still so far.
  now += 50;
  expect((await returned).fields['CallAPIID']).toBe(call);
});

test('the clock of the switch does not run backwards when its source does', async () => {
  let now = NOON;
  const desk = await openDesk({ now: () => now });
  now -= 60_000;
  expect(desk.pbx.exchange.now()).toBe(NOON);
});

test('a lot of 60,000 slots answers like a small one', async () => {
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

test('60,000 calls can be parked, and all return in one jump of the clock', HUNG, async () => {
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
