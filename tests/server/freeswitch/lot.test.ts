// Parking and fetching over the stand-in, one rule per test. Time passes with `forward` only.

import type { Answer, Question } from 'valet-park';
import { expect, test } from 'vitest';
import { openLot } from './world.ts';

test('a call is parked, found, and connected with the next call', async () => {
  const { talk, ask, pbx, moves, partnerOf, forward } = openLot();
  const [a, b] = [talk('A'), talk('B')];
  expect(await ask(a, 'park', 6)).toEqual({ kind: 'parked', slot: 6, uuid: a });
  expect(await ask(b, 'slots', 6)).toEqual({ kind: 'held', slot: 6, uuid: a });
  expect(await ask(b, 'slots')).toEqual({ kind: 'free', slots: [1, 2, 3, 4, 5, 7, 8, 9] });
  expect(await ask(b, 'bridge', 6)).toEqual({ kind: 'bridged', slot: 6, uuid: a });
  expect(partnerOf(a)).toBe(b);
  expect(await ask(talk('C'), 'slots')).toMatchObject({ slots: [1, 2, 3, 4, 5, 6, 7, 8, 9] });
  expect(moves()).toEqual(['parked A 6 at 1001', 'bridged A 6 by B of 1001']);
  // Neither the usher nor the telephones of the two calls are left.
  await forward(60);
  expect(pbx.engine.channels.size).toBe(2 + 2);
});

test('the one who fetches is the extension that gave the command', async () => {
  const { pbx, ask, talk, moves } = openLot();
  const a = talk('A');
  await ask(a, 'park', 6);
  // Extension 1001 calls its colleague 1002, and sends the waiting call there.
  const { phone, called } = pbx.dial('1001', '1002', '1002@pbx.example');
  pbx.engine.answer(called);
  pbx.engine.answer(phone);
  pbx.engine.connect(phone, called);
  expect(await ask(called.uuid, 'bridge', 6)).toMatchObject({ kind: 'bridged', uuid: a });
  expect(moves().at(-1)).toBe('bridged A 6 by ? of 1001');
});

test('a call is parked although the event of its answer is late', async () => {
  const { pbx, lot, run, state } = openLot({ eventDelayMs: 500 });
  const { caller, phone } = pbx.ring('1001', '100');
  await run(state.until(1_000, () => state.calls.callsOf('1001')[0] ?? null));
  pbx.answer(phone);
  const question = { extension: '1001', call: caller.uuid, action: 'park', slot: 6 } as const;
  expect(await run(lot.ask(question))).toMatchObject({ kind: 'parked', slot: 6 });
});

test('a held slot refuses another call, which stays at its telephone', async () => {
  const { talk, ask, stateOf } = openLot();
  const [a, b] = [talk('A'), talk('B')];
  await ask(a, 'park', 6);
  expect(await ask(b, 'park', 6)).toMatchObject({
    kind: 'refused',
    code: 'taken',
    message: 'slot already have parked member, slot is full',
  });
  expect(stateOf(b)).toBe('talking');
});

test('of two parks into one slot at the same time, one is refused', async () => {
  const { talk, both, ask, stateOf } = openLot();
  const [a, b] = [talk('A'), talk('B')];
  const answers = await both(ask(a, 'park', 6), ask(b, 'park', 6));
  expect(answers).toMatchObject([{ kind: 'parked' }, { code: 'taken' }]);
  expect([a, b].map(stateOf)).toEqual(['parked', 'talking']);
});

test('of two calls that fetch at the same time, one is refused and stays at its telephone', async () => {
  const { talk, both, ask, stateOf } = openLot();
  const [a, b, c] = [talk('A'), talk('B'), talk('C')];
  await ask(a, 'park', 6);
  const answers = await both(ask(b, 'bridge', 6), ask(c, 'bridge', 6));
  expect(answers).toMatchObject([{ kind: 'bridged' }, { code: 'vacant' }]);
  expect([a, b, c].map(stateOf)).toEqual(['connected', 'connected', 'talking']);
});

test('a bridge from an empty slot changes nothing', async () => {
  const { talk, ask, stateOf, commands } = openLot();
  const a = talk('A');
  expect(await ask(a, 'bridge', 6)).toMatchObject({ code: 'vacant' });
  expect(await ask(a, 'bridge')).toMatchObject({ code: 'nobody-waiting' });
  expect(stateOf(a)).toBe('talking');
  expect(commands()).toEqual([]);
});

