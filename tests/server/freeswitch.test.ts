// How a real switch parks: one oddity per test. The wrapper checks the slot and parks 10 ms later. A
// call leaves its row 20 ms after it was fetched, or hung up. A purge removes the rows that were left. It
// happens when a call enters, at most every five seconds.

import { expect, test } from 'vitest';
import { NOON, RECEPTION, SALES } from './desk.ts';
import { openLot } from './freeswitch-lot.ts';
import { openLine, watch } from './line.ts';

test('a careful client causes no accidents', () => {
  const { line, ask, park, talk, free, accidents } = openLot();
  const waiting = park(6);
  expect(free()).toEqual([1, 2, 3, 4, 5, 7, 8, 9]);
  const fetching = talk();
  expect(ask(fetching, 'slots', 6)).toMatchObject({ kind: 'held', slot: 6 });
  expect(ask(fetching, 'bridge', 6)).toMatchObject({ kind: 'bridged', slot: 6 });
  expect([line.stateOf(waiting), line.stateOf(fetching)]).toEqual(['bridged', 'talking']);
  line.pbx.exchange.hangup(fetching);
  expect(line.stateOf(waiting)).toBe('gone');
  expect(accidents()).toEqual([]);
});

test('the wrapper refuses a slot in which the list shows a call', () => {
  const { line, ask, park, talk, accidents } = openLot();
  park(6);
  const late = talk();
  expect(ask(late, 'park', 6)).toMatchObject({
    kind: 'refused',
    code: 'taken',
    message: 'slot already have parked member, slot is full',
  });
  expect(line.stateOf(late)).toBe('talking');
  expect(ask(late, 'park', 10)).toMatchObject({ code: 'no-such-slot' });
  expect(accidents()).toEqual([]);
});

test('a park between the check and the operation of another park connects strangers', async () => {
  const { line, talk } = openLot();
  const events: string[] = [];
  const [first, second] = [talk(), talk()];
  line.pbx.exchange.onEvent(({ type, fields }) => events.push(`${type} ${fields['CallAPIID']}`));
  const one = watch(line.ask(first, 'park', 6));
  await line.forward(5);
  const two = watch(line.ask(second, 'park', 6));
  await line.forward(5);
  expect([one.value, two.value]).toMatchObject([{ status: 200 }, 'pending']);
  await line.forward(5);
  // The wrapper does not notice.
  expect(two.value).toMatchObject({ status: 200, json: { slot: '6' } });
  expect([line.stateOf(first), line.stateOf(second)]).toEqual(['bridged', 'bridged']);
  expect(events).toEqual([`hangup ${first}`, `hangup ${second}`]);
  const command = { extension: RECEPTION, action: 'park', slot: 6 };
  expect(line.pbx.exchange.accidents).toEqual([
    {
      kind: 'strangers',
      at: NOON + 15,
      slot: 6,
      calls: [first, second],
      commands: [
        { ...command, at: NOON, call: first },
        { ...command, at: NOON + 5, call: second },
      ],
    },
  ]);
  line.pbx.exchange.hangup(first);
  expect(line.stateOf(second)).toBe('gone');
});

test('six calls that enter one slot at the same time become three pairs', async () => {
  const { line, talk, accidents } = openLot();
  const calls = Array.from({ length: 6 }, talk);
  const answers = calls.map((call) => watch(line.ask(call, 'park', 6)));
  await line.forward(10);
  for (const { value } of answers) expect(value).toMatchObject({ status: 200 });
  expect(accidents().filter(([kind]) => kind === 'strangers')).toHaveLength(3);
});

test('a call that hangs up between the check and the operation is not parked', async () => {
  const { line, talk, free } = openLot();
  const call = talk();
  const answer = watch(line.ask(call, 'park', 6));
  await line.forward(5);
  line.pbx.exchange.hangup(call);
  await line.forward(5);
  expect(answer.value).toMatchObject({ status: 404 });
  expect(free()).toHaveLength(9);
});

test('a bridge from an empty slot parks the call, and the answer says bridged', () => {
  const { line, ask, talk, accidents } = openLot();
  const call = talk();
  expect(ask(call, 'bridge', 6)).toMatchObject({ kind: 'bridged', slot: 6 });
  expect(line.pbx.exchange.calls()).toMatchObject([{ call, state: 'parked', slot: 6 }]);
  expect(accidents()).toEqual([['asker-parked', call]]);
});

test('if two calls fetch the same call, the first gets it and the second is parked', () => {
  const { line, ask, park, talk, forward, accidents } = openLot();
  const waiting = park(6);
  const [first, second] = [talk(), talk()];
  ask(first, 'bridge', 6);
  forward(20);
  ask(second, 'bridge', 6);
  expect([waiting, first, second].map(line.stateOf)).toEqual(['bridged', 'talking', 'parked']);
  expect(accidents()).toEqual([['asker-parked', second]]);
  const [{ commands } = { commands: [] }] = line.pbx.exchange.accidents;
  expect(commands.map(({ action, call }) => [action, call])).toEqual([
    ['bridge', first],
    ['bridge', second],
  ]);
});

test('the list shows a call that has hung up for 20 ms, and the wrapper refuses the slot', () => {
  const { line, ask, park, talk, forward, free } = openLot();
  line.pbx.exchange.hangup(park(6));
  forward(19);
  expect(free()).not.toContain(6);
  expect(ask(talk(), 'park', 6)).toMatchObject({ code: 'taken' });
  forward(1);
  expect(free()).toContain(6);
  expect(ask(talk(), 'park', 6)).toMatchObject({ kind: 'parked' });
});

