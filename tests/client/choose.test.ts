// A bridge without a slot. The client finds the call that has waited longest, and bridges its slot.

import { describe, expect, it } from 'vitest';
import { askers, confirming, parksTheAsker } from './claims.ts';
import { ann, bob, cem, opened, rejection, uuidOf, type World } from './host.ts';
import { after, type Fault, says, well } from './switch.ts';

describe('a bridge without a slot', () => {
  /** Bob waits in slot 5. Cem waits in slot 2, and came one second later. */
  async function twoWait(): Promise<World> {
    const world = await confirming();
    const { panel, pbx, clock } = world;
    pbx.park(bob, 5);
    await panel.inspect(5);
    await clock.forward(1_000);
    pbx.park(cem, 2);
    await panel.inspect(2);
    pbx.taken();
    return world;
  }

  it('connects the call that has waited longest, by its slot', async () => {
    const { panel, pbx, clock } = await twoWait();
    const bridging = panel.bridge(ann);
    await clock.forward(100);
    expect(await bridging).toEqual({ slot: 5, uuid: uuidOf(bob), confirmed: true });
    expect(pbx.taken()).toEqual(['slots', 'slots 5', 'bridge 5', 'slots 5']);
    expect(pbx.waiting()).toEqual({ 2: cem });
  });

  it.each([
    ['before its check', 1],
    ['before its bridge', 2],
  ])('continues with the next call if the first one leaves %s', async (_, questions) => {
    const { panel, pbx, clock } = await twoWait();
    const goes = after(() => pbx.lot.hangup(clock.now(), bob));
    pbx.faults.push(...Array<Fault>(questions).fill(well), goes);
    const bridging = panel.bridge(ann);
    await clock.forward(100);
    expect(await bridging).toEqual({ slot: 2, uuid: uuidOf(cem), confirmed: true });
    expect(pbx.taken().slice(questions + 1)).toEqual(['slots 2', 'bridge 2', 'slots 2']);
    expect(pbx.waiting()).toEqual({});
  });

  it('never connects another call than the expected one', async () => {
    const { panel, pbx, clock } = await twoWait();
    panel.bridge(ann, { expect: cem }).catch(() => {});
    await clock.forward(2_000);
    expect(pbx.waiting()).toMatchObject({ 5: bob });
    expect(pbx.taken()).not.toContain('bridge 5');
  });

  it('stops after the asker was parked', async () => {
    const world = await twoWait();
    const { panel, pbx, clock } = world;
    pbx.faults.push(well, well, parksTheAsker(world));
    const bridging = rejection(panel.bridge(ann));
    await clock.forward(60_000);
    expect(await bridging).toMatchObject({ code: 'asker-parked', slot: 5 });
    expect(pbx.waiting()).toEqual({ 2: cem, 5: ann });
  });

  it('is not done if the list of free slots is missing', async () => {
    const { panel, pbx } = await twoWait();
    pbx.faults.push(says(503));
    const error = await rejection(panel.bridge(ann));
    expect(error).toMatchObject({ code: 'server-error', outcome: 'not-done' });
    expect(pbx.taken()).toEqual(['slots']);
  });

  it('checks each slot with its own call if the switch has no list', async () => {
    const world = await opened({ dialect: { slots: 3, slotRequired: true } });
    world.pbx.park(bob, 2);
    const bridged = await world.panel.bridge(ann);
    expect(bridged).toMatchObject({ slot: 2, uuid: uuidOf(bob) });
    expect(askers(world).every((asker) => asker === ann)).toBe(true);
    expect(world.pbx.taken().at(-1)).toBe('bridge 2');
  });
});
