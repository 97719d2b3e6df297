// Picking up: the telephone of an extension rings, and talks with the caller who waits in a slot.

import { describe, expect, test } from 'vitest';
import type { Profile, SwitchEvent, SwitchOptions } from 'valet-park/server';
import { NOON, openDesk, readReply, RECEPTION, SALES, uuidOf, type Reply } from './desk.ts';
import { openLine, settled, watch } from './line.ts';

const PROFILES: readonly Profile[] = ['lot', 'freeswitch'];

/** A switch without a network in which Anna waits in slot 6. */
function waiting(options: SwitchOptions = {}) {
  const line = openLine({ seed: 1, ...options });
  const { exchange } = line.pbx;
  const anna = exchange.answer(exchange.ring(RECEPTION, '+79161112233', 'Anna').call).call;
  exchange.ask({ extension: RECEPTION, call: anna, action: 'park', slot: 6 });
  exchange.forward(1_000);
  return {
    line,
    exchange,
    anna,
    pickUp: (body: unknown, extension = SALES, signal?: AbortSignal) =>
      send(line, JSON.stringify(body), extension, signal),
    /** The telephone that rings for a pick-up. */
    telephone: (extension = SALES) =>
      exchange
        .calls()
        .filter((one) => one.extension === extension && one.state === 'ringing')
        .map(({ call }) => call),
  };
}

async function send(
  { pbx }: ReturnType<typeof openLine>,
  body: string,
  extension: string,
  signal?: AbortSignal,
): Promise<Reply> {
  const url = `http://localhost/api/ver1.0/extension/${extension}/valet_park/pick_up`;
  const headers = { authorization: `Bearer ${pbx.token}` };
  const init = { method: 'POST', headers, body, ...(signal ? { signal } : {}) };
  return readReply(await pbx.fetch(new Request(url, init)));
}

