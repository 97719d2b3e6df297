// Which lots are opened, changed, closed and left alone when the settings change.

import { expect, test } from 'vitest';
import { planChanges } from '../../../www/server/lots/plan.ts';

function answer() {}
function other() {}

test.for([
  ['nothing runs, and nothing is wanted', {}, {}, [], {}],
  ['the first lots', {}, { a: 1, b: 2 }, [], { add: ['a', 'b'] }],
  ['the same again', { a: 1 }, { a: 1 }, [], { keep: ['a'] }],
  ['equal options', { a: { x: ['1'] } }, { a: { x: ['1'] } }, [], { keep: ['a'] }],
  ['a key more', { a: { x: 1 } }, { a: { x: 1, y: 2 } }, [], { change: ['a'] }],
  ['a key less', { a: { x: 1, y: 2 } }, { a: { x: 1 } }, [], { change: ['a'] }],
  ['another order of a list', { a: ['1', '2'] }, { a: ['2', '1'] }, [], { change: ['a'] }],
  ['the same function', { a: { answer } }, { a: { answer } }, [], { keep: ['a'] }],
  ['another function', { a: { answer } }, { a: { answer: other } }, [], { change: ['a'] }],
  ['one is gone', { a: 1, b: 2 }, { b: 2 }, [], { remove: ['a'], keep: ['b'] }],
  ['all are gone', { a: 1, b: 2 }, {}, [], { remove: ['a', 'b'] }],
  ['a new name', { a: 1 }, { b: 1 }, [], { add: ['b'], remove: ['a'] }],
  [
    'everything at once',
    { keep: 1, change: 1, gone: 1 },
    { keep: 1, change: 2, more: 1 },
    [],
    { keep: ['keep'], change: ['change'], remove: ['gone'], add: ['more'] },
  ],
  ['a broken lot that runs', { a: 1, b: 2 }, { b: 2 }, ['a'], { keep: ['a', 'b'] }],
  ['a broken lot that is new', {}, { b: 2 }, ['a'], { add: ['b'] }],
  ['a broken lot without a name', { a: 1, b: 2 }, { b: 3 }, [null], { keep: ['a'], change: ['b'] }],
] as const)('%s', ([, running, wanted, broken, plan]) => {
  const lots = (some: object) => new Map<string, unknown>(Object.entries(some));
  expect(planChanges(lots(running), { lots: lots(wanted), broken })).toEqual({
    ...{ add: [], change: [], remove: [], keep: [] },
    ...plan,
  });
});
