// The options of a panel and of its commands. An error says what would be right.

import { ValetPark, type ValetParkOptions } from 'valet-park';
import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from './clock.ts';
import { ann, opened, rejection, talking } from './host.ts';

const right = {
  baseUrl: '/api/ver1.0',
  extension: '34414',
  fetch: () => new Promise<never>(() => {}),
};
const kinds = [NaN, Infinity, -1, 0, 1.5, 5, 5n, 'x', '', true, [], {}, () => 1, Symbol('x'), null];

/** Returns those of `kinds` that an option accepts. */
async function taken(option: keyof ValetParkOptions): Promise<unknown[]> {
  const good: unknown[] = [];
  for (const value of kinds) {
    const options = { ...right, [option]: value } as unknown as ValetParkOptions;
    const opening = ValetPark.open(options);
    const panel = await opening.catch(() => null);
    if (panel) {
      good.push(value);
      panel.dispose();
      continue;
    }
    const error = await rejection(opening);
    const code = option === 'extension' ? 'invalid-extension' : 'invalid-options';
    expect(error).toMatchObject({ code, kind: 'invalid', outcome: 'not-done', retryable: false });
    expect(error.message).toMatch(/^expected [^\n]*[^.\n]$/);
    expect(error.message).toMatch(/`\w+`|an extension|a dialect/);
  }
  return good;
}

describe('open', () => {
  it.each([undefined, null, 5, 'https://pbx.example', () => right])(
    'refuses options that are no object: %s',
    async (o) => {
      const error = await rejection(ValetPark.open(o as unknown as ValetParkOptions));
      expect(error).toMatchObject({ code: 'invalid-options', kind: 'invalid' });
      expect(error.message).toBe('expected the options to be an object');
    },
  );

  it('accepts each option only in its own form', async () => {
    expect(await taken('baseUrl')).toEqual(['x', '']);
    expect(await taken('extension')).toEqual([]);
    expect(await taken('headers')).toEqual([expect.any(Function)]);
    expect(await taken('patienceMs')).toEqual([0, 1.5, 5, null]);
    expect(await taken('asking')).toEqual([]);
    expect(await taken('askWithParked')).toEqual([true, null]);
    expect(await taken('tabs')).toEqual([]);
    expect(await taken('timeoutMs')).toEqual([Infinity, 1.5, 5]);
    expect(await taken('fetch')).toEqual([expect.any(Function)]);
    expect(await taken('clock')).toEqual([]);
    expect(await taken('dialect')).toEqual([[], {}, null]);
  });

  it('accepts every word of `asking` and `tabs`', async () => {
    for (const asking of ['watch', 'off'] as const) {
      for (const tabs of ['auto', 'solo'] as const) {
        const panel = await ValetPark.open({ ...right, asking, tabs, feed: null });
        panel.dispose();
      }
    }
  });

  it.each([
    [{ baseUrl: 5 }, "expected `baseUrl` to be a text, like '/api/ver1.0'"],
    [{ headers: {} }, 'expected `headers` to be a function'],
    [{ fetch: 'fetch' }, 'expected `fetch` to be a function'],
    [{ feed: 5 }, 'expected `feed` to be a URL as a text, or null'],
    [{ asking: 'always' }, "expected `asking` to be 'watch' or 'off'"],
    [{ tabs: 'one' }, "expected `tabs` to be 'auto' or 'solo'"],
    [{ timeoutMs: 0 }, 'expected `timeoutMs` to be a number of milliseconds above 0'],
    [{ clock: { now: () => 0 } }, 'expected `clock` to have the functions `now` and `wakeAt`'],
    [{ dialect: { slots: 0 } }, /^expected `slots` to be a number from 1 to 65535, found/],
    [{ dialect: { slotFormat: 'number' } }, /`slotFormat` to be 'string' or 'integer', found/],
    [{ extension: 'sales' }, /^expected an extension like `34414`.*, found `sales`$/],
    [{ extension: 34_414 }, /^expected an extension as a text, like '34414', found .*34414/],
    [{ patienceMs: '3 min' }, /^expected `patienceMs` to be .*, found the text `3 min`$/],
  ])('refuses %o, and says what would be right', async (wrong, message) => {
    const options = { ...right, ...wrong } as unknown as ValetParkOptions;
    const found = (await rejection(ValetPark.open(options))).message;
    if (typeof message === 'string') expect(found).toBe(message);
    else expect(found).toMatch(message);
  });

  it('does not change the options', async () => {
    const options = Object.freeze({ ...right, dialect: Object.freeze({ slots: 4 }) });
    const panel = await ValetPark.open(options);
    expect(panel.getSnapshot().slots).toHaveLength(4);
    panel.dispose();
  });

  it('without the list of calls sends no request and starts no timer', async () => {
    const fetch = vi.fn();
    const clock = new FakeClock();
    const panel = await ValetPark.open({ ...right, currentCalls: 'off', fetch, clock });
    expect(fetch).not.toHaveBeenCalled();
    expect(clock.waiting).toBe(0);
    panel.dispose();
  });
});

