// A desk with one call at a time. After that call was parked, no other call is live to ask with.

import type { ValetError, ValetParkOptions } from 'valet-park';
import { describe, expect, it } from 'vitest';
import { ann, bob, cem, event, opened, rejection, settled, uuidOf, type World } from './host.ts';
import { type Fault, silent, well } from './switch.ts';

/** Parks ann, the only call, in slot 3. Her leg at this extension has ended. */
async function parkedAlone(options: Partial<ValetParkOptions>): Promise<World> {
  const world = await opened(options);
  const { panel, pbx, clock } = world;
  panel.subscribe(() => {});
  panel.track(event('answer', ann));
  const parking = panel.park(ann, { slot: 3 });
  panel.track(event('hangup', ann));
  await clock.forward(0);
  await parking;
  pbx.taken();
  return world;
}

function troublesOf({ panel }: World): ValetError[] {
  const troubles: ValetError[] = [];
  panel.on('trouble', (trouble) => troubles.push(trouble));
  return troubles;
}

describe('without asking with parked calls', () => {
  it('a slot stays confirmed for five seconds, and then shows its age', async () => {
    const { panel, pbx, clock } = await parkedAlone({ askWithParked: false });
    pbx.lot.hangup(clock.now(), ann);
    await clock.forward(4_999);
    expect(panel.getSnapshot().slots[2]).toMatchObject({ state: 'held', confirmed: true });
    await clock.forward(1);
    const old = { state: 'held', uuid: uuidOf(ann), confirmed: false, checkedAt: clock.start };
    expect(panel.getSnapshot().slots[2]).toMatchObject(old);
    await clock.forward(60_000);
    expect(panel.getSnapshot().slots[2]).toMatchObject(old);
    expect(panel.getSnapshot().sync).toMatchObject({ state: 'blind', nextAskAt: null });
    expect(pbx.taken()).toEqual([]);
    panel.track(event('dial-in', cem));
    await clock.forward(1_000);
    expect(panel.getSnapshot().slots[2]).toMatchObject({ state: 'free', confirmed: true });
  });
});

describe('with asking with parked calls', () => {
  it('a switch that answers is asked, and every change is seen', async () => {
    const world = await parkedAlone({ askWithParked: 'auto' });
    const { panel, pbx, clock } = world;
    const troubles = troublesOf(world);
    await clock.forward(60_000);
    expect(pbx.taken().length).toBeGreaterThan(8);
    const { slots, sync } = panel.getSnapshot();
    expect(slots[2]).toMatchObject({ state: 'held', uuid: uuidOf(ann), confirmed: true });
    expect(sync.state).toBe('asking');
    pbx.park(bob, 7);
    await clock.forward(13_000);
    expect(panel.getSnapshot().slots[6]).toMatchObject({ state: 'held', uuid: uuidOf(bob) });
    pbx.bridge(cem, 3);
    await clock.forward(13_000);
    expect(panel.getSnapshot().slots[2]).toMatchObject({ state: 'free' });
    expect(troubles).toEqual([]);
  });

  it('a switch that refuses is asked once, and never again with any parked call', async () => {
    const world = await parkedAlone({ askWithParked: 'auto' });
    const { panel, pbx, clock } = world;
    const troubles = troublesOf(world);
    pbx.refused.add(ann).add(bob);
    await clock.forward(600_000);
    expect(pbx.taken()).toHaveLength(1);
    expect(panel.getSnapshot().slots[2]).toMatchObject({ confirmed: false });
    expect(panel.getSnapshot().sync).toMatchObject({ state: 'blind', nextAskAt: null });
    panel.track(event('answer', bob));
    await panel.park(bob, { slot: 4 });
    panel.track(event('hangup', bob));
    pbx.taken();
    await clock.forward(600_000);
    expect(pbx.taken()).toEqual([]);
    expect(troubles).toEqual([]);
  });

  it.each([1, 2, 3])('a switch that refuses gets few questions: %i parked', async (count) => {
    const world = await opened({ askWithParked: true });
    const { panel, pbx, clock } = world;
    for (let number = 1; number <= count; number += 1) {
      panel.track(event('answer', `1-${number}`));
      await panel.park(`1-${number}`, { slot: number });
      panel.track(event('hangup', `1-${number}`));
      pbx.refused.add(`1-${number}`);
    }
    pbx.taken();
    // These faults end a flood of questions, so that the test fails and does not run for ever.
    pbx.faults.push(...Array<Fault>(50).fill(well), ...Array<Fault>(50).fill(silent));
    const refreshing = rejection(panel.refresh());
    await settled();
    expect(pbx.taken().length).toBeLessThanOrEqual(count);
    expect(await refreshing).toMatchObject({ outcome: 'not-done' });
    panel.subscribe(() => {});
    await clock.forward(60_000);
    expect(pbx.taken().length).toBeLessThanOrEqual(20);
  });
});

describe('a switch that returns calls sooner than the options say', () => {
  /** Parks a call in slot 3. After 20 s the call rings here again, as another leg. */
  async function comesBack({ panel, clock, pbx }: World, call: string): Promise<void> {
    const fields = (leg: number): Record<string, string> => ({
      CallID: `thread-${call}`,
      SubCallID: `${call}-${leg}`,
      EventTime: String(clock.now() * 1_000),
    });
    panel.track(event('answer', call, fields(1)));
    await panel.park(call, { slot: 3 });
    panel.track(event('hangup', call, fields(1)));
    await clock.forward(20_000);
    pbx.lot.advance(clock.now());
    panel.track(event('dial-in', call, fields(2)));
    panel.track(event('answer', call, fields(2)));
  }

  it('changes the countdown after the second call that returned early', async () => {
    const world = await opened({}, { patienceMs: 20_000 });
    const { panel, clock } = world;
    const troubles = troublesOf(world);
    await comesBack(world, ann);
    expect(panel.getSnapshot().departures).toMatchObject([
      { slot: 3, call: ann, reason: 'returned', mine: true },
    ]);
    expect(panel.getSnapshot().sync.patience).toEqual({ toldMs: 180_000, seenMs: null });
    expect(panel.whereIs(ann)).toEqual({ state: 'talking' });
    await comesBack(world, bob);
    expect(panel.getSnapshot().departures).toMatchObject([
      { call: bob, reason: 'returned' },
      { call: ann, reason: 'returned' },
    ]);
    const { toldMs, seenMs } = panel.getSnapshot().sync.patience;
    expect(toldMs).toBe(180_000);
    expect(seenMs).toBeGreaterThanOrEqual(19_000);
    expect(seenMs).toBeLessThanOrEqual(21_000);
    panel.track(event('answer', cem));
    const { returnsAt } = await panel.park(cem, { slot: 3 });
    expect(returnsAt).toBe(clock.now() + (seenMs ?? 0));
    expect(panel.remaining(3)).toBe(seenMs);
    expect(troubles).toMatchObject([{ code: 'invalid-options', kind: 'invalid' }]);
    expect(troubles[0]?.message).toMatch(/ 180000 ms, .* \d+ ms; set `patienceMs`$/);
  });
});
