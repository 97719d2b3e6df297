// Picking up: the telephone rings, is answered, the caller still waits, and they talk.

import { expect, test } from 'vitest';
import { openLot } from './world.ts';

/** A call that waits in slot 6, and a telephone 1002 that rings for it. */
async function openRinging(options: { eventDelayMs?: number } = {}) {
  const world = openLot(options);
  const waiting = world.talk('Anna');
  await world.ask(waiting, 'park', 6);
  const leave = new AbortController();
  const answer = world.pickUp('1002', 6, waiting, leave.signal);
  await world.forward(50 + (options.eventDelayMs ?? 0));
  const phone = world.ringing('1002');
  if (phone === undefined) throw new Error('the telephone does not ring');
  return { ...world, waiting, answer, phone, leave };
}

test('the telephone rings with the slot and the name, is answered, and they talk', async () => {
  const { pbx, phone, answer, waiting, partnerOf, moves, forward } = await openRinging();
  expect(phone).toMatchObject({ number: '6', name: 'Pick up 6 - Anna' });
  expect(phone.variables.get('sip_h_X-Pick-Up-Slot')).toBe('6');
  pbx.answer(phone);
  expect(await answer).toEqual({ kind: 'bridged', slot: 6, uuid: waiting });
  expect(partnerOf(waiting)).toBe(phone.uuid);
  expect(moves().at(-1)).toBe('bridged Anna 6 by ? of 1002');
  await forward(100);
  expect(pbx.engine.channels.size).toBe(2);
});

test('a telephone that is not answered, and one that is refused, leave the caller in the slot', async () => {
  const first = await openRinging();
  first.pbx.hangup(first.phone.uuid);
  expect(await first.answer).toEqual({ kind: 'no-answer', slot: 6 });
  expect(first.stateOf(first.waiting)).toBe('parked');
  const second = await openRinging();
  await second.forward(20_000);
  expect(await second.answer).toEqual({ kind: 'no-answer', slot: 6 });
  expect(second.stateOf(second.waiting)).toBe('parked');
  expect(second.ringing('1002')).toBe(undefined);
});

test('if the caller hangs up while the telephone rings, it stops ringing', async () => {
  const { pbx, waiting, answer, ringing, forward } = await openRinging();
  pbx.hangup(waiting);
  expect(await answer).toMatchObject({ kind: 'refused', code: 'vacant' });
  await forward(50);
  expect(ringing('1002')).toBe(undefined);
});

test.for([0, 1, 3, 10, 20, 30, 45])(
  'a caller who hangs up %i ms after the answer leaves no telephone in a slot',
  async (ms) => {
    const { pbx, phone, waiting, answer, forward } = await openRinging({ eventDelayMs: 15 });
    pbx.answer(phone);
    await forward(ms);
    pbx.hangup(waiting);
    const result = await answer;
    await forward(200);
    if (result.kind !== 'bridged') expect(result).toMatchObject({ code: 'vacant' });
    expect(pbx.engine.valet.list('L')).toEqual([]);
    expect(pbx.engine.channels.size).toBe(0);
  },
);

test('a telephone that is being released is not said to be connected', async () => {
  const { pbx, waiting, answer, pickUps } = await openRinging({ eventDelayMs: 100 });
  pbx.hangup(waiting);
  expect(await answer).toMatchObject({ code: 'vacant' });
  // The event that the telephone has ended is on its way.
  const wanted = { extension: '1002', slot: 6, expect: null };
  const again = await pickUps.start(wanted, new AbortController().signal);
  expect(again).toMatchObject({ code: 'vacant' });
});

test('a client that goes away releases the telephone', async () => {
  const { leave, answer, forward, ringing, waiting, stateOf } = await openRinging();
  leave.abort();
  expect(await answer).toEqual({ kind: 'no-answer', slot: 6 });
  await forward(50);
  expect(ringing('1002')).toBe(undefined);
  expect(stateOf(waiting)).toBe('parked');
});

test('two clients share a pick-up, and another slot is refused meanwhile', async () => {
  const { pbx, phone, answer, pickUp, waiting, talk, ask } = await openRinging();
  const same = pickUp('1002', 6, waiting);
  const other = talk('Boris');
  await ask(other, 'park', 7);
  expect(await pickUp('1002', 7, other)).toMatchObject({ code: 'bad-request' });
  pbx.answer(phone);
  expect(await answer).toEqual(await same);
  // A repetition gets the same answer.
  expect(await pickUp('1002', 6, waiting)).toEqual(await same);
});

test('of two telephones that are answered, one gets the caller, and the other is released', async () => {
  const { pbx, phone, answer, pickUp, waiting, ringing, forward, stateOf } = await openRinging();
  const second = pickUp('1003', 6, waiting);
  await forward(20);
  pbx.answer(phone);
  const other = ringing('1003');
  if (other !== undefined) pbx.answer(other);
  expect(await answer).toMatchObject({ kind: 'bridged' });
  expect(await second).toMatchObject({ kind: 'refused', code: 'vacant' });
  await forward(100);
  expect(stateOf(waiting)).toBe('talking');
  expect(pbx.engine.channels.size).toBe(2);
});

test('another call than the expected one, an empty slot, and an unknown telephone', async () => {
  const { talk, ask, pickUp } = openLot();
  const a = talk('A');
  expect(await pickUp('1002', 6, null)).toMatchObject({ code: 'vacant' });
  await ask(a, 'park', 6);
  expect(await pickUp('1002', 6, 'ffffffff-0000-4000-8000-000000000000')).toMatchObject({
    code: 'different-call',
  });
  expect(await pickUp('999', 6, a)).toMatchObject({
    ...{ kind: 'no-pick-up', message: 'FreeSWITCH cannot call 999: -ERR USER_NOT_REGISTERED' },
  });
});
