// The three minutes of a parked call: warnings, countdown and return. The clock is virtual.

import type { ValetParkEvents } from 'valet-park';
import { describe, expect, it } from 'vitest';
import { ann, bob, event, opened, settled, talking, uuidOf } from './host.ts';

type Due = ValetParkEvents['due'];

describe('due', () => {
  it('comes 60, 30 and 10 seconds before the return, once each', async () => {
    const { panel, clock } = await opened();
    const due: [number, number, number][] = [];
    panel.on('due', ({ view, leftMs }: Due) =>
      due.push([clock.now() - clock.start, view.slot, leftMs]),
    );
    await panel.park(ann, { slot: 5 });
    await clock.forward(400_000);
    expect(due).toEqual([
      [120_000, 5, 60_000],
      [150_000, 5, 30_000],
      [170_000, 5, 10_000],
    ]);
  });

  it('reports only the latest of several missed warnings, as after a sleep', async () => {
    const { panel, clock } = await opened();
    const due: number[] = [];
    panel.on('due', ({ leftMs }: Due) => due.push(leftMs));
    await panel.park(ann, { slot: 5 });
    clock.jump(165_000);
    await clock.forward(0);
    expect(due).toEqual([30_000]);
    await clock.forward(5_000);
    expect(due).toEqual([30_000, 10_000]);
  });

  it('comes again for the next call in the slot', async () => {
    const { panel, clock } = await opened();
    const due: number[] = [];
    panel.on('due', ({ leftMs }: Due) => due.push(leftMs));
    await panel.park(ann, { slot: 5 });
    await clock.forward(121_000);
    await panel.bridge(bob, { slot: 5 });
    await panel.park(bob, { slot: 5 });
    await clock.forward(121_000);
    expect(due).toEqual([60_000, 60_000]);
  });

  it('never comes for a call that may wait for ever', async () => {
    const { panel, clock } = await opened({ patienceMs: 0 }, { patienceMs: 0 });
    const due: Due[] = [];
    panel.on('due', (warning) => due.push(warning));
    const { returnsAt } = await panel.park(ann, { slot: 5 });
    await clock.forward(10_000_000);
    expect([returnsAt, panel.remaining(5), due]).toEqual([null, null, []]);
    expect(clock.waiting).toBe(0);
  });

  it('does not mistake a fraction of a millisecond for 0', async () => {
    const { panel } = await opened({ patienceMs: 0.4 });
    await panel.park(ann, { slot: 5 });
    expect(panel.remaining(5)).toBe(1);
  });

  it('follows `patienceMs`', async () => {
    const { panel, clock } = await opened({ patienceMs: 25_000.4 });
    const due: number[] = [];
    panel.on('due', ({ leftMs }: Due) => due.push(leftMs));
    await panel.park(ann, { slot: 5 });
    await clock.forward(15_001);
    expect(due.at(-1)).toBe(10_000);
  });
});

describe('remaining', () => {
  it('counts down, and becomes negative after the return time', async () => {
    const { panel, clock } = await opened();
    expect(panel.remaining(5)).toBeNull();
    await panel.park(ann, { slot: 5 });
    expect(panel.remaining(5)).toBe(180_000);
    await clock.forward(179_000);
    expect(panel.remaining(5)).toBe(1_000);
    await clock.forward(4_000);
    expect(panel.remaining(5)).toBe(-3_000);
  });

  it('is null for a value that is no slot', async () => {
    const { panel } = await opened();
    await panel.park(ann, { slot: 5 });
    for (const slot of [0, 10, -1, 4.5, NaN, '5', 5n, null, undefined, {}, Symbol('5')]) {
      expect(panel.remaining(slot as number)).toBeNull();
    }
  });
});

describe('a deadline', () => {
  it('in the past shows the call as returning until the next answer', async () => {
    const { panel, clock } = await talking();
    await panel.park(ann, { slot: 5 });
    await clock.forward(179_999);
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', uuid: uuidOf(ann) });
    await clock.forward(1);
    const late = { state: 'returning', confirmed: false, uuid: uuidOf(ann) };
    expect(panel.getSnapshot().slots[4]).toMatchObject(late);
    await clock.forward(60_000);
    expect(panel.getSnapshot().slots[4]).toMatchObject(late);
    await panel.inspect(5);
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'free', uuid: null });
  });

  it('with a new ring at this extension afterwards is a return', async () => {
    const { panel, clock } = await opened();
    panel.track(event('answer', ann, { EventTime: '1600000000000000', SubCallID: '34414-1' }));
    await panel.park(ann, { slot: 5 });
    panel.track(event('hangup', ann, { EventTime: '1600000001000000', SubCallID: '34414-1' }));
    await clock.forward(181_000);
    const departed: unknown[] = [];
    panel.on('departed', (departure) => departed.push(departure));
    panel.track(event('dial-in', ann, { EventTime: '1600000181000000', SubCallID: '34414-2' }));
    await settled();
    expect(departed).toMatchObject([{ slot: 5, call: ann, reason: 'returned', mine: true }]);
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'free' });
    expect(panel.whereIs(ann)).toEqual({ state: 'ringing' });
  });

  it('is an estimate if the client did not see the call arrive', async () => {
    const { panel, pbx, clock } = await talking();
    pbx.park(bob, 5);
    await clock.forward(30_000);
    const view = await panel.inspect(5);
    expect(view).toMatchObject({ exact: false, heldSince: clock.start + 30_000 });
    expect(panel.remaining(5)).toBe(180_000);
  });

  it('in the far future does not run out early', async () => {
    const { panel, clock } = await opened({ patienceMs: 2 ** 53 });
    await panel.park(ann, { slot: 5 });
    await clock.forward(10_000_000_000);
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'held' });
  });
});

describe('a clock', () => {
  it('that runs backwards changes nothing', async () => {
    const { panel, clock } = await opened();
    await panel.park(ann, { slot: 5 });
    await clock.forward(100_000);
    const before = panel.getSnapshot();
    clock.jump(-90_000);
    panel.track(event('invented', ann));
    expect(panel.getSnapshot()).toBe(before);
    expect(panel.remaining(5)).toBe(170_000);
  });

  it.each([NaN, -1, Infinity, '5', 5n, null, undefined])(
    'that returns %s is refused, and does no harm',
    async (time) => {
      const { panel, clock } = await talking();
      const { now } = clock;
      clock.now = () => time as number;
      expect(() => panel.track(event('dial-in', bob))).toThrow(
        /^expected `now` to be .*milliseconds/,
      );
      clock.now = now;
      panel.track(event('dial-in', bob));
      expect(panel.getSnapshot().calls).toHaveLength(2);
      expect(panel.getSnapshot().sync.state).toBe('idle');
    },
  );

  it('that throws rejects with its own error, and does no harm', async () => {
    const { panel, clock } = await talking();
    const { now } = clock;
    clock.now = () => {
      throw new Error('stopped');
    };
    expect(() => panel.track(event('dial-in', bob))).toThrow('stopped');
    await expect(panel.refresh()).rejects.toThrow('stopped');
    clock.now = now;
    await expect(panel.refresh()).resolves.toMatchObject({ sync: { state: 'idle' } });
  });
});
