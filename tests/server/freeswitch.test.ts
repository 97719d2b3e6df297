// How a real switch parks: each of its oddities, one by one. The wrapper looks, and parks 10 ms
// later; a frame is 20 ms; a purge comes with an entrant, five seconds after the last at the
// soonest.

import type { Answer } from 'valet-park';
import { expect, test } from 'vitest';
import type { AccidentKind } from 'valet-park/server';
import { NOON, RECEPTION, SALES } from './desk.ts';
import { openLine, watch, type Line } from './line.ts';

/** The lot without a wire before it: what is asked is done at once, and nobody comes between. */
function openLot(options: { slots?: number; patienceMs?: number } = {}) {
  const line = openLine({ profile: 'freeswitch', seed: 1, ...options });
  const ask = (call: string, action: 'park' | 'bridge' | 'slots', slot?: number): Answer =>
    line.pbx.exchange.ask({
      ...{ extension: RECEPTION, call, action },
      ...(slot === undefined ? {} : { slot }),
    });
  return {
    line,
    ask,
    talk: () => line.talk(),
    forward: (ms: number) => line.pbx.exchange.forward(ms),
    /** Somebody waits in the slot, for long enough to be no newcomer. */
    park(slot: number): string {
      const call = line.talk();
      ask(call, 'park', slot);
      line.pbx.exchange.forward(1_000);
      return call;
    },
    accidents: () => accidentsOf(line),
    free: () => {
      const answer = ask(line.talk(), 'slots');
      return answer.kind === 'free' ? answer.slots : [];
    },
  };
}

function accidentsOf(line: Line): [AccidentKind, ...string[]][] {
  return line.pbx.exchange.accidents.map(({ kind, calls }) => [kind, ...calls]);
}

