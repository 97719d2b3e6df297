// Goal: when the core fails, its lots are lost and say so, and everything else works on.
// Method: the tests ask the core for more memory than exists, which traps. No normal use of the
// package is known to trap. A use that does would be a bug.

import { parseCallApiId, type Question } from 'valet-park';
import { Lot } from 'valet-park/lot';
import { describe, expect, it } from 'vitest';
import { replacedCount, trapNext } from './instance.ts';
import { thrownBy } from './thrown.ts';

const question: Question = { extension: '34414', call: '1-a', action: 'park' };

describe('a trap', () => {
  it('is reported as `lost`, with its cause', () => {
    const lot = new Lot();
    trapNext('lot');
    const error = thrownBy(() => lot.ask(0, question));
    expect(error).toMatchObject({
      code: 'lost',
      kind: 'bug',
      outcome: 'unknown',
      retryable: false,
    });
    expect(error.message).toMatch(
      /^the core failed and was replaced; what it knew is lost; please report/,
    );
    expect(error.cause).toBeInstanceOf(WebAssembly.RuntimeError);
    expect((error.cause as Error).stack).toMatch(/wasm-function\[\d+\]/);
  });

  it('replaces the core: its lots are lost for good, and new ones work', () => {
    const [failed, other] = [new Lot(), new Lot()];
    const before = replacedCount();
    trapNext('lot');
    thrownBy(() => failed.stalls());
    expect(replacedCount()).toBe(before + 1);

    for (const lot of [failed, other]) {
      expect(thrownBy(() => lot.stalls())).toMatchObject({ code: 'lost', outcome: 'unknown' });
      expect(thrownBy(() => lot.ask(0, question)).code).toBe('lost');
    }
    expect(parseCallApiId('1-a').uuid).toBe('a');
    const next = new Lot();
    expect(next.ask(0, question)).toMatchObject({ kind: 'parked', slot: 1 });
    expect(replacedCount()).toBe(before + 1);
    next.dispose();
  });

  it('does not let old lots reach the new core', () => {
    const old = Array.from({ length: 50 }, () => new Lot({ slots: 64 }));
    trapNext('lot');
    thrownBy(() => old[0]?.advance(0));
    const fresh = Array.from({ length: 50 }, (_, index) => {
      const lot = new Lot({ slots: 64 });
      lot.ask(index, question);
      return lot;
    });
    const before = replacedCount();
    for (const lot of old) lot.dispose();
    for (const lot of old) lot.dispose();
    expect(thrownBy(() => old[1]?.stalls()).code).toBe('disposed');
    for (const [index, lot] of fresh.entries()) {
      expect(lot.stalls()).toMatchObject([{ slot: 1, parkedAt: index }]);
      lot.dispose();
    }
    expect(replacedCount()).toBe(before);
  });

  it('may happen again and again', () => {
    const before = replacedCount();
    for (let count = 0; count < 20; count += 1) {
      const lot = new Lot();
      lot.ask(0, question);
      trapNext('lot');
      expect(thrownBy(() => lot.stalls()).code).toBe('lost');
      lot.dispose();
    }
    expect(replacedCount()).toBe(before + 20);
  });

  it('makes a lot reject a wrong argument as `lost`, too', () => {
    const lot = new Lot();
    trapNext('lot');
    thrownBy(() => lot.hangup(0, '1-a'));
    expect(thrownBy(() => lot.ask(NaN, question)).code).toBe('lost');
    lot.dispose();
    expect(thrownBy(() => lot.ask(0, question)).code).toBe('disposed');
  });
});