test.for([
  [19, true],
  [20, false],
] as const)(
  'a call that enters %i ms after a hang-up is missing in the lists: %s',
  ([ms, isOrphaned]) => {
    const { line, ask, park, talk, forward, free, accidents } = openLot();
    line.pbx.exchange.hangup(park(6));
    forward(ms);
    const call = talk();
    ask(call, 'bridge', 6);
    forward(20);
    expect(line.stateOf(call)).toBe('parked');
    expect(free().includes(6)).toBe(isOrphaned);
    const orphaned = isOrphaned ? [['orphaned', call]] : [];
    expect(accidents()).toEqual([['asker-parked', call], ...orphaned]);
    // Until the next purge the call can be fetched, but only by its slot number.
    const fetching = talk();
    if (isOrphaned) expect(ask(fetching, 'bridge')).toMatchObject({ code: 'nobody-waiting' });
    ask(fetching, 'bridge', 6);
    expect(line.stateOf(call)).toBe('bridged');
  },
);

test('the list shows a bridged call for 20 ms longer', () => {
  const { ask, park, talk, forward, free } = openLot();
  park(6);
  ask(talk(), 'bridge', 6);
  expect(ask(talk(), 'slots', 6)).toMatchObject({ kind: 'held' });
  forward(19);
  expect(free()).not.toContain(6);
  forward(1);
  expect(free()).toContain(6);
});

test('parks without a slot never meet, and take the lowest slot', async () => {
  const { line, talk } = openLot();
  const answers = await Promise.all(Array.from({ length: 6 }, () => line.ask(talk(), 'park')));
  expect(answers.map(({ json }) => json.slot)).toEqual(['1', '2', '3', '4', '5', '6']);
});

test('a bridge without a slot takes the oldest row in whole seconds, in the order of the table', () => {
  const { line, ask, talk, forward } = openLot();
  const [first, second, third] = [talk(), talk(), talk()];
  ask(first, 'park', 7);
  forward(1_000);
  ask(second, 'park', 5);
  forward(300);
  ask(third, 'park', 3);
  forward(300);
  const order = [talk(), talk(), talk()].map((call) => {
    const answer = ask(call, 'bridge');
    forward(5_000); // Until the next purge, the row of the call that was fetched is the oldest.
    return answer.kind === 'bridged' && answer.slot;
  });
  expect(order).toEqual([7, 3, 5]);
  expect([first, second, third].map(line.stateOf)).toEqual(['bridged', 'bridged', 'bridged']);
  expect(ask(talk(), 'bridge')).toMatchObject({ code: 'nobody-waiting' });
});

test('two bridges without a slot at the same time choose the same call', async () => {
  const { line, park, talk, accidents } = openLot();
  park(3);
  const second = park(5);
  const [one, two] = [talk(), talk()];
  const answers = [watch(line.ask(one, 'bridge')), watch(line.ask(two, 'bridge'))];
  await line.forward(10);
  expect(answers[1]?.value).toMatchObject({ status: 200 });
  expect([one, two].map(line.stateOf)).toEqual(['talking', 'parked']);
  expect(line.stateOf(second)).toBe('parked');
  await line.forward(20); // The row is left by the call that was fetched.
  expect(accidents().map(([kind]) => kind)).toEqual(['asker-parked', 'orphaned']);
});

test('a parked call that fetches another leaves both without an extension', () => {
  const { line, ask, park, accidents } = openLot();
  const [one, other] = [park(6), park(7)];
  ask(one, 'bridge', 7);
  expect([one, other].map(line.stateOf)).toEqual(['bridged', 'bridged']);
  expect(accidents()).toEqual([['strangers', other, one]]);
});

test('the patience is counted in frames: it lasts longer, never shorter', () => {
  const { line, ask, talk, forward } = openLot({ slots: 9 });
  const calls = Array.from({ length: 9 }, talk);
  for (const call of calls) ask(call, 'park');
  forward(179_999);
  expect(calls.map(line.stateOf)).not.toContain('ringing');
  forward(3_601);
  const waited = line.pbx.exchange.calls().map(({ state, since }) => [state, since - NOON]);
  for (const [state, ms] of waited) expect([state, Number(ms) % 20]).toEqual(['ringing', 0]);
  expect(new Set(waited.map(([, ms]) => ms)).size).toBeGreaterThan(1);
});

test('with a patience of 0 a call waits for ever', () => {
  const { line, park, forward } = openLot({ patienceMs: 0 });
  const call = park(6);
  forward(86_400_000);
  expect(line.stateOf(call)).toBe('parked');
});

test('a reset removes the accidents, a restart does not', async () => {
  const { line, ask, talk, accidents } = openLot();
  ask(talk(), 'bridge', 6);
  line.pbx.setFaults('restart=1');
  await expect(line.ask(talk(), 'slots')).rejects.toThrow();
  expect(accidents()).toHaveLength(1);
  line.pbx.exchange.reset();
  expect(accidents()).toEqual([]);
});

test('the profile `lot` has no accidents', async () => {
  const line = openLine();
  const calls = [line.talk(), line.talk(), line.talk(SALES)];
  await Promise.all(calls.slice(0, 2).map((call) => line.ask(call, 'park', 6)));
  await line.ask(calls[1] ?? '', 'bridge', 7);
  expect(calls.map(line.stateOf)).toEqual(['parked', 'talking', 'talking']);
  expect(line.pbx.exchange.accidents).toEqual([]);
});