describe.each(PROFILES)('with the profile %s', (profile) => {
  test('the telephone rings, is answered, and talks with the caller', async () => {
    const { line, exchange, anna, pickUp, telephone } = waiting({ profile });
    const events: SwitchEvent[] = [];
    exchange.onEvent((event) => events.push(event));
    const reply = watch(pickUp({ slot: '6', expect: uuidOf(anna) }));
    await settled();
    const [own = ''] = telephone();
    expect(line.stateOf(anna)).toBe('parked');
    expect(
      events.map(({ type, fields }) => [type, fields['CallerIDName'], fields['PickUpSlot']]),
    ).toEqual([['dial-in', 'Pick up 6: Anna', '6']]);
    expect(reply.value).toBe('pending');

    exchange.answer(own);
    await settled();
    expect(reply.value).toMatchObject({ status: 200, json: { slot: '6', UUID: uuidOf(anna) } });
    expect([line.stateOf(own), line.stateOf(anna)]).toEqual(['talking', 'bridged']);
    expect(events[1]).toMatchObject({ type: 'answer', fields: { CallerIDName: 'Anna' } });
    exchange.hangup(own);
    expect(exchange.calls()).toEqual([]);
    expect(exchange.accidents).toEqual([]);
  });

  test('a telephone that is not answered stops after 15 s', async () => {
    const { line, anna, pickUp, telephone } = waiting({ profile });
    const reply = watch(pickUp({ slot: 6 }));
    await line.forward(14_999);
    expect([reply.value, telephone().length]).toEqual(['pending', 1]);
    await line.forward(1);
    expect(reply.value).toMatchObject({ status: 409, json: { status: 'no-answer', slot: '6' } });
    expect([telephone(), line.stateOf(anna)]).toEqual([[], 'parked']);
  });

  test('a refused call is not answered', async () => {
    const { line, exchange, anna, pickUp, telephone } = waiting({ profile });
    const reply = watch(pickUp({ slot: 6 }));
    await settled();
    exchange.hangup(telephone()[0] ?? '');
    await settled();
    expect(reply.value).toMatchObject({ json: { status: 'no-answer' } });
    expect(line.stateOf(anna)).toBe('parked');
  });

  test('the telephone is released when the caller leaves', async () => {
    const { exchange, anna, pickUp, telephone } = waiting({ profile });
    const reply = watch(pickUp({ slot: 6 }));
    await settled();
    exchange.hangup(anna);
    expect(telephone()).toEqual([]);
    await settled();
    expect(reply.value).toMatchObject({ status: 409, json: { status: 'vacant', slot: '6' } });
  });

  test('the telephone is released when the caller returns', async () => {
    const { line, anna, pickUp, telephone } = waiting({ profile, patienceMs: 5_000 });
    const reply = watch(pickUp({ slot: 6 }));
    await line.forward(6_000);
    expect(telephone()).toEqual([]);
    expect(line.stateOf(anna)).toBe('ringing');
    expect(reply.value).toMatchObject({ json: { status: 'vacant' } });
  });

  test('the telephone is released when another call fetches the caller', async () => {
    const { line, exchange, pickUp, telephone } = waiting({ profile });
    const reply = watch(pickUp({ slot: 6 }));
    await settled();
    const fetching = line.talk();
    exchange.ask({ extension: RECEPTION, call: fetching, action: 'bridge', slot: 6 });
    expect(telephone()).toEqual([]);
    await settled();
    expect(reply.value).toMatchObject({ json: { status: 'vacant' } });
    expect(exchange.accidents).toEqual([]);
  });

  test('the telephone is released when another caller waits there', async () => {
    const { line, exchange, anna, pickUp, telephone } = waiting({ profile });
    const early = await pickUp({ slot: 6, expect: line.talk() });
    expect(early).toMatchObject({ json: { status: 'different-call', slot: '6' } });
    const reply = watch(pickUp({ slot: 6, expect: anna }));
    await settled();
    exchange.hangup(anna);
    exchange.ask({ extension: RECEPTION, call: line.talk(), action: 'park', slot: 6 });
    expect(telephone()).toEqual([]);
    await settled();
    expect(['vacant', 'different-call']).toContain((reply.value as Reply).json.status);
  });

  test('the telephone is released when the request is aborted', async () => {
    const { line, anna, pickUp, telephone } = waiting({ profile });
    const stop = new AbortController();
    const reply = watch(pickUp({ slot: 6 }, SALES, stop.signal));
    await settled();
    expect(telephone()).toHaveLength(1);
    stop.abort();
    expect(telephone()).toEqual([]);
    expect(line.stateOf(anna)).toBe('parked');
    await settled();
    expect(reply.value).not.toBe('pending');
    await pickUp({ slot: 6 }, SALES, AbortSignal.abort());
    expect(telephone()).toEqual([]);
  });

  test('of two extensions, the first to answer talks', async () => {
    const { exchange, pickUp, telephone } = waiting({ profile });
    const [sales, reception] = [watch(pickUp({ slot: 6 })), watch(pickUp({ slot: 6 }, RECEPTION))];
    await settled();
    exchange.answer(telephone(RECEPTION)[0] ?? '');
    expect(telephone()).toEqual([]);
    await settled();
    expect(reception.value).toMatchObject({ status: 200 });
    expect(sales.value).toMatchObject({ json: { status: 'vacant' } });
    expect(exchange.accidents).toEqual([]);
  });

  test('a second request shares the pick-up', async () => {
    const { exchange, anna, pickUp, telephone } = waiting({ profile });
    const stop = new AbortController();
    const first = watch(pickUp({ slot: 6 }, SALES, stop.signal));
    const second = watch(pickUp({ slot: '6', expect: anna }));
    await settled();
    expect(telephone()).toHaveLength(1);
    stop.abort();
    expect(telephone()).toHaveLength(1);
    exchange.answer(telephone()[0] ?? '');
    await settled();
    expect([first.value, second.value]).toMatchObject([{}, { status: 200 }]);
    // A client that lost the answer asks again.
    expect(await pickUp({ slot: 6, expect: anna })).toMatchObject({ status: 200 });
    expect(await pickUp({ slot: 6, expect: anna }, RECEPTION)).toMatchObject({ status: 409 });
    expect(await pickUp({ slot: 6 })).toMatchObject({ status: 200, json: { UUID: uuidOf(anna) } });
    expect(await pickUp({ slot: 6 }, RECEPTION)).toMatchObject({ status: 409 });
  });

  test('a telephone rings for one slot at a time', async () => {
    const { line, exchange, pickUp, telephone } = waiting({ profile });
    exchange.ask({ extension: RECEPTION, call: line.talk(), action: 'park', slot: 7 });
    exchange.forward(1_000);
    void pickUp({ slot: 6 });
    await settled();
    const other = await pickUp({ slot: 7 });
    expect(other).toMatchObject({ status: 400, json: { status: 'bad-request', slot: '7' } });
    expect(other.json.message).toContain('rings for slot 6');
    expect(telephone()).toHaveLength(1);
    void pickUp({ slot: 7 }, RECEPTION);
    await settled();
    expect(telephone(RECEPTION)).toHaveLength(1);
    exchange.forward(15_000);
    void pickUp({ slot: 7 });
    await settled();
    expect(telephone()).toHaveLength(1);
  });

  test('a wrong request is refused', async () => {
    const { line, pickUp } = waiting({ profile });
    const status = async (...asked: Parameters<typeof pickUp>) =>
      (await pickUp(...asked)).json.status;
    expect(await status({ slot: 7 })).toBe('vacant');
    expect(await status({ slot: 10 })).toBe('no-such-slot');
    expect(await status({})).toBe('bad-request');
    expect(await status({ slot: 6, expect: 5 })).toBe('bad-request');
    expect(await status({ slot: 6 }, '999')).toBe('no-such-extension');
    expect((await send(line, '{"slot', SALES)).json.status).toBe('bad-request');
  });

  test('closing the switch ends the pick-ups', async () => {
    const { line, pickUp } = waiting({ profile });
    const reply = watch(pickUp({ slot: 6 }));
    await settled();
    line.pbx.dispose();
    await settled();
    expect(reply.value).toMatchObject({ status: 503 });
  });
});