describe('a command', () => {
  const wrongCalls = [undefined, null, 5, '', 'a/b', '..', ' x', {}, Symbol('x'), 'x'.repeat(257)];
  const wrongSlots = [0, -1, 10, 1.5, NaN, '5', 5n, {}, 70_000];

  it('refuses a wrong name of a call', async () => {
    const { panel, pbx } = await talking();
    for (const wrong of wrongCalls) {
      const call = wrong as string;
      for (const command of [panel.park(call), panel.bridge(call, { slot: 5 })]) {
        expect(await rejection(command)).toMatchObject({ code: 'invalid-call', kind: 'invalid' });
      }
      if (wrong === undefined || wrong === null) continue;
      for (const command of [
        panel.inspect(1, { call }),
        panel.freeSlots({ call }),
        panel.bridge(ann, { slot: 5, expect: call }),
      ]) {
        expect(await rejection(command)).toMatchObject({ code: 'invalid-call', kind: 'invalid' });
      }
    }
    expect(pbx.arrived).toEqual([]);
  });

  it('refuses a wrong slot', async () => {
    const { panel, pbx } = await talking();
    for (const slot of wrongSlots as number[]) {
      for (const command of [
        panel.park(ann, { slot }),
        panel.bridge(ann, { slot }),
        panel.inspect(slot),
      ]) {
        const error = await rejection(command);
        expect(error).toMatchObject({ code: 'invalid-slot', kind: 'invalid', outcome: 'not-done' });
        expect(error.message).toMatch(/^expected .*slot/);
      }
    }
    expect(await rejection(panel.inspect(undefined as never))).toMatchObject({
      code: 'invalid-slot',
    });
    expect(pbx.arrived).toEqual([]);
  });

  it('refuses options that are no object, for example a slot', async () => {
    const { panel, pbx } = await opened();
    for (const options of [null, 5, '5', true, () => {}] as never[]) {
      for (const command of [
        panel.park(ann, options),
        panel.bridge(ann, options),
        panel.inspect(1, options),
        panel.freeSlots(options),
        panel.refresh(options),
      ]) {
        const error = await rejection(command);
        expect(error).toMatchObject({ code: 'invalid-options', kind: 'invalid' });
        expect(error.message).toBe('expected the options to be an object');
      }
    }
    expect(pbx.arrived).toEqual([]);
  });

  it('refuses a signal that is no AbortSignal', async () => {
    const { panel, pbx } = await talking();
    for (const signal of [5, 'x', {}, true] as never[]) {
      const error = await rejection(panel.park(ann, { signal }));
      expect(error).toMatchObject({ code: 'invalid-options', kind: 'invalid' });
      expect(error.message).toBe('expected `signal` to be an AbortSignal');
      expect(() => panel.on('change', () => {}, { signal })).toThrow('expected `signal`');
    }
    expect(pbx.arrived).toEqual([]);
  });
});
