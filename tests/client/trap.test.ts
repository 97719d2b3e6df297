// When the core fails under a panel, the panel goes on with a new one: it says what was lost, and
// the next commands work. How the failure is brought about, tests/wasm/instance.ts tells.

import { instanceCount, trapNext } from '../wasm/instance.ts';
import { Lot, type ValetError } from 'valet-park';
import { describe, expect, it } from 'vitest';
import { ann, bob, event, rejection, settled, talking, uuidOf, type World } from './host.ts';
import { held } from './switch.ts';

const lost = { code: 'lost', kind: 'bug', outcome: 'unknown', retryable: false };

function troubles({ panel }: World): ValetError[] {
  const told: ValetError[] = [];
  panel.on('trouble', (trouble) => told.push(trouble));
  return told;
}

/** The switch of the tests has its lot in the same core; a new one takes its place. */
function replaceLot({ pbx }: World): void {
  Object.assign(pbx, { lot: new Lot({ seed: 1 }) });
}

describe('a trap', () => {
  it('under a command rejects it, and the next one works', async () => {
    const world = await talking();
    const told = troubles(world);
    trapNext();
    const error = await rejection(world.panel.park(ann, { slot: 5 }));
    expect(error).toMatchObject(lost);
    expect(error.cause).toBeInstanceOf(WebAssembly.RuntimeError);
    replaceLot(world);
    await expect(world.panel.park(ann, { slot: 5 })).resolves.toMatchObject({ slot: 5 });
    expect(told).toMatchObject([lost]);
  });

  it('rejects every command under way, and their answers are not taken for others', async () => {
    const world = await talking();
    const { panel, pbx } = world;
    const [first, second, next] = [held(), held(), held()];
    pbx.faults.push(first.fault, second.fault, next.fault);
    const ends = [panel.inspect(1), panel.park(ann), panel.refresh()].map((end) => rejection(end));
    await settled();
    trapNext();
    panel.track(event('dial-in', bob));
    for (const end of ends) expect(await end).toMatchObject(lost);
    replaceLot(world);

    // The new core counts its questions from the beginning, as the old one did.
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

  it('shows as lost until every slot was asked for again', async () => {
    const world = await talking();
    const { panel, pbx } = world;
    await panel.park(ann, { slot: 5 });
    const { revision } = panel.getSnapshot();
    trapNext();
    panel.track(event('dial-in', bob));
    const after = panel.getSnapshot();
    expect(after.sync.state).toBe('lost');
    expect(after.revision).toBeGreaterThan(revision);
    expect(after.slots.every(({ state }) => state === 'unknown')).toBe(true);

    replaceLot(world);
    pbx.park(ann, 5);
    panel.track(event('answer', bob));
    await panel.inspect(1);
    expect(panel.getSnapshot().sync.state).toBe('lost');
    await panel.refresh();
    expect(panel.getSnapshot().sync.state).toBe('idle');
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', uuid: uuidOf(ann) });
  });

  it.each([['an event', 1, ({ panel }: World) => panel.track(event('dial-in', bob))]])(
    'under %s is told as trouble, and nothing is thrown',
    async (_, count, work) => {
      const world = await talking();
      const told = troubles(world);
      trapNext(count);
      work(world);
      await settled();
      expect(told).toMatchObject([lost]);
      expect(world.panel.getSnapshot().sync.state).toBe('lost');
    },
  );

  it('under an answer or a timer is told as trouble, and the panel goes on', async () => {
    const world = await talking();
    const told = troubles(world);
    const gate = held();
    world.pbx.faults.push(gate.fault);
    const refreshing = rejection(world.panel.refresh());
    await settled();
    // The first of the calls is the lot's own, behind the switch.
    trapNext(2);
    gate.goOn();
    expect(await refreshing).toMatchObject(lost);
    replaceLot(world);
    await world.panel.park(ann, { slot: 5 });
    trapNext();
    await world.clock.forward(120_000);
    expect(told).toMatchObject([lost, lost]);
    expect(world.panel.getSnapshot().sync.state).toBe('lost');
  });

  it('under `whereIs` is thrown, and the next one works', async () => {
    const { panel } = await talking();
    trapNext();
    expect(() => panel.whereIs(ann)).toThrow(expect.objectContaining(lost));
    expect(panel.getSnapshot().sync.state).toBe('lost');
    expect(panel.whereIs(ann)).toEqual({ state: 'unknown' });
  });

  it('in somebody else’s hands costs what was known and under way, and no more', async () => {
    const world = await talking();
    const { panel, pbx } = world;
    const told = troubles(world);
    const gate = held();
    pbx.faults.push(gate.fault);
    const refreshing = rejection(panel.refresh());
    await settled();
    const lot = new Lot();
    trapNext();
    expect(() => lot.stalls()).toThrow(expect.objectContaining(lost));

    replaceLot(world);
    // Nothing of this was under way: it is done, by the new core.
    await expect(panel.park(ann, { slot: 5 })).resolves.toMatchObject({ slot: 5 });
    expect(await refreshing).toMatchObject(lost);
    expect(told).toMatchObject([lost]);
    expect(panel.whereIs(ann)).toMatchObject({ state: 'parked', slot: 5 });
    gate.goOn();
    await settled();
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', call: ann });
  });

  it('does not keep a panel from being disposed of', async () => {
    const { panel } = await talking();
    trapNext();
    panel.track(event('dial-in', bob));
    const lot = new Lot();
    trapNext();
    expect(() => lot.stalls()).toThrow();
    const before = instanceCount();
    panel.dispose();
    panel.dispose();
    expect(panel.getSnapshot().sync.state).toBe('closed');
    expect(instanceCount()).toBe(before);
  });

  it('may strike again and again', async () => {
    const world = await talking();
    const told = troubles(world);
    for (let strike = 0; strike < 10; strike += 1) {
      trapNext();
      expect(await rejection(world.panel.park(ann))).toMatchObject(lost);
    }
    expect(told).toHaveLength(10);
    replaceLot(world);
    await expect(world.panel.park(ann)).resolves.toMatchObject({ slot: 1 });
  });
});