test('without the look, a telephone is parked in the empty slot', async () => {
  const { line, exchange, anna, pickUp, telephone } = waiting({
    profile: 'freeswitch',
    lookBeforePickUp: false,
  });
  void pickUp({ slot: 6 });
  await settled();
  exchange.hangup(anna);
  exchange.forward(100);
  const [own = ''] = telephone();
  exchange.answer(own);
  expect(line.stateOf(own)).toBe('parked');
  expect(exchange.accidents).toMatchObject([{ kind: 'asker-parked', calls: [own] }]);
});

test('the ringing lasts as long as the options say', async () => {
  const { line, pickUp } = waiting({ ringMs: 500 });
  const reply = watch(pickUp({ slot: 6 }));
  await line.forward(500);
  expect(reply.value).toMatchObject({ json: { status: 'no-answer' } });
  for (const ringMs of [0, 60_001, Number.NaN])
    expect(() => openLine({ ringMs })).toThrow('ringMs');
});

test('a client that closes its connection releases the telephone', async () => {
  const desk = await openDesk({ now: () => NOON });
  const { pbx, talk, ask } = desk;
  await ask(talk(), { action: 'park', slot: '6' });
  const stop = new AbortController();
  const url = `${pbx.url}/api/ver1.0/extension/${SALES}/valet_park/pick_up`;
  const headers = { authorization: `Bearer ${pbx.token}` };
  const reply = fetch(url, { method: 'POST', headers, body: '{"slot":6}', signal: stop.signal });
  reply.catch(() => {});
  const rings = () => pbx.exchange.calls().filter(({ state }) => state === 'ringing').length;
  await expect.poll(rings).toBe(1);
  stop.abort();
  await expect.poll(rings).toBe(0);
});

test('the strict mode has no pick-ups', async () => {
  const { pickUp } = waiting({ strict: true });
  expect((await pickUp({ slot: 6 })).status).toBe(405);
});