test('with a careful client nothing happens to anybody', () => {
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

test('a park that gets through between look and deed connects strangers', async () => {
  const { line, talk } = openLot();
  const told: string[] = [];
  const [first, second] = [talk(), talk()];
  line.pbx.exchange.onEvent(({ type, fields }) => told.push(`${type} ${fields['CallAPIID']}`));
  const one = watch(line.ask(first, 'park', 6));
  await line.forward(5);
  const two = watch(line.ask(second, 'park', 6));
  await line.forward(5);
  expect([one.value, two.value]).toMatchObject([{ status: 200 }, 'pending']);
  await line.forward(5);
  // The wrapper knows nothing of it.
  expect(two.value).toMatchObject({ status: 200, json: { slot: '6' } });
  expect([line.stateOf(first), line.stateOf(second)]).toEqual(['bridged', 'bridged']);
  expect(told).toEqual([`hangup ${first}`, `hangup ${second}`]);
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

test('six that enter at one moment make three pairs', async () => {
  const { line, talk, accidents } = openLot();
  const calls = Array.from({ length: 6 }, talk);
  const answers = calls.map((call) => watch(line.ask(call, 'park', 6)));
  await line.forward(10);
  for (const { value } of answers) expect(value).toMatchObject({ status: 200 });
  expect(accidents().filter(([kind]) => kind === 'strangers')).toHaveLength(3);
});

test('a call that hangs up between look and deed is not parked', async () => {
  const { line, talk, free } = openLot();
  const call = talk();
  const answer = watch(line.ask(call, 'park', 6));
  await line.forward(5);
  line.pbx.exchange.hangup(call);
  await line.forward(5);
  expect(answer.value).toMatchObject({ status: 404 });
  expect(free()).toHaveLength(9);
});

test('whoever fetches from an empty slot is parked in it, and told it was bridged', () => {
  const { line, ask, talk, accidents } = openLot();
  const call = talk();
  expect(ask(call, 'bridge', 6)).toMatchObject({ kind: 'bridged', slot: 6 });
  expect(line.pbx.exchange.calls()).toMatchObject([{ call, state: 'parked', slot: 6 }]);
  expect(accidents()).toEqual([['asker-parked', call]]);
});

test('of two that fetch one call the first wins, and the other is parked', () => {
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

test.for([
  [19, true],
  [20, false],
] as const)('%i ms after a departure, being on no list: %s', async ([ms, orphaned]) => {
  const { line, ask, park, talk, forward, free, accidents } = openLot();
  line.pbx.exchange.hangup(park(6));
  forward(ms - 10);
  expect(free()).toContain(6);
  const call = talk();
  const answer = watch(line.ask(call, 'park', 6));
  await line.forward(10);
  expect(answer.value).toMatchObject({ status: 200 });
  expect(line.stateOf(call)).toBe('parked');
  expect(free().includes(6)).toBe(orphaned);
  expect(accidents()).toEqual(orphaned ? [['orphaned', call]] : []);
  // Until the next purge it can still be fetched from there, by number only.
  const fetching = talk();
  if (orphaned) expect(ask(fetching, 'bridge')).toMatchObject({ code: 'nobody-waiting' });
  ask(fetching, 'bridge', 6);
  expect(line.stateOf(call)).toBe('bridged');
});

test('after the next purge whoever is on no list cannot be fetched, and returns at last', () => {
  const { line, ask, park, talk, forward } = openLot();
  line.pbx.exchange.hangup(park(6));
  const call = talk();
  ask(call, 'park', 6);
  forward(5_000);
  const fetching = talk();
  ask(fetching, 'bridge', 6);
  expect([call, fetching].map(line.stateOf)).toEqual(['parked', 'parked']);
  forward(180_000);
  expect(line.stateOf(call)).toBe('ringing');
});

test('"full" with a free slot in sight, until the purge; by its number it can be had', () => {
  const { line, ask, park, talk, forward, free } = openLot({ slots: 1 });
  line.pbx.exchange.hangup(park(1));
  forward(3_999);
  const call = talk();
  expect(free()).toEqual([1]);
  expect(ask(call, 'park')).toMatchObject({ kind: 'refused', code: 'lot-full' });
  expect(ask(call, 'park', 1)).toMatchObject({ kind: 'parked', slot: 1 });
  expect(line.stateOf(call)).toBe('parked');

  const again = openLot({ slots: 1 });
  again.line.pbx.exchange.hangup(again.park(1));
  again.forward(4_000);
  expect(again.ask(again.talk(), 'park')).toMatchObject({ kind: 'parked', slot: 1 });
});

test('the list shows one who was bridged for a frame longer', () => {
  const { ask, park, talk, forward, free } = openLot();
  park(6);
  ask(talk(), 'bridge', 6);
  expect(ask(talk(), 'slots', 6)).toMatchObject({ kind: 'held' });
  forward(19);
  expect(free()).not.toContain(6);
  forward(1);
  expect(free()).toContain(6);
});

test('one who has just gone back to its extension is torn away by whoever enters', () => {
  const { line, ask, park, talk, forward, accidents } = openLot();
  const waiting = park(6);
  while (line.stateOf(waiting) === 'parked') forward(1);
  const call = talk();
  const told: string[] = [];
  line.pbx.exchange.onEvent(({ type, fields }) => told.push(`${type} ${fields['CallAPIID']}`));
  ask(call, 'park', 6);
  expect([waiting, call].map(line.stateOf)).toEqual(['bridged', 'bridged']);
  expect(told).toEqual([`hangup ${call}`, `hangup ${waiting}`]); // The one talked, the other rang.
  expect(accidents()).toEqual([['strangers', waiting, call]]);
});

test('one who has gone back a frame ago is left alone', () => {
  const { line, ask, park, talk, forward, accidents } = openLot();
  const waiting = park(6);
  while (line.stateOf(waiting) === 'parked') forward(1);
  forward(20);
  const call = talk();
  ask(call, 'park', 6);
  expect([waiting, call].map(line.stateOf)).toEqual(['ringing', 'parked']);
  expect(accidents()).toEqual([]);
});

test('automatic parks never meet, and take the lowest slot', async () => {
  const { line, talk } = openLot();
  const answers = await Promise.all(Array.from({ length: 6 }, () => line.ask(talk(), 'park')));
  expect(answers.map(({ json }) => json.slot)).toEqual(['1', '2', '3', '4', '5', '6']);
});

test('any is the one that has waited longest, in whole seconds; among equals the lowest', () => {
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
    return answer.kind === 'bridged' && answer.slot;
  });
  expect(order).toEqual([7, 3, 5]);
  expect([first, second, third].map(line.stateOf)).toEqual(['bridged', 'bridged', 'bridged']);
  expect(ask(talk(), 'bridge')).toMatchObject({ code: 'nobody-waiting' });
});

test('two that fetch any at one moment choose the same call', async () => {
  const { line, park, talk, accidents } = openLot();
  park(3);
  const second = park(5);
  const [one, two] = [talk(), talk()];
  const answers = [watch(line.ask(one, 'bridge')), watch(line.ask(two, 'bridge'))];
  await line.forward(10);
  expect(answers[1]?.value).toMatchObject({ status: 200 });
  expect([one, two].map(line.stateOf)).toEqual(['talking', 'parked']);
  expect(line.stateOf(second)).toBe('parked');
  expect(accidents().map(([kind]) => kind)).toEqual(['asker-parked', 'orphaned']);
});

test('one that fetches from its own slot talks to nobody', () => {
  const { line, ask, park, free, forward, accidents } = openLot();
  const call = park(6);
  expect(ask(call, 'bridge', 6)).toMatchObject({ kind: 'bridged', slot: 6 });
  expect(line.stateOf(call)).toBe('bridged');
  forward(20);
  expect(free()).toContain(6);
  expect(ask(call, 'slots')).toMatchObject({ code: 'no-such-call' });
  expect(accidents()).toEqual([['silent', call]]);
  line.pbx.exchange.hangup(call);
  expect(line.stateOf(call)).toBe('gone');
});

test('a call that waits is moved by another park; there is no `already-parked`', () => {
  const { line, ask, park, forward, accidents } = openLot();
  const call = park(6);
  expect(ask(call, 'park', 6)).toMatchObject({ code: 'taken' });
  expect(ask(call, 'park', 3)).toMatchObject({ kind: 'parked', slot: 3 });
  expect(line.pbx.exchange.calls()).toMatchObject([{ call, state: 'parked', slot: 3 }]);
  forward(20);
  const other = line.talk();
  ask(other, 'park', 6);
  expect(line.stateOf(other)).toBe('parked');
  expect(accidents()).toEqual([]);
});

test('one that was moved a moment ago is still found where it was', () => {
  const { line, ask, park, talk, free, forward, accidents } = openLot();
  const call = park(6);
  ask(call, 'park', 3);
  const other = talk();
  ask(other, 'park', 6);
  expect([call, other].map(line.stateOf)).toEqual(['bridged', 'bridged']);
  expect(accidents()).toEqual([['strangers', call, other]]);
  forward(20);
  expect(free()).toHaveLength(9);
});

test('one that was moved and fetched a moment ago is not torn away again', () => {
  const { line, ask, park, talk, accidents } = openLot();
  const waiting = park(6);
  ask(waiting, 'park', 3);
  const fetching = talk();
  ask(fetching, 'bridge', 3);
  const other = talk();
  ask(other, 'park', 6);
  expect([waiting, fetching, other].map(line.stateOf)).toEqual(['bridged', 'talking', 'parked']);
  expect(accidents()).toEqual([['orphaned', other]]);
});

test('one that went back, was answered and is parked again at once is not its own stranger', () => {
  const { line, ask, park, forward, accidents } = openLot();
  const call = park(6);
  while (line.stateOf(call) === 'parked') forward(1);
  line.pbx.exchange.answer(call);
  ask(call, 'park', 6);
  expect(line.stateOf(call)).toBe('parked');
  expect(accidents()).toEqual([['orphaned', call]]);
});

test('one that went back and hung up at once connects nobody', () => {
  const { line, ask, park, talk, forward, accidents } = openLot();
  const waiting = park(6);
  while (line.stateOf(waiting) === 'parked') forward(1);
  line.pbx.exchange.hangup(waiting);
  const call = talk();
  ask(call, 'park', 6);
  expect(accidents()).toEqual([['orphaned', call]]);
});

test('a call that waits and is to fetch another leaves both without an extension', () => {
  const { line, ask, park, accidents } = openLot();
  const [one, other] = [park(6), park(7)];
  ask(one, 'bridge', 7);
  expect([one, other].map(line.stateOf)).toEqual(['bridged', 'bridged']);
  expect(accidents()).toEqual([['strangers', other, one]]);
});

test('the three minutes are counted in frames: they last longer, never shorter', () => {
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

test('without patience a call waits for ever', () => {
  const { line, park, forward } = openLot({ patienceMs: 0 });
  const call = park(6);
  forward(86_400_000);
  expect(line.stateOf(call)).toBe('parked');
});

test('a reset forgets the accidents, a restart does not', async () => {
  const { line, ask, talk, accidents } = openLot();
  ask(talk(), 'bridge', 6);
  line.pbx.setFaults('restart=1');
  await expect(line.ask(talk(), 'slots')).rejects.toThrow();
  expect(accidents()).toHaveLength(1);
  line.pbx.exchange.reset();
  expect(accidents()).toEqual([]);
});

test('the other profile has no accidents, whatever one tries', async () => {
  const line = openLine();
  const calls = [line.talk(), line.talk(), line.talk(SALES)];
  await Promise.all(calls.slice(0, 2).map((call) => line.ask(call, 'park', 6)));
  await line.ask(calls[1] ?? '', 'bridge', 7);
  expect(calls.map(line.stateOf)).toEqual(['parked', 'talking', 'talking']);
  expect(line.pbx.exchange.accidents).toEqual([]);
});
