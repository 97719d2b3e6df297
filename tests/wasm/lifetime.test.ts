// Goal: a lot or a panel frees its memory once, and nothing else leaks.
// Method: the memory of the core and its table of references are measured after a warm-up, and
// again after thousands of rounds. Neither ever shrinks, so a leak in each round shows as growth.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseCallEvent, type Question, readAnswer, ValetPark } from 'valet-park';
import { Lot, writeAnswer } from 'valet-park/lot';
import { describe, expect, it } from 'vitest';
import { footprint, replacedCount } from './instance.ts';
import { odd } from './odd.ts';
import { thrownBy } from './thrown.ts';

const question: Question = { extension: '34414', call: '1-a', action: 'park' };
const page = 65_536;

function rounds(count: number, work: (round: number) => void): void {
  for (let round = 0; round < count; round += 1) work(round);
}

/** Returns how much the core grows by `work` after the first few hundred rounds. */
function growth(
  count: number,
  work: (round: number) => void,
): { bytes: number; references: number } {
  rounds(500, work);
  const before = footprint();
  rounds(count, work);
  const after = footprint();
  return { bytes: after.bytes - before.bytes, references: after.references - before.references };
}

const flat = { bytes: 0, references: 0 };

// The limit stops a test that hangs. A slow machine stays far below it.
describe('the memory does not grow', () => {
  it('through 10,000 lots', () => {
    const grown = growth(10_000, (round) => {
      const lot = new Lot({ slots: 64, seed: round });
      lot.ask(round, question);
      lot.dispose();
    });
    expect(grown).toEqual(flat);
  });

  it('through 2,000 panels', async () => {
    const options = { baseUrl: '/', extension: '34414', fetch: () => new Promise<never>(() => {}) };
    const once = async (): Promise<void> => {
      const panel = await ValetPark.open(options);
      panel.track('EventType=answer&CallAPIID=1-a');
      panel.park('1-a').catch(() => {});
      panel.dispose();
    };
    for (let round = 0; round < 100; round += 1) await once();
    const before = footprint();
    for (let round = 0; round < 2_000; round += 1) await once();
    expect(footprint()).toEqual(before);
  });

  it('through 100,000 refused inputs', () => {
    const lot = new Lot();
    const values = Object.values(odd).filter((value) => typeof value !== 'string');
    const grown = growth(20_000, (round) => {
      const value = values[round % values.length] as never;
      thrownBy(() => lot.ask(0, { ...question, slot: 0, call: value }));
      thrownBy(() => lot.ask(-1, question));
      thrownBy(() => parseCallEvent({ Nothing: 'x'.repeat(round % 500) }));
      thrownBy(() => writeAnswer({ kind: 'free', slots: [1, 2, value, 0] }));
      thrownBy(() =>
        readAnswer({ ...question, action: 'no' as never }, 200, 'x'.repeat(round % 500)),
      );
    });
    lot.dispose();
    expect(grown).toEqual(flat);
  });

  it('through 20,000 answers of one lot', () => {
    const lot = new Lot({ patienceMs: 1000 });
    const grown = growth(20_000, (round) => {
      lot.ask(round * 2000, question);
      lot.stalls();
      lot.takeEvents();
    });
    lot.dispose();
    expect(grown).toEqual(flat);
  });

  it('without `dispose`, after the host has collected its garbage', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const batch = (): void =>
      rounds(10, () => {
        new Lot({ slots: 65_535, seed: 1 });
      });
    const before = footprint().bytes;
    batch();
    const one = footprint().bytes - before;
    expect(one).toBeGreaterThan(10 * page);
    for (let round = 0; round < 30; round += 1) {
      collect();
      // Finalizers run in a later turn of the event loop.
      for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      batch();
    }
    expect(footprint().bytes - before).toBeLessThan(3 * one);
  });

  it('and the core never failed', () => {
    expect(replacedCount()).toBe(0);
    expect(footprint().bytes % page).toBe(0);
  });
});

describe('a disposed lot', () => {
  it('may be disposed again, also by `using`', () => {
    const kept: Lot[] = [];
    {
      using lot = new Lot();
      kept.push(lot);
      lot.dispose();
    }
    const [lot] = kept as [Lot];
    lot[Symbol.dispose]();
    expect(replacedCount()).toBe(0);
  });

  it('rejects every call', () => {
    const lot = new Lot();
    lot.dispose();
    const uses: (() => unknown)[] = [
      () => lot.ask(0, question),
      () => lot.hangup(0, '1-a'),
      () => lot.advance(0),
      () => lot.takeEvents(),
      () => lot.nextDeadline(),
      () => lot.stalls(),
    ];
    for (const use of uses) {
      const error = thrownBy(use);
      expect(error).toMatchObject({ code: 'disposed', kind: 'invalid', outcome: 'not-done' });
      expect(error.message).toBe('this lot is disposed; create another one');
    }
  });

  it('that was disposed by a getter of its argument rejects the call', () => {
    const lot = new Lot();
    const trick = {
      ...question,
      get action(): 'park' {
        lot.dispose();
        return 'park';
      },
    };
    expect(thrownBy(() => lot.ask(0, trick)).code).toBe('disposed');
    expect(thrownBy(() => lot.stalls()).code).toBe('disposed');
    expect(replacedCount()).toBe(0);
  });

  it('may be asked by a getter of its argument before that', () => {
    const lot = new Lot();
    const other = { ...question, call: '1-b' };
    const trick = {
      ...question,
      get call(): string {
        return lot.ask(0, other).kind === 'parked' ? '1-a' : '1-c';
      },
    };
    expect(lot.ask(0, trick)).toMatchObject({ kind: 'parked', slot: 2 });
    lot.dispose();
    expect(replacedCount()).toBe(0);
  });

  it('does not change other lots', () => {
    const [first, second] = [new Lot(), new Lot()];
    first.ask(0, question);
    second.dispose();
    expect(first.stalls()).toHaveLength(1);
    first.dispose();
  });
});
