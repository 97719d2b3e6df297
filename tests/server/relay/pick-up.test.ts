// Picking up through a relay: the switch calls the telephone and an extension that answers by itself.

import { describe, expect, test } from 'vitest';
import { RECEPTION, SALES, uuidOf, type Reply } from '../desk.ts';
import { settled, watch } from '../line.ts';
import { openTelephones } from './telephones.ts';

describe.each([
  { profile: 'lot', callbackIds: true },
  { profile: 'freeswitch', callbackIds: true },
  { profile: 'lot', callbackIds: false },
  { profile: 'freeswitch', callbackIds: false },
] as const)('with the profile $profile, and ids in events: $callbackIds', (options) => {
  const open = (more = {}) => openTelephones(more, options);

  test('the telephone rings, is answered, and talks with the caller', async () => {
    const { company, anna, pickUp, ringing, answer, forward, stateOf } = await open();
    const reply = watch(pickUp({ slot: '6', expect: uuidOf(anna) }));
    await settled();
    expect(ringing()).toMatchObject([{ name: 'Pick up 6: Anna' }]);
    expect([stateOf(anna), reply.value]).toEqual(['parked', 'pending']);
    const own = await answer();
    await forward(2_000);
    expect(reply.value).toMatchObject({ status: 200, json: { slot: '6', UUID: uuidOf(anna) } });
    expect([stateOf(own.call), stateOf(anna)]).toEqual(['talking', 'bridged']);
    company.pbx.exchange.hangup(own.call);
    expect(company.pbx.exchange.calls()).toEqual([]);
    expect(company.pbx.exchange.accidents).toEqual([]);
  });

  test('a telephone that is not answered stops after 15 s', async () => {
    const { anna, pickUp, ringing, forward, stateOf } = await open();
    const reply = watch(pickUp({ slot: 6 }));
    await forward(14_000);
    expect([reply.value, ringing().length]).toEqual(['pending', 1]);
    await forward(1_000);
    expect(reply.value).toMatchObject({ status: 409, json: { status: 'no-answer', slot: '6' } });
    expect([ringing(), stateOf(anna)]).toEqual([[], 'parked']);
  });

  test('a refused call is not answered', async () => {
    const { company, anna, pickUp, ringing, forward, stateOf } = await open();
    const reply = watch(pickUp({ slot: 6 }));
    await settled();
    company.pbx.exchange.hangup(ringing()[0]?.call ?? '');
    await forward(options.callbackIds ? 1_000 : 15_000);
    expect(reply.value).toMatchObject({ json: { status: 'no-answer' } });
    expect(stateOf(anna)).toBe('parked');
  });

  test('the telephone is released when the caller leaves', async () => {
    const { company, anna, pickUp, ringing, forward } = await open();
    const reply = watch(pickUp({ slot: 6 }));
    await settled();
    company.pbx.exchange.hangup(anna);
    await forward(3_000);
    expect(reply.value).toMatchObject({ status: 409, json: { status: 'vacant', slot: '6' } });
    expect(ringing()).toEqual([]);
  });

  test('the telephone is released when it is answered after the caller has left', async () => {
    const { company, anna, pickUp, answer, forward, stateOf } = await open();
    const reply = watch(pickUp({ slot: 6 }));
    await settled();
    company.pbx.exchange.hangup(anna);
    const own = await answer();
    await forward(100);
    expect(reply.value).toMatchObject({ json: { status: 'vacant' } });
    expect(stateOf(own.call)).toBe('gone');
    expect(company.pbx.exchange.accidents).toEqual([]);
  });

  test('the telephone is released when another call fetches the caller', async () => {
    const { company, pickUp, ringing, forward } = await open();
    const reply = watch(pickUp({ slot: 6 }));
    await settled();
    const fetched = company.ask(company.talk(), { action: 'bridge', slot: 6 });
    await forward(1_000);
    expect((await fetched).status).toBe(200);
    expect(reply.value).toMatchObject({ json: { status: 'vacant' } });
    expect(ringing()).toEqual([]);
    expect(company.pbx.exchange.accidents).toEqual([]);
  });

  test('the telephone is released when another caller waits there', async () => {
    const { company, anna, pickUp, ringing, forward } = await open();
    const early = await pickUp({ slot: 6, expect: company.talk() });
    expect(early).toMatchObject({ json: { status: 'different-call', slot: '6' } });
    const reply = watch(pickUp({ slot: 6, expect: anna }));
    await settled();
    company.pbx.exchange.hangup(anna);
    void company.ask(company.talk(), { action: 'park', slot: 6 });
    await forward(4_000);
    expect(['vacant', 'different-call']).toContain((reply.value as Reply).json.status);
    expect(ringing()).toEqual([]);
  });

  test('the telephone is released when the request is aborted', async () => {
    const { anna, pickUp, ringing, forward, stateOf } = await open();
    const stop = new AbortController();
    const reply = watch(pickUp({ slot: 6 }, SALES, { signal: stop.signal }));
    await settled();
    expect(ringing()).toHaveLength(1);
    stop.abort();
    await settled();
    expect(ringing()).toEqual([]);
    expect(reply.value).not.toBe('pending');
    await forward(3_000);
    expect(stateOf(anna)).toBe('parked');
  });

  test('of two extensions, the first to answer talks', async () => {
    const { company, pickUp, ringing, answer, forward } = await open();
    const [sales, reception] = [watch(pickUp({ slot: 6 })), watch(pickUp({ slot: 6 }, RECEPTION))];
    await settled();
    await answer(RECEPTION);
    await answer(SALES);
    await forward(5_000);
    expect(reception.value).toMatchObject({ status: 200 });
    expect(sales.value).toMatchObject({ json: { status: 'vacant' } });
    expect(ringing()).toEqual([]);
    expect(company.pbx.exchange.accidents).toEqual([]);
  });

  test('a second request shares the pick-up', async () => {
    const { anna, pickUp, ringing, answer, forward } = await open();
    const stop = new AbortController();
    const first = watch(pickUp({ slot: 6 }, SALES, { signal: stop.signal }));
    const second = watch(pickUp({ slot: '6', expect: anna }));
    await settled();
    expect(ringing()).toHaveLength(1);
    stop.abort();
    expect(ringing()).toHaveLength(1);
    await answer();
    await forward(2_000);
    expect([first.value, second.value]).toMatchObject([{}, { status: 200 }]);
    // A client that lost the answer asks again.
    expect(await pickUp({ slot: 6, expect: anna })).toMatchObject({ status: 200 });
    expect(await pickUp({ slot: 6, expect: anna }, RECEPTION)).toMatchObject({ status: 409 });
  });
});
