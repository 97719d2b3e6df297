// Pick-ups through a relay that are not allowed, or that meet a fault.

import { expect, test } from 'vitest';
import { RECEPTION, SALES } from '../desk.ts';
import { settled, watch } from '../line.ts';
import { ANSWERING, NUMBERS, openTelephones, PATH } from './telephones.ts';
import { openCompany } from './company.ts';

test('a relay without the setting offers no pick-up', async () => {
  const company = await openCompany();
  const path = `${PATH}/${SALES}/valet_park/pick_up`;
  const reply = await company.send(path, { method: 'POST', body: '{"slot":6}' });
  expect(reply.status).toBe(405);
  expect(reply.headers.get('x-valet-park')).toBe('idempotency-key, notes, relay');
});

test('a panel picks up with its own extensions only, and needs the right to act', async () => {
  const { pickUp, ringing } = await openTelephones();
  for (const token of [RECEPTION, 'looker']) {
    expect((await pickUp({ slot: 6 }, SALES, { token })).status).toBe(403);
  }
  expect((await pickUp({ slot: 6 }, SALES, { token: 'stranger' })).status).toBe(401);
  const own = await pickUp({ slot: 6 }, ANSWERING, { token: 'all' });
  expect(own).toMatchObject({ status: 404, json: { status: 'no-such-extension' } });
  expect(own.headers.get('x-valet-park')).toBe('idempotency-key, notes, pick-up, relay');
  expect(ringing()).toEqual([]);
});

test('without a number, the answer says what to set', async () => {
  const numbers = { [RECEPTION]: '341', [ANSWERING]: '900' };
  const { company, pickUp, ringing, forward } = await openTelephones({
    pickUp: { extension: ANSWERING, numbers },
  });
  const reply = await pickUp({ slot: 6 });
  expect(reply).toMatchObject({ status: 409, json: { status: 'no-pick-up', slot: '6' } });
  expect(reply.json.message).toContain(`numbers = ["${SALES}=341"]`);
  // A call event names the extension with its number.
  company.talk(SALES);
  await settled();
  void pickUp({ slot: 6 });
  await settled();
  expect(ringing()).toHaveLength(1);
  await forward(15_000);
});

test('a refused callback is no pick-up', async () => {
  const { company, pickUp, ringing } = await openTelephones();
  company.pbx.setFaults('callback-refused=1');
  const reply = await pickUp({ slot: 6 });
  expect(reply).toMatchObject({ status: 409, json: { status: 'no-pick-up' } });
  expect(reply.json.message).toContain('status 403');
  expect(ringing()).toEqual([]);
});

test('without any event, the lists of the switch connect the telephone', async () => {
  const { company, anna, pickUp, answer, forward, stateOf } = await openTelephones();
  company.hooks = () => {};
  const reply = watch(pickUp({ slot: 6 }));
  await settled();
  await answer();
  await forward(6_000);
  expect(reply.value).toMatchObject({ status: 200 });
  expect(stateOf(anna)).toBe('bridged');
});

test('if the answer to the callback is lost, the events still connect the telephone', async () => {
  const { company, anna, pickUp, answer, forward, stateOf } = await openTelephones();
  company.network = async (request, answerTo) => {
    const response = await answerTo(request);
    if (request.url.includes('/callback/')) throw new Error('lost');
    return response;
  };
  const reply = watch(pickUp({ slot: 6 }));
  await settled();
  await answer();
  await forward(2_000);
  expect(reply.value).toMatchObject({ status: 200 });
  expect(stateOf(anna)).toBe('bridged');
});

test.each([
  { lost: 'no event', isLost: false },
  { lost: 'the events of the second call', isLost: true },
])('a callback that arrives twice leaves no telephone alone, lost: $lost', async ({ isLost }) => {
  const { company, pickUp, ringing, forward, stateOf } = await openTelephones();
  const { exchange } = company.pbx;
  company.network = async (request, answerTo) => {
    if (request.url.includes('/callback/')) await answerTo(request.clone());
    return answerTo(request);
  };
  const reply = watch(pickUp({ slot: 6 }));
  await settled();
  const [first, second] = ringing().map(({ call }) => call);
  exchange.answer(first ?? '');
  const { hooks } = company;
  company.hooks = (event, deliver) => {
    if (event.extension !== ANSWERING || !isLost) hooks(event, deliver);
  };
  // Both calls of the telephone are answered while the relay connects the first one.
  exchange.answer(second ?? '');
  await forward(2_000);
  expect(reply.value).toMatchObject({ status: 200 });
  await forward(16_000);
  expect([first, second].map((call) => stateOf(call ?? ''))).toEqual(['talking', 'gone']);
});

