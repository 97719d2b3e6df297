// A running command shows as `pending` from the call until its promise settles, and not longer.

import { describe, expect, it } from 'vitest';
import { claimsParked, confirming, parksTheAsker, THREE_CHECKS } from './claims.ts';
import { ann, bob, dan, event, rejection, settled, uuidOf, type World } from './host.ts';
import { held, well } from './switch.ts';

describe('a running command', () => {
  /** Returns `pending` of slot 5 and of ann's call. */
  const pending = ({ panel }: World): unknown[] => {
    const { slots, calls } = panel.getSnapshot();
    return [slots[4]?.pending, calls.find(({ call }) => call === ann)?.pending];
  };
  /** Ann and dan are talking. With `bobWaits`, bob waits in slot 5. */
  async function ready(bobWaits: boolean): Promise<World> {
    const world = await confirming();
    world.panel.track(event('answer', ann));
    if (bobWaits) world.pbx.park(bob, 5);
    return world;
  }

  it.each([
    ['parking', 'park', false],
    ['bridging', 'bridge', true],
  ] as const)('shows as %s until its promise settles', async (word, what, waits) => {
    const world = await ready(waits);
    const { panel, pbx, clock } = world;
    const [check, order] = [held(), held()];
    pbx.faults.push(check.fault, order.fault);
    let isSettled = false;
    const command = panel[what](ann, { slot: 5 }).finally(() => (isSettled = true));
    expect(pending(world)).toEqual([word, word]);
    await settled();
    expect(pending(world)).toEqual([word, word]);
    check.goOn();
    await settled();
    expect(pending(world)).toEqual([word, word]);
    order.goOn();
    await clock.forward(49);
    expect(isSettled).toBe(false);
    expect(pending(world)).toEqual([word, word]);
    await clock.forward(1);
    await command;
    expect(pending(world)[0]).toBeNull();
    expect(panel.getSnapshot().calls.every((call) => call.pending === null)).toBe(true);
  });

  it('shows only at the call if no slot is named', async () => {
    const world = await ready(false);
    const parking = world.panel.park(ann);
    expect(pending(world)).toEqual([null, 'parking']);
    await world.clock.forward(50);
    await parking;
    expect(pending(world)).toEqual([null, null]);
  });

  it('stops to show after a refusal', async () => {
    const world = await ready(true);
    const parking = rejection(world.panel.park(ann, { slot: 5 }));
    expect(pending(world)).toEqual(['parking', 'parking']);
    expect(await parking).toMatchObject({ code: 'taken' });
    expect(pending(world)).toEqual([null, null]);
  });

  it('stops to show after `asker-parked` and `not-there`', async () => {
    const world = await ready(true);
    world.pbx.faults.push(well, parksTheAsker(world));
    const bridging = rejection(world.panel.bridge(ann, { slot: 5 }));
    await world.clock.forward(THREE_CHECKS - 1);
    expect(pending(world)).toEqual(['bridging', 'bridging']);
    await world.clock.forward(1);
    await bridging;
    expect(pending(world)).toEqual([null, null]);

    const other = await ready(false);
    other.pbx.faults.push(well, claimsParked());
    const parking = rejection(other.panel.park(ann, { slot: 5 }));
    await other.clock.forward(THREE_CHECKS - 1);
    expect(pending(other)).toEqual(['parking', 'parking']);
    await other.clock.forward(1);
    await parking;
    expect(pending(other)[0]).toBeNull();
  });

  it('stops to show after it was aborted during its check', async () => {
    const world = await ready(false);
    const check = held();
    world.pbx.faults.push(check.fault);
    const stop = new AbortController();
    const parking = rejection(world.panel.park(ann, { slot: 5, signal: stop.signal }));
    await settled();
    stop.abort();
    expect(await parking).toMatchObject({ code: 'aborted', outcome: 'not-done' });
    expect(pending(world)).toEqual([null, null]);
    check.goOn();
    await settled();
    expect(pending(world)).toEqual([null, null]);
  });

  it('stops to show when the result of an aborted command is known', async () => {
    const world = await ready(false);
    const stop = new AbortController();
    const parking = rejection(world.panel.park(ann, { slot: 5, signal: stop.signal }));
    await settled();
    stop.abort();
    expect(await parking).toMatchObject({ code: 'aborted', outcome: 'unknown' });
    await world.clock.forward(50);
    expect(pending(world)).toEqual([null, null]);
    expect(world.panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', call: ann });
  });

  it('stops to show after it was aborted while it waited for another command', async () => {
    const world = await ready(false);
    const { panel, clock, pbx } = world;
    const parking = panel.park(ann, { slot: 5 });
    const stop = new AbortController();
    const waiting = rejection(panel.bridge(dan, { slot: 5, expect: ann, signal: stop.signal }));
    await settled();
    stop.abort();
    expect(await waiting).toMatchObject({ code: 'aborted', outcome: 'not-done' });
    const pendingOfDan = panel.getSnapshot().calls.find(({ call }) => call === dan)?.pending;
    expect([pendingOfDan, ...pending(world)]).toEqual([null, 'parking', 'parking']);
    await clock.forward(60_000);
    expect(await parking).toMatchObject({ slot: 5, confirmed: true });
    expect(pbx.taken()).toEqual(['slots 5', 'park 5', 'slots 5']);
    // The slot is free for the next command.
    const bridging = panel.bridge(dan, { slot: 5 });
    await clock.forward(1_000);
    expect(await bridging).toMatchObject({ slot: 5, uuid: uuidOf(ann) });
  });

  it('shows also while it waits for another command on the same slot', async () => {
    const world = await ready(false);
    const { panel, clock, pbx } = world;
    const parking = panel.park(ann, { slot: 5 });
    const bridging = panel.bridge(dan, { slot: 5, expect: ann });
    const shown = panel.getSnapshot().calls.map(({ call, pending }) => [call, pending]);
    expect(Object.fromEntries(shown)).toEqual({ [ann]: 'parking', [dan]: 'bridging' });
    await clock.forward(1_000);
    expect(await parking).toMatchObject({ slot: 5, confirmed: true });
    expect(await bridging).toMatchObject({ slot: 5, uuid: uuidOf(ann) });
    const [sent, last] = [pbx.taken(), pending(world)];
    expect(sent.filter((question) => !question.startsWith('slots'))).toEqual([
      'park 5',
      'bridge 5',
    ]);
    expect(last[0]).toBeNull();
  });
});
