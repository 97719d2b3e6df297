// Questions about one slot, the free slots or all slots, with as few requests as possible.

import { describe, expect, it } from 'vitest';
import { ann, bob, cem, event, opened, rejection, settled, talking, uuidOf } from './host.ts';
import { base, held, lostBefore, says } from './switch.ts';

describe('inspect', () => {
  it('returns the call that waits in a slot', async () => {
    const { panel, pbx, clock } = await talking();
    pbx.park(bob, 6);
    const view = await panel.inspect(6);
    expect(pbx.taken()).toEqual(['slots 6']);
    expect(view).toMatchObject({ slot: 6, state: 'held', uuid: uuidOf(bob), confirmed: true });
    // `heldSince` is the time of the first look. The switch does not say who parked the call.
    expect(view).toMatchObject({
      heldSince: clock.start,
      exact: false,
      parkedBy: null,
      mine: false,
    });
    expect(panel.getSnapshot().slots[5]).toBe(view);
    expect(await panel.inspect(1)).toMatchObject({ slot: 1, state: 'free', uuid: null });
  });

  it('asks with the call in the options', async () => {
    const { panel, pbx } = await opened();
    await panel.inspect(6, { call: cem });
    expect(pbx.arrived[0]?.url).toBe(`${base}/extension/34414/valet_park/${cem}`);
  });

  it('is rejected without a live call to ask with', async () => {
    const { panel, pbx } = await opened();
    const error = await rejection(panel.inspect(6));
    expect(error).toMatchObject({ code: 'no-live-call', kind: 'invalid', outcome: 'not-done' });
    expect(error.message).toMatch(/^expected a live call to ask with: /);
    expect(pbx.arrived).toEqual([]);
  });

  it('does not mistake a 404 for an empty slot', async () => {
    const { panel, pbx } = await opened();
    pbx.faults.push(says(404, '{"message":"Not found"}'));
    const error = await rejection(panel.inspect(6, { call: ann }));
    expect(error).toMatchObject({ code: 'unclear', kind: 'unclear', status: 404, slot: 6 });
    expect(panel.getSnapshot().slots[5]?.state).toBe('unknown');
  });

  it('reads an answer in the notation of Python', async () => {
    const { panel, pbx } = await talking();
    pbx.faults.push(says(200, `{u'slot': u'6', u'UUID': u'${uuidOf(bob)}'}`));
    expect(await panel.inspect(6)).toMatchObject({ state: 'held', uuid: uuidOf(bob) });
  });

  it('recognises a call by its UUID', async () => {
    const { panel, pbx } = await talking();
    panel.track(event('dial-in', bob, { CallerIDName: 'Bob', CallerIDNum: '+7900' }));
    pbx.park(bob, 6);
    expect(await panel.inspect(6)).toMatchObject({
      call: bob,
      caller: { number: '+7900', name: 'Bob', extension: null },
    });
  });
});

describe('freeSlots', () => {
  it('asks one question', async () => {
    const { panel, pbx } = await talking({}, { slots: 4 });
    pbx.park(bob, 2);
    expect(await panel.freeSlots()).toEqual([1, 3, 4]);
    expect(pbx.taken()).toEqual(['slots']);
    expect(panel.getSnapshot().slots[1]).toMatchObject({ state: 'held', uuid: null });
  });

  it('asks about every slot if the switch has no list of free slots', async () => {
    const { panel, pbx } = await talking({ dialect: { slots: 3, slotRequired: true } });
    pbx.park(bob, 2);
    expect(await panel.freeSlots()).toEqual([1, 3]);
    expect(pbx.taken()).toEqual(['slots 1', 'slots 2', 'slots 3']);
  });

  it('is rejected without a live call to ask with', async () => {
    const { panel } = await opened();
    expect(await rejection(panel.freeSlots())).toMatchObject({ code: 'no-live-call' });
    expect(await panel.freeSlots({ call: ann })).toHaveLength(9);
  });
});

describe('refresh', () => {
  it('asks for the free slots, and then about each of the others', async () => {
    const { panel, pbx } = await talking();
    pbx.park(bob, 2);
    pbx.park(cem, 7);
    const snapshot = await panel.refresh();
    expect(pbx.taken()).toEqual(['slots', 'slots 2', 'slots 7']);
    expect(snapshot).toBe(panel.getSnapshot());
    expect(snapshot.slots.map(({ uuid }) => uuid)).toEqual([
      null,
      uuidOf(bob),
      null,
      null,
      null,
      null,
      uuidOf(cem),
      null,
      null,
    ]);
  });

  it('is shared by two callers at the same time', async () => {
    const { panel, pbx } = await talking();
    const gate = held();
    pbx.faults.push(gate.fault);
    const both = Promise.all([panel.refresh(), panel.refresh()]);
    await settled();
    gate.goOn();
    const [first, second] = await both;
    expect(first).toBe(second);
    expect(pbx.taken()).toEqual(['slots']);
  });

  it('never has more than two questions in flight', async () => {
    const { panel, pbx } = await talking({ dialect: { slots: 6, slotRequired: true } });
    let [now, most] = [0, 0];
    for (let question = 0; question < 6; question += 1) {
      pbx.faults.push(async (carryOut) => {
        most = Math.max(most, (now += 1));
        await settled();
        now -= 1;
        return carryOut();
      });
    }
    await panel.refresh();
    expect(pbx.arrived).toHaveLength(6);
    expect(most).toBe(2);
  });

  it('reports a failed network, and recovers', async () => {
    const { panel, pbx } = await talking();
    pbx.faults.push(lostBefore);
    const error = await rejection(panel.refresh());
    expect(error).toMatchObject({ code: 'unreachable', kind: 'failure', outcome: 'not-done' });
    expect(error.retryable).toBe(true);
    expect(panel.getSnapshot().sync.state).toBe('offline');
    await panel.refresh();
    expect(panel.getSnapshot().sync.state).toBe('idle');
  });

  it('shows in `sync` that it is asking, and when the last answer came', async () => {
    const { panel, pbx, clock } = await talking();
    const gate = held();
    pbx.faults.push(gate.fault);
    const refreshed = panel.refresh();
    expect(panel.getSnapshot().sync).toMatchObject({ state: 'asking', checkedAt: null });
    await clock.forward(700);
    gate.goOn();
    await refreshed;
    expect(panel.getSnapshot().sync).toMatchObject({ state: 'idle', checkedAt: clock.start + 700 });
  });
});

describe('a departure', () => {
  it('has an unknown reason if the call was gone at the next look', async () => {
    const { panel, pbx } = await talking();
    pbx.park(bob, 2);
    await panel.inspect(2);
    pbx.lot.hangup(0, bob);
    await panel.inspect(2);
    expect(panel.getSnapshot().departures).toMatchObject([
      { slot: 2, uuid: uuidOf(bob), reason: 'unknown', mine: false },
    ]);
  });

  it('is kept among the twenty latest', async () => {
    const { panel, pbx } = await talking();
    for (let round = 0; round < 25; round += 1) {
      pbx.park(round % 2 ? bob : cem, 2);
      await panel.inspect(2);
      pbx.bridge(ann, 2);
      await panel.inspect(2);
    }
    expect(panel.getSnapshot().departures).toHaveLength(20);
    expect(panel.getSnapshot().departures[0]).toMatchObject({ uuid: uuidOf(cem) });
  });
});