test('a person who takes the caller in the last 20 ms leaves the telephone parked', async () => {
  // The relay looks 30 ms after the telephone is answered. For 20 ms, the list shows a call too long.
  for (const afterMs of [5, 10, 11, 20, 29]) {
    const options = { profile: 'freeswitch', patienceMs: 60_000 } as const;
    const { company, pickUp, answer, forward, stateOf } = await openTelephones({}, options);
    const { exchange } = company.pbx;
    void pickUp({ slot: 6 });
    await settled();
    const own = await answer();
    await forward(afterMs);
    exchange.ask({ extension: RECEPTION, call: company.talk(), action: 'bridge', slot: 6 });
    await forward(1_000);
    const isParked = exchange.accidents.some(({ kind }) => kind === 'asker-parked');
    expect([afterMs, isParked]).toEqual([afterMs, afterMs > 10]);
    // No list shows the call. When its time in the slot is over, the relay ends it.
    expect(stateOf(own.call)).toBe(isParked ? 'talking' : 'gone');
    await forward(62_000);
    expect(stateOf(own.call)).toBe('gone');
  }
});

test('one key makes the telephone ring once', async () => {
  const { pickUp, ringing, answer, forward } = await openTelephones();
  const headers = { 'idempotency-key': 'once' };
  const both = [
    watch(pickUp({ slot: 6 }, SALES, { headers })),
    watch(pickUp({ slot: 6 }, SALES, { headers })),
  ];
  await settled();
  expect(ringing()).toHaveLength(1);
  await answer();
  await forward(2_000);
  expect(both.map(({ value }) => value)).toMatchObject([{ status: 200 }, { status: 200 }]);
});

test('a telephone rings for one slot at a time', async () => {
  const { pickUp, ringing, forward } = await openTelephones();
  void pickUp({ slot: 6 });
  await settled();
  const other = await pickUp({ slot: 7 });
  expect(other).toMatchObject({ status: 400, json: { status: 'bad-request' } });
  expect(other.json.message).toContain('rings for slot 6');
  expect(ringing()).toHaveLength(1);
  await forward(15_000);
});

test('after a restart, no pick-up goes on, and no telephone is parked', async () => {
  const { company, anna, pickUp, ringing, answer, forward, stateOf } = await openTelephones();
  const reply = watch(pickUp({ slot: 6 }));
  await settled();
  company.network = async () => Promise.reject(new Error('the relay dies'));
  await company.relay.dispose();
  expect(reply.value).toMatchObject({ status: 503 });
  company.network = (request, answerTo) => answerTo(request);
  await company.restart();
  expect(ringing()).toHaveLength(1);
  const own = await answer();
  await forward(5_000);
  expect([stateOf(anna), stateOf(own.call)]).toEqual(['parked', 'talking']);
  expect(company.pbx.exchange.accidents).toEqual([]);
});

test('the end of a relay releases the telephone', async () => {
  const { company, pickUp, ringing } = await openTelephones();
  const reply = watch(pickUp({ slot: 6 }));
  await settled();
  await company.relay.dispose();
  await settled();
  expect(reply.value).toMatchObject({ status: 503 });
  expect(ringing()).toEqual([]);
});

test('the journal names the person who picked up', async () => {
  const { company, pickUp, answer, forward } = await openTelephones();
  void pickUp({ slot: 6 });
  await settled();
  await answer();
  await forward(2_000);
  const { json } = await company.send('/journal?after=0');
  expect((json.rows as unknown[]).at(-1)).toMatchObject({
    departure: { reason: 'bridged', takenBy: SALES },
  });
});

test('numbers of the settings are not changed by events', async () => {
  const { company, pickUp, ringing, forward } = await openTelephones({
    pickUp: { extension: ANSWERING, numbers: { ...NUMBERS, [SALES]: '342' } },
  });
  company.talk(SALES);
  await settled();
  void pickUp({ slot: 6 });
  await settled();
  expect([ringing().length, ringing('34415').length]).toEqual([0, 1]);
  await forward(15_000);
});
