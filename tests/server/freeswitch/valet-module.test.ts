// The tables of mod_valet_parking, as a real one was seen to behave. A second of the clock is 1,000.

import { expect, test } from 'vitest';
import {
  type Entry,
  ValetModule,
  type ValetRow,
} from '../../../www/server/exchange/freeswitch/valet-module.ts';

/** A lot in which all calls are up, until one is added to `down`. */
function openLot() {
  const valet = new ValetModule();
  const down = new Set<string>();
  const isUp = (uuid: string) => !down.has(uuid);
  const enter = (uuid: string, slot: number | string, at: number) =>
    valet.enter({ lot: 'lot', slot: String(slot), uuid }, at, isUp);
  const enterFree = (uuid: string, at: number, max = 9) =>
    valet.enterFree({ lot: 'lot', min: 1, max, uuid }, at);
  const leave = (entry: Entry) => valet.leave(rowOf(entry));
  const list = () => valet.list('lot').map(({ uuid, slot }) => `${uuid} in ${slot}`);
  enter('first', 99, 0); // The first call of all purges.
  down.add('first');
  return { valet, down, enter, enterFree, leave, list: () => list().slice(0) };
}

function rowOf(entry: Entry): ValetRow {
  if (entry.kind === 'none') throw new Error('the lot is full');
  return entry.row;
}

/** Describes an entry: `A waits`, `A meets B`, `full`. */
function story(uuid: string, entry: Entry): string {
  if (entry.kind === 'none') return 'full';
  return entry.kind === 'parked' ? `${uuid} waits` : `${uuid} meets ${entry.waiter}`;
}

test('the second call to enter a slot meets the first, and the third one waits', () => {
  const { enter } = openLot();
  const stories = ['A', 'B', 'C', 'D'].map((uuid) => story(uuid, enter(uuid, 5, 0)));
  expect(stories).toEqual(['A waits', 'B meets A', 'C waits', 'D meets C']);
});

test('a slot is any text, and nothing in the list is escaped', () => {
  const { valet, enter } = openLot();
  enter('a<b', 'x&y', 0);
  enter('B', '007', 0);
  expect(story('C', enter('C', '7', 0))).toBe('C waits');
  expect(valet.info('LOT')).toContain('    <extension uuid="a<b">x&y</extension>\n');
  expect(valet.info('other')).toBe('<lots>\n</lots>\n');
});

test('the list is in the order of the hash', () => {
  const { valet } = openLot();
  const order = (slots: readonly number[]) => {
    for (const slot of slots)
      valet.enter({ lot: 'o', slot: String(slot), uuid: 'A' }, 0, () => true);
    return valet.list('o').map(({ slot }) => Number(slot));
  };
  expect(order([12, 3, 7, 1, 10, 5, 2, 11, 4, 9, 6, 8])).toEqual([
    10, 7, 6, 3, 5, 11, 4, 1, 8, 9, 12, 2,
  ]);
});

test('a row that was left blocks `auto in` until the purge, and is not in the list', () => {
  const { enter, enterFree, leave, list, down } = openLot();
  leave(enter('A', 1, 100));
  down.add('A');
  expect(list()).toEqual(['first in 99']);
  expect(rowOf(enterFree('B', 200)).slot).toBe('2');
  expect(enterFree('C', 4_900, 1).kind).toBe('none');
  expect(rowOf(enterFree('D', 5_000, 1)).slot).toBe('1');
});

test('an explicit call takes over the row of a call that has hung up', () => {
  const { enter, leave, list, down } = openLot();
  leave(enter('A', 5, 100));
  down.add('A');
  expect(story('B', enter('B', 5, 101))).toBe('B waits');
  expect(list()).toContain('B in 5');
});

test('a call that enters before the other one is out is in no list, and is lost at the purge', () => {
  const { enter, leave, list, down } = openLot();
  const first = enter('A', 5, 100);
  down.add('A');
  enter('B', 5, 105);
  leave(first); // Within 20 ms.
  expect(list()).toEqual(['first in 99']);
  expect(story('C', enter('C', 5, 4_000))).toBe('C meets B'); // Before the purge B is still found.
  const again = openLot();
  const left = again.enter('A', 5, 100);
  again.down.add('A');
  again.enter('B', 5, 105);
  again.leave(left);
  expect(story('C', again.enter('C', 5, 6_000))).toBe('C waits');
});

test('a call that has left and is up is met until the purge, and then a ghost stays in the list', () => {
  const { enter, leave, list, down } = openLot();
  leave(enter('A', 5, 100)); // It returned to its extension.
  expect(story('B', enter('B', 5, 2_000))).toBe('B meets A');
  for (const uuid of ['A', 'B']) down.add(uuid);
  expect(list()).toContain('A in 5');
  expect(story('C', enter('C', 5, 9_000))).toBe('C waits'); // That cures it.
  const later = openLot();
  later.leave(later.enter('A', 5, 100));
  expect(story('B', later.enter('B', 5, 5_000))).toBe('B waits');
});

test('a ghost blocks `auto in` for ever', () => {
  const { enter, enterFree, leave, down } = openLot();
  leave(enter('A', 1, 100));
  enter('B', 1, 2_000);
  for (const uuid of ['A', 'B']) down.add(uuid);
  expect(enterFree('C', 60_000, 1).kind).toBe('none');
});

test('a call that was fetched by a call that entered is not met again', () => {
  const { enter, leave } = openLot();
  const waiting = enter('A', 5, 100);
  expect(story('B', enter('B', 5, 200))).toBe('B meets A');
  leave(waiting);
  expect(story('C', enter('C', 5, 300))).toBe('C waits');
});

test('a call that enters its own slot again meets itself', () => {
  const { enter, leave } = openLot();
  leave(enter('A', 5, 100));
  expect(story('A', enter('A', 5, 120))).toBe('A meets A');
});

test('lots are independent, but share the time of the purge', () => {
  const { valet, enter, leave } = openLot();
  leave(enter('A', 1, 100));
  expect(
    story(
      'B',
      valet.enter({ lot: 'other', slot: '1', uuid: 'B' }, 5_000, () => true),
    ),
  ).toBe('B waits');
  expect(story('C', enter('C', 1, 5_001))).toBe('C waits');
});
