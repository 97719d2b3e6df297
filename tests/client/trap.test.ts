// The core of a panel fails. The panel continues with a new core, reports the loss, and later
// commands work. tests/wasm/instance.ts causes the failure.

import { replacedCount, trapNext } from '../wasm/instance.ts';
import type { ValetError } from 'valet-park';
import { Lot } from 'valet-park/lot';
import { describe, expect, it } from 'vitest';
import { ann, bob, event, rejection, settled, talking, uuidOf, type World } from './host.ts';
import { held } from './switch.ts';

const lost = { code: 'lost', kind: 'bug', outcome: 'unknown', retryable: false };

function troubles({ panel }: World): ValetError[] {
  const told: ValetError[] = [];
  panel.on('trouble', (trouble) => told.push(trouble));
  return told;
}

describe('a trap', () => {
  it('in a command rejects it, and the next command works', async () => {
    const world = await talking();
    const told = troubles(world);
    trapNext('core');
    const error = await rejection(world.panel.park(ann, { slot: 5 }));
    expect(error).toMatchObject(lost);
    const { message, stack } = error.cause as Error;
    expect(message).toMatch(/^panicked at src\/wasm\/browser\/mirror\.rs:\d+:\d+:\n/);
    expect(message).toMatch(/expected the feed to be down, partial or exact$/);
    expect(message).not.toContain(process.cwd());
    expect(stack).toMatch(/wasm-function\[\d+\]/);
    await expect(world.panel.park(ann, { slot: 5 })).resolves.toMatchObject({ slot: 5 });
    expect(told).toMatchObject([lost]);
  });

  it('rejects every running command, and ignores their answers', async () => {
    const world = await talking();
    const { panel, pbx } = world;
    const [first, second, next] = [held(), held(), held()];
    pbx.faults.push(first.fault, second.fault, next.fault);
    const ends = [panel.inspect(1), panel.park(ann), panel.refresh()].map((end) => rejection(end));
    await settled();
    trapNext('core');
    panel.track(event('dial-in', bob));
    for (const end of ends) expect(await end).toMatchObject(lost);

    // The new core numbers its questions from 1 again, like the old one.
    const inspected = panel.inspect(7, { call: bob });
    await settled();
    const before = panel.getSnapshot();
    first.goOn();
    second.goOn();
    await settled();
    expect(panel.getSnapshot()).toBe(before);
    next.goOn();
    expect(await inspected).toMatchObject({ slot: 7, state: 'free' });
  });

  it('shows the state `lost` until every slot was asked about again', async () => {
    const world = await talking();
    const { panel, pbx } = world;
    await panel.park(ann, { slot: 5 });
    const { revision } = panel.getSnapshot();
    trapNext('core');
    panel.track(event('dial-in', bob));
    const after = panel.getSnapshot();
    expect(after.sync.state).toBe('lost');
    expect(after.revision).toBeGreaterThan(revision);
    expect(after.slots.every(({ state }) => state === 'unknown')).toBe(true);
    pbx.park(ann, 5);
    panel.track(event('answer', bob));
    await panel.inspect(1);
    expect(panel.getSnapshot().sync.state).toBe('lost');
    await panel.refresh();
    expect(panel.getSnapshot().sync.state).toBe('idle');
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', uuid: uuidOf(ann) });
  });

  it('in an event is reported as trouble, and not thrown', async () => {
    const world = await talking();
    const told = troubles(world);
    trapNext('core');
    world.panel.track(event('dial-in', bob));
    await settled();
    expect(told).toMatchObject([lost]);
    expect(world.panel.getSnapshot().sync.state).toBe('lost');
  });

  it('in an answer or a timer is reported as trouble, and the panel continues', async () => {
    const world = await talking();
    const told = troubles(world);
    const gate = held();
    world.pbx.faults.push(gate.fault);
    const refreshing = rejection(world.panel.refresh());
    await settled();
    trapNext('core');
    gate.goOn();
    expect(await refreshing).toMatchObject(lost);
    await world.panel.park(ann, { slot: 5 });
    trapNext('core');
    await world.clock.forward(120_000);
    expect(told).toMatchObject([lost, lost]);
    expect(world.panel.getSnapshot().sync.state).toBe('lost');
  });

  it('in `whereIs` is thrown, and the next call works', async () => {
    const { panel } = await talking();
    trapNext('core');
    expect(() => panel.whereIs(ann)).toThrow(expect.objectContaining(lost));
    expect(panel.getSnapshot().sync.state).toBe('lost');
    expect(panel.whereIs(ann)).toEqual({ state: 'unknown' });
  });

  it('outside the panel loses only the state and the running commands', async () => {
    const world = await talking();
    const { panel, pbx } = world;
    const told = troubles(world);
    const gate = held();
    pbx.faults.push(gate.fault);
    const refreshing = rejection(panel.refresh());
    await settled();
    const { panel: other } = await talking();
    trapNext('core');
    expect(() => other.whereIs(ann)).toThrow(expect.objectContaining(lost));
    // This command had not started before the trap, so the new core carries it out.
    await expect(panel.park(ann, { slot: 5 })).resolves.toMatchObject({ slot: 5 });
    expect(await refreshing).toMatchObject(lost);
    expect(told).toMatchObject([lost]);
    expect(panel.whereIs(ann)).toMatchObject({ state: 'parked', slot: 5 });
    gate.goOn();
    await settled();
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', call: ann });
  });

  it('does not stop `dispose`', async () => {
    const { panel } = await talking();
    trapNext('core');
    panel.track(event('dial-in', bob));
    const { panel: other } = await talking();
    trapNext('core');
    expect(() => other.whereIs(ann)).toThrow();
    const before = replacedCount();
    panel.dispose();
    panel.dispose();
    expect(panel.getSnapshot().sync.state).toBe('closed');
    expect(replacedCount()).toBe(before);
  });

  it('of a lot costs a panel nothing', async () => {
    const { panel } = await talking();
    const lot = new Lot();
    trapNext('lot');
    expect(() => lot.stalls()).toThrow(expect.objectContaining(lost));
    panel.track(event('dial-in', bob));
    expect(panel.whereIs(bob)).toEqual({ state: 'ringing' });
    expect(panel.getSnapshot().sync.state).not.toBe('lost');
  });

  it('may happen again and again', async () => {
    const world = await talking();
    const told = troubles(world);
    for (let count = 0; count < 10; count += 1) {
      trapNext('core');
      expect(await rejection(world.panel.park(ann))).toMatchObject(lost);
    }
    expect(told).toHaveLength(10);
    await expect(world.panel.park(ann)).resolves.toMatchObject({ slot: 1 });
  });
});
