import { expect, test } from 'vitest';
import { SlotNames, SLOT_NAMES } from '../../../www/server/freeswitch/slot-names.ts';

test.for([
  ['#', 7, '7'],
  ['#', 12, '12'],
  ['##', 7, '07'],
  ['60##', 1, '6001'],
  ['60##', 99, '6099'],
  ['*##', 5, '*05'],
  ['p#x', 5, 'p5x'],
] as const)('with %s, slot %i is %s', ([pattern, slot, name]) => {
  expect(pattern).toMatch(SLOT_NAMES);
  const names = new SlotNames(pattern);
  expect(names.nameOf(slot)).toBe(name);
  expect(names.slotOf(name)).toBe(slot);
});

test.for([
  ['#', '007'],
  ['#', '0'],
  ['#', ''],
  ['60##', '60'],
  ['60##', '5901'],
  ['60##', '601'],
  ['60##', '60001'],
  ['p#x', '5'],
  ['p#px', 'px'],
] as const)('with %s, no slot is named %s', ([pattern, name]) => {
  expect(new SlotNames(pattern).slotOf(name)).toBeNull();
});

test.for(
  ['#', '##', '60##', '*59##', '###'].flatMap((pattern) =>
    [1, 5, 9, 10, 15, 19, 20, 29, 30, 45, 90, 99].map((slots) => [pattern, slots] as const),
  ),
)('with %s, the numbers for %i slots are dialled, and no others', ([pattern, slots]) => {
  const names = new SlotNames(pattern);
  const dialled = new RegExp(`^(${names.dialled(slots)})$`);
  for (let slot = 0; slot <= 120; slot += 1) {
    expect([slot, dialled.test(names.nameOf(slot))]).toEqual([slot, slot >= 1 && slot <= slots]);
  }
});

test('of a hundred slots and more, the numbers of all are dialled', () => {
  for (const pattern of ['#', '###', '60#']) {
    const names = new SlotNames(pattern);
    expect(names.nameOf(250)).toMatch(new RegExp(`^${names.dialled(250)}$`));
    expect(names.nameOf(1)).toMatch(new RegExp(`^${names.dialled(250)}$`));
  }
});
