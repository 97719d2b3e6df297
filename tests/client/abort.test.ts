// Cancelling a command at every stage. A request that was not sent yet is never sent. A request
// that was sent is followed to its end.

import { describe, expect, it, vi } from 'vitest';
import { ann, bob, opened, rejection, settled, talking, uuidOf } from './host.ts';
import { held, lostAfter, well } from './switch.ts';

describe('an aborted signal', () => {
  it('stops a command before its first question', async () => {
    const { panel, pbx } = await talking();
    const options = { signal: AbortSignal.abort() };
    const cancelled = [
      panel.park(ann, options),
      panel.bridge(ann, options),
      panel.inspect(1, options),
      panel.freeSlots(options),
      panel.refresh(options),
    ];
    for (const command of cancelled) {
      const error = await rejection(command);
      expect(error).toMatchObject({ code: 'aborted', kind: 'invalid', outcome: 'not-done' });
    }
    expect(pbx.arrived).toEqual([]);
  });

  it('stops a command while it checks the slot, and nothing is done', async () => {
    const { panel, pbx } = await opened();
    const gate = held();
    pbx.faults.push(gate.fault);
    const stop = new AbortController();
    const parking = rejection(panel.park(ann, { slot: 5, signal: stop.signal }));
    await settled();
    stop.abort();
    expect(await parking).toMatchObject({ code: 'aborted', outcome: 'not-done' });
    gate.goOn();
    await settled();
    expect(pbx.taken()).toEqual(['slots 5']);
    expect(pbx.waiting()).toEqual({});
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'free', pending: null });
  });

  it('leaves the result unknown while a command is sent; later the snapshot is right', async () => {
    const { panel, pbx } = await opened();
    const gate = held();
    pbx.faults.push(well, gate.fault);
    const stop = new AbortController();
    const parking = rejection(panel.park(ann, { slot: 5, signal: stop.signal }));
    await settled();
    stop.abort();
    expect(await parking).toMatchObject({ code: 'aborted', outcome: 'unknown' });
    expect(panel.getSnapshot().slots[4]).toMatchObject({ pending: 'parking' });
    gate.goOn();
    await settled();
    expect(panel.getSnapshot().slots[4]).toMatchObject({
      ...{ state: 'held', pending: null, confirmed: true, uuid: uuidOf(ann) },
    });
  });

  it('leaves the result unknown while a lost answer is looked up', async () => {
    const { panel, pbx, clock } = await opened();
    pbx.faults.push(well, lostAfter, lostAfter);
    const stop = new AbortController();
    const parking = rejection(panel.park(ann, { slot: 5, signal: stop.signal }));
    await settled();
    stop.abort();
    expect(await parking).toMatchObject({ code: 'aborted', outcome: 'unknown' });
    await clock.forward(2_000);
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', call: ann, pending: null });
    expect(pbx.taken().filter((question) => question.startsWith('park'))).toHaveLength(1);
  });

  it('removes a command that waits for its turn', async () => {
    const { panel, pbx } = await talking();
    const gates = [held(), held()];
    pbx.faults.push(...gates.map(({ fault }) => fault));
    const first = [panel.inspect(1), panel.inspect(2)];
    const stop = new AbortController();
    const parking = rejection(panel.park(ann, { signal: stop.signal }));
    await settled();
    expect(pbx.arrived).toHaveLength(2);
    stop.abort();
    expect(await parking).toMatchObject({ code: 'aborted', outcome: 'not-done' });
    for (const { goOn } of gates) goOn();
    await Promise.all(first);
    await settled();
    expect(pbx.taken()).toEqual(['slots 1', 'slots 2']);
  });

  it('of one caller of `refresh` does not stop the refresh of the others', async () => {
    const { panel, pbx } = await talking();
    pbx.park(bob, 2);
    const stop = new AbortController();
    const one = rejection(panel.refresh({ signal: stop.signal }));
    const other = panel.refresh();
    stop.abort();
    expect(await one).toMatchObject({ code: 'aborted', outcome: 'not-done' });
    expect((await other).slots[1]).toMatchObject({ uuid: uuidOf(bob) });
  });

  it('changes nothing after the command has ended, and its listener is removed', async () => {
    const { panel } = await talking();
    const stop = new AbortController();
    const removed = vi.spyOn(stop.signal, 'removeEventListener');
    await panel.inspect(1, { signal: stop.signal });
    await settled();
    expect(removed).toHaveBeenCalledWith('abort', expect.any(Function));
    const before = panel.getSnapshot();
    stop.abort();
    await settled();
    expect(panel.getSnapshot()).toBe(before);
  });

  it('removes a listener', async () => {
    const { panel } = await talking();
    const stop = new AbortController();
    const hear = vi.fn();
    panel.on('change', hear, { signal: stop.signal });
    panel.on('change', hear, { signal: AbortSignal.abort() });
    await panel.inspect(1);
    await settled();
    const before = hear.mock.calls.length;
    expect(before).toBeGreaterThan(0);
    stop.abort();
    await panel.inspect(2);
    await settled();
    expect(hear).toHaveBeenCalledTimes(before);
  });
});