test.for([0, 1, 5, 10, 15, 19, 25, 40, 60])(
  'a caller who hangs up %i ms after the bridge began parks no one',
  async (ms) => {
    const { talk, ask, pbx, forward, state, moves, now, stateOf, ringsAt } = openLot();
    const [a, b] = [talk('A'), talk('B')];
    await ask(a, 'park', 6);
    const since = now();
    const asked = ask(b, 'bridge', 6);
    await forward(ms);
    pbx.hangup(a);
    const answer = await asked;
    expect(now() - since).toBeLessThan(200); // The answer comes at once.
    await forward(100);
    if (answer.kind !== 'bridged') expect(answer).toMatchObject({ code: 'vacant', slot: 6 });
    expect(state.waiting()).toEqual([]);
    expect(pbx.engine.valet.list('L')).toEqual([]);
    expect(moves()).toHaveLength(2);
    // The other caller has ended with the first one, still talks, or rings again. No one is in silence.
    if (stateOf(b) === 'ringing') expect(ringsAt(b)).toBe('1001@pbx.example');
    else expect(['gone', 'talking']).toContain(stateOf(b));
  },
);

test.for([0, 1, 5, 10, 15, 19, 25, 40])(
  'a call that hangs up %i ms after it began to fetch leaves the other one in the lot, or ends with it',
  async (ms) => {
    const { talk, ask, pbx, forward, state } = openLot();
    const [a, b] = [talk('A'), talk('B')];
    await ask(a, 'park', 6);
    const asked = ask(b, 'bridge', 6);
    await forward(ms);
    pbx.hangup(b);
    await asked;
    await forward(500);
    const isUp = pbx.engine.channels.get(a)?.isUp ?? false;
    expect(state.waiting().map(({ uuid }) => uuid)).toEqual(isUp ? [a] : []);
    expect(pbx.engine.valet.list('L').map(({ uuid }) => uuid)).toEqual(isUp ? [a] : []);
  },
);

test('the next command waits until a call that was put back is in its slot', async () => {
  const { talk, ask, both, pbx, stateOf, onCommand } = openLot();
  const [a, b, c] = [talk('A'), talk('B'), talk('C')];
  await ask(a, 'park', 6);
  onCommand((command) => {
    if (command.startsWith('uuid_bridge')) pbx.hangup(b);
  });
  const answers = await both(ask(b, 'bridge', 6), ask(c, 'park', 6));
  expect(answers).toMatchObject([{ code: 'no-such-call' }, { code: 'taken' }]);
  expect([a, c].map(stateOf)).toEqual(['parked', 'talking']);
});

test('a call that is up is never said to have ended, also if events come late', async () => {
  const { talk, ask, pbx, onCommand, stateOf } = openLot({ eventDelayMs: 40 });
  const [a, b] = [talk('A'), talk('B')];
  await ask(a, 'park', 6);
  onCommand((command) => {
    if (command.startsWith('uuid_bridge')) pbx.hangup(a);
  });
  expect(await ask(b, 'bridge', 6)).toMatchObject({ code: 'vacant' });
  expect(stateOf(b)).toBe('talking');
});

test('if both calls hang up in the same moment, the answer is clear, and nothing is left', async () => {
  const { talk, ask, pbx, forward, onCommand } = openLot();
  const [a, b] = [talk('A'), talk('B')];
  await ask(a, 'park', 6);
  onCommand((command) => {
    if (command.startsWith('uuid_bridge')) pbx.hangup(b);
    if (command.startsWith(`uuid_transfer ${a}`)) pbx.hangup(a);
  });
  expect(await ask(b, 'bridge', 6)).toMatchObject({ kind: 'refused', code: 'no-such-call' });
  await forward(100);
  expect(pbx.engine.channels.size).toBe(0);
});

test('a slot is used again 50 ms after the last call has left, and never within a packet', async () => {
  const { talk, ask, pbx, forward, now } = openLot();
  const [a, b] = [talk('A'), talk('B')];
  await ask(a, 'park', 6);
  pbx.hangup(a);
  await forward(2);
  const since = now();
  expect(await ask(b, 'park', 6)).toMatchObject({ kind: 'parked' });
  expect(now() - since).toBeGreaterThanOrEqual(50);
  await forward(100);
  expect(pbx.engine.valet.list('L')).toMatchObject([{ uuid: b }]);
});

test('a call that returned is not met by the next call in its slot', async () => {
  const { talk, ask, forward, stateOf, pbx, moves } = openLot({ patienceMs: 3_000 });
  const [a, b] = [talk('A'), talk('B', '1002')];
  await ask(a, 'park', 6);
  await forward(3_100);
  expect(moves()).toEqual(['parked A 6 at 1001', 'returned A 6']);
  expect(stateOf(a)).toBe('ringing');
  // A choice of the lot avoids the slot, and an explicit park waits until the engine has forgotten.
  expect(await ask(talk('C'), 'park')).toMatchObject({ slot: 1 });
  expect(await ask(b, 'park', 6, '1002')).toMatchObject({ kind: 'parked' });
  expect([a, b].map(stateOf)).toEqual(['ringing', 'parked']);
  expect(pbx.engine.valet.list('L').map(({ uuid }) => uuid)).toContain(b);
});

