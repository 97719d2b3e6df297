// Snapshots are frozen. Parts that did not change are shared, and a snapshot stays the same object
// until something changes.

import { type Snapshot, ValetPark } from 'valet-park';
import { describe, expect, it } from 'vitest';
import { ann, bob, event, opened, settled, talking, uuidOf } from './host.ts';

function expectDeeplyFrozen(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  expect(Object.isFrozen(value), JSON.stringify(value)).toBe(true);
  for (const part of Object.values(value)) expectDeeplyFrozen(part);
}

describe('a snapshot', () => {
  it('of a new panel shows that nothing is known', async () => {
    const { panel } = await opened({ dialect: { slots: 3 } });
    const { slots, calls, departures, sync } = panel.getSnapshot();
    expect(slots.map(({ slot, state }) => [slot, state])).toEqual([
      [1, 'unknown'],
      [2, 'unknown'],
      [3, 'unknown'],
    ]);
    expect(slots[0]).toEqual({
      ...{ slot: 1, state: 'unknown', pending: null, confirmed: false, checkedAt: null },
      ...{ uuid: null, call: null, caller: null, parkedBy: null, mine: false },
      ...{ heldSince: null, exact: false, returnsAt: null },
      ...{ note: null, forWhom: null },
    });
    expect([calls, departures]).toEqual([[], []]);
    expect(sync).toEqual({
      ...{ state: 'idle', checkedAt: null, nextAskAt: null, role: 'solo' },
      budget: { limit: null, remaining: null, resetsAt: null },
      patience: { toldMs: 180_000, seenMs: null },
    });
  });

  it('is deeply frozen, and plain data', async () => {
    const { panel, pbx } = await talking();
    panel.track(event('dial-in', bob));
    pbx.park(bob, 2);
    await panel.park(ann, { slot: 5 });
    await panel.refresh();
    await panel.bridge(ann, { slot: 2 }).catch(() => {});
    const snapshot = panel.getSnapshot();
    expectDeeplyFrozen(snapshot);
    expect(structuredClone(snapshot)).toEqual(snapshot);
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  });

  it('is the same object until something changes', async () => {
    const { panel, clock } = await talking();
    await panel.inspect(5);
    const before = panel.getSnapshot();
    panel.whereIs(ann);
    panel.remaining(5);
    panel.track(event('invented', ann));
    expect(panel.getSnapshot()).toBe(before);
    await clock.forward(4_999);
    expect(panel.getSnapshot()).toBe(before);
    // After five seconds without a question the slot is no longer confirmed.
    await clock.forward(1);
    const lapsed = panel.getSnapshot();
    expect(lapsed.slots[4]).toEqual({ ...before.slots[4], confirmed: false });
    await clock.forward(60_000);
    expect(panel.getSnapshot()).toBe(lapsed);
  });

  it('shares its unchanged parts with the previous one', async () => {
    const { panel, pbx, clock } = await talking();
    await panel.refresh();
    await clock.forward(10_000);
    const before = panel.getSnapshot();
    pbx.park(bob, 5);
    await panel.inspect(5);
    const after = panel.getSnapshot();
    expect(after).not.toBe(before);
    expect(after.revision).toBeGreaterThan(before.revision);
    for (const [index, view] of after.slots.entries()) {
      if (index === 4) expect(view).not.toBe(before.slots[index]);
      else expect(view).toBe(before.slots[index]);
    }
    expect(after.calls).toBe(before.calls);
    expect(after.departures).toBe(before.departures);
    expect(after.sync.budget).not.toBeUndefined();
  });

  it('shares all slots when only a call is new', async () => {
    const { panel } = await talking();
    await panel.refresh();
    const before = panel.getSnapshot();
    panel.track(event('dial-in', bob));
    const after = panel.getSnapshot();
    expect(after.slots).toBe(before.slots);
    expect(after.sync).toBe(before.sync);
    expect(after.calls[0]).toBe(before.calls[0]);
    expect(after.calls).toHaveLength(2);
  });

  it('has a revision that grows by one', async () => {
    const { panel } = await talking();
    const revisions: number[] = [];
    panel.subscribe(() => revisions.push(panel.getSnapshot().revision));
    for (const call of [ann, bob]) {
      panel.track(event('dial-in', call));
      await settled();
    }
    const [first = NaN, second] = revisions;
    expect(second).toBe(first + 1);
  });

  it('never changes after it was returned', async () => {
    const { panel } = await talking();
    const kept: [Snapshot, string][] = [];
    const keep = (): void => {
      const snapshot = panel.getSnapshot();
      kept.push([snapshot, JSON.stringify(snapshot)]);
    };
    panel.subscribe(keep);
    keep();
    await panel.park(ann, { slot: 5 });
    await panel.bridge(bob, { slot: 5 });
    await panel.refresh();
    panel.dispose();
    await settled();
    expect(kept.length).toBeGreaterThan(3);
    for (const [snapshot, text] of kept) expect(JSON.stringify(snapshot)).toBe(text);
  });
});

describe('a server', () => {
  it('gets the same empty snapshot from every panel', async () => {
    const { panel } = await talking();
    const { getServerSnapshot } = panel;
    const snapshot = getServerSnapshot();
    expectDeeplyFrozen(snapshot);
    expect(snapshot.slots).toHaveLength(9);
    expect(snapshot.slots.every(({ state }) => state === 'unknown')).toBe(true);
    await panel.refresh();
    expect(getServerSnapshot()).toBe(snapshot);
    const other = await opened();
    expect(other.panel.getServerSnapshot()).toBe(snapshot);
  });

  it('gets the first snapshot of a new panel', async () => {
    const { panel } = await opened();
    const { revision, ...first } = panel.getSnapshot();
    expect(revision).toBeGreaterThan(0);
    expect({ revision: 0, ...first }).toEqual(panel.getServerSnapshot());
  });
});

describe('opening', () => {
  it('twice gives two independent panels', async () => {
    const one = await talking();
    const options = { baseUrl: 'https://pbx.example/api/ver1.0', extension: '34414' };
    const two = await ValetPark.open({ ...options, clock: one.clock, fetch: one.pbx.fetch });
    await one.panel.park(ann, { slot: 5 });
    expect(one.panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', mine: true });
    expect(two.getSnapshot().slots[4]?.state).toBe('unknown');
    two.track(event('answer', bob));
    await two.inspect(5);
    expect(two.getSnapshot().slots[4]).toMatchObject({ uuid: uuidOf(ann), mine: false });
    two.dispose();
    expect(one.panel.getSnapshot().sync.state).toBe('idle');
    await expect(one.panel.bridge(bob, { slot: 5 })).resolves.toMatchObject({ slot: 5 });
  });

  it('sends no request', async () => {
    const { pbx } = await opened();
    expect(pbx.arrived).toEqual([]);
  });
});
