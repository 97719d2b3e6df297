// A real switch keeps traces of calls that have left a slot. A purge removes the traces: it happens when
// a call enters a slot, at most every five seconds. Each test shows the effect of one kind of trace.

import { expect, test } from 'vitest';
import { NOON } from './desk.ts';
import { openLot } from './freeswitch-lot.ts';

test('after the next purge, a call that no list shows cannot be fetched, and returns in the end', () => {
  const { line, ask, park, talk, forward } = openLot();
  line.pbx.exchange.hangup(park(6));
  const call = talk();
  ask(call, 'bridge', 6);
  forward(5_000);
  const fetching = talk();
  ask(fetching, 'bridge', 6);
  expect([call, fetching].map(line.stateOf)).toEqual(['parked', 'parked']);
  forward(180_000);
  expect(line.stateOf(call)).toBe('ringing');
});

test('until the purge, the switch chooses no slot that was just left, but parks there by number', () => {
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

/** Lets a call in slot 6 return, after a purge that was `ms` ago. */
function openReturned(ms: number) {
  const lot = openLot();
  const waiting = lot.park(6);
  lot.forward(178_000);
  lot.ask(lot.talk(), 'park', 9);
  while (lot.line.stateOf(waiting) === 'parked') lot.forward(1);
  const purgedAt = NOON + 179_000;
  lot.forward(purgedAt + ms - lot.line.pbx.exchange.now());
  return { ...lot, waiting };
}

test('until the purge, a call that has returned is connected with the next call that enters', () => {
  const { line, ask, talk, waiting, accidents, forward, free } = openReturned(4_999);
  const call = talk();
  const events: string[] = [];
  line.pbx.exchange.onEvent(({ type, fields }) => events.push(`${type} ${fields['CallAPIID']}`));
  ask(call, 'park', 6);
  expect([waiting, call].map(line.stateOf)).toEqual(['bridged', 'bridged']);
  expect(events).toEqual([`hangup ${call}`, `hangup ${waiting}`]);
  expect(accidents()).toEqual([['strangers', waiting, call]]);
  // A ghost: the list shows the call for ever, until another call takes over the row.
  line.pbx.exchange.hangup(waiting);
  forward(60_000);
  expect(free()).not.toContain(6);
  expect(ask(talk(), 'park', 6)).toMatchObject({ code: 'taken' });
  const other = talk();
  ask(other, 'bridge', 6);
  expect(line.stateOf(other)).toBe('parked');
});

test('after the purge, a call that has returned stays at its extension', () => {
  const { line, ask, talk, waiting, accidents } = openReturned(5_000);
  const call = talk();
  ask(call, 'park', 6);
  expect([waiting, call].map(line.stateOf)).toEqual(['ringing', 'parked']);
  expect(accidents()).toEqual([]);
});

test('a call that returned and is parked again meets itself until the purge', () => {
  const haunted = openReturned(4_999);
  haunted.line.pbx.exchange.answer(haunted.waiting);
  haunted.ask(haunted.waiting, 'park', 6);
  expect(haunted.accidents()).toEqual([['silent', haunted.waiting]]);

  const { line, ask, waiting, accidents } = openReturned(5_000);
  line.pbx.exchange.answer(waiting);
  ask(waiting, 'park', 6);
  expect(line.stateOf(waiting)).toBe('parked');
  expect(accidents()).toEqual([]);
});

test('a call that returned and hung up is not met', () => {
  const { line, ask, talk, waiting, accidents, free } = openReturned(4_999);
  line.pbx.exchange.hangup(waiting);
  const call = talk();
  ask(call, 'park', 6);
  expect(line.stateOf(call)).toBe('parked');
  expect(free()).not.toContain(6);
  expect(accidents()).toEqual([]);
});

test('until the purge, a bridge without a slot is parked in the slot of a call that has left', () => {
  const { line, ask, park, talk, forward, accidents } = openLot();
  const [first, second] = [park(7), park(3)];
  forward(3_000);
  ask(talk(), 'bridge');
  forward(20);
  const late = talk();
  ask(late, 'bridge');
  expect([first, second, late].map(line.stateOf)).toEqual(['bridged', 'parked', 'parked']);
  expect(accidents()).toEqual([['asker-parked', late]]);
});

test('a call that fetches from its own slot is connected with no one', () => {
  const { line, ask, park, free, forward, accidents } = openLot();
  const call = park(6);
  expect(ask(call, 'bridge', 6)).toMatchObject({ kind: 'bridged', slot: 6 });
  expect(line.stateOf(call)).toBe('bridged');
  forward(60_000);
  expect(free()).not.toContain(6);
  expect(ask(call, 'slots')).toMatchObject({ code: 'no-such-call' });
  expect(accidents()).toEqual([['silent', call]]);
  line.pbx.exchange.hangup(call);
  expect(line.stateOf(call)).toBe('gone');
});

test('another park moves a parked call, without `already-parked`', () => {
  const { line, ask, park, forward, accidents } = openLot();
  const call = park(6);
  expect(ask(call, 'park', 6)).toMatchObject({ code: 'taken' });
  expect(ask(call, 'park', 3)).toMatchObject({ kind: 'parked', slot: 3 });
  expect(line.pbx.exchange.calls()).toMatchObject([{ call, state: 'parked', slot: 3 }]);
  forward(5_000);
  const other = line.talk();
  ask(other, 'park', 6);
  expect(line.stateOf(other)).toBe('parked');
  expect(accidents()).toEqual([]);
});

test('until the purge, a call that was moved is met in its old slot', () => {
  const { line, ask, park, talk, forward, accidents } = openLot();
  const call = park(6);
  ask(call, 'park', 3);
  forward(3_000);
  const other = talk();
  ask(other, 'park', 6);
  expect([call, other].map(line.stateOf)).toEqual(['bridged', 'bridged']);
  expect(accidents()).toEqual([['strangers', call, other]]);
  forward(20);
  expect(ask(talk(), 'slots', 3)).toMatchObject({ kind: 'vacant' });
});

test('a call that was moved and fetched stays connected', () => {
  const { line, ask, park, talk, accidents } = openLot();
  const waiting = park(6);
  ask(waiting, 'park', 3);
  const fetching = talk();
  ask(fetching, 'bridge', 3);
  const other = talk();
  ask(other, 'park', 6);
  expect([waiting, fetching, other].map(line.stateOf)).toEqual(['bridged', 'talking', 'parked']);
  expect(accidents()).toEqual([]);
});