test('a call that returned and is parked again does not meet itself', async () => {
  const { talk, ask, forward, stateOf, answer } = openLot({ patienceMs: 3_000 });
  const a = talk('A');
  await ask(a, 'park', 6);
  await forward(3_100);
  answer(a);
  expect(await ask(a, 'park', 6)).toMatchObject({ kind: 'parked' });
  expect(stateOf(a)).toBe('parked');
});

test('without a slot, `park` takes the lowest free slot, also at the same time', async () => {
  const { talk, ask, both } = openLot();
  const answers = await both(ask(talk('A'), 'park'), ask(talk('B'), 'park'));
  expect(answers).toMatchObject([{ slot: 1 }, { slot: 2 }]);
});

test('without a slot, `bridge` takes the call that has waited longest', async () => {
  const { talk, ask, forward } = openLot();
  const [a, b, c] = [talk('A'), talk('B'), talk('C')];
  await ask(a, 'park', 7);
  await forward(1);
  await ask(b, 'park', 2);
  expect(await ask(c, 'bridge')).toMatchObject({ kind: 'bridged', slot: 7, uuid: a });
});

test('a full lot refuses a park without a slot', async () => {
  const { talk, ask } = openLot({ slots: 1 });
  await ask(talk('A'), 'park');
  expect(await ask(talk('B'), 'park')).toMatchObject({ code: 'lot-full' });
  expect(await ask(talk('B'), 'park', 2)).toMatchObject({ code: 'no-such-slot' });
});

test('a call is asked about by its own extension, and while it is answered', async () => {
  const { talk, ask, pbx } = openLot();
  const a = talk('A');
  expect(await ask(a, 'park', 6, '1002')).toMatchObject({ code: 'no-such-call' });
  expect(await ask('7-nobody', 'park', 6)).toMatchObject({ code: 'no-such-call' });
  const { caller } = pbx.ring('1001', '100');
  expect(await ask(caller.uuid, 'park', 6)).toMatchObject({ code: 'bad-request' });
  await ask(a, 'park', 6);
  expect(await ask(a, 'park', 7)).toMatchObject({ code: 'no-such-call' });
});

test('a ghost in the list does not block its slot', async () => {
  const { talk, ask, enter, pbx, forward } = openLot({ patienceMs: 3_000 });
  const [a, b, c] = [talk('A'), talk('B', '1002'), talk('C', '1003')];
  await ask(a, 'park', 6);
  await forward(3_100);
  await enter(b, 6); // A telephone, by a feature code. It meets A, who has returned.
  await forward(60);
  pbx.hangup(a);
  await forward(100);
  expect(pbx.engine.valet.list('L')).toMatchObject([{ uuid: a }]);
  expect(await ask(c, 'slots', 6, '1003')).toMatchObject({ kind: 'vacant' });
  expect(await ask(c, 'park', 6, '1003')).toMatchObject({ kind: 'parked' });
});

test('a telephone that parks by itself is seen, and so is one that fetches', async () => {
  const { talk, ask, enter, forward, moves } = openLot();
  const [a, b] = [talk('A'), talk('B', '1002')];
  await enter(a, 6);
  expect(await ask(b, 'slots', 6, '1002')).toMatchObject({ kind: 'held', uuid: a });
  await enter(b, 6);
  await forward(60);
  expect(moves()).toEqual(['parked A 6 at 1001', 'bridged A 6 by B of 1002']);
});

test('if the caller changes while the usher is on its way, the expected call is missed', async () => {
  const { talk, fetch, ask, enter, pbx, forward, stateOf } = openLot();
  const [a, b, c] = [talk('A'), talk('B', '1002'), talk('C', '1003')];
  await ask(a, 'park', 6);
  pbx.onOriginate = async () => {
    pbx.hangup(a);
    await forward(21);
    await enter(b, 6);
  };
  expect(await fetch(6, c, a)).toMatchObject({ code: 'different-call' });
  await forward(500);
  expect([b, c].map(stateOf)).toEqual(['parked', 'talking']);
});

test('the ids of questions may have any spelling', async () => {
  const { talk, lot, run, forward } = openLot();
  const a = talk('A');
  await forward(1);
  const question: Question = {
    extension: '1001',
    call: `99-${a.toUpperCase()}`,
    action: 'park',
    slot: 3,
  };
  const answer: Answer = await run(lot.ask(question));
  expect(answer).toMatchObject({ kind: 'parked', uuid: a });
});
