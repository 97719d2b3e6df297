// The end of a panel. It ends once, stops everything, and rejects later calls.

import { describe, expect, it, vi } from 'vitest';
import { ann, event, opened, rejection, settled, talking } from './host.ts';
import { silent, well } from './switch.ts';

describe('dispose', () => {
  it('rejects running commands, with an unknown outcome', async () => {
    const { panel, pbx } = await talking();
    pbx.faults.push(well, silent, silent);
    const commands = [panel.park(ann, { slot: 5 }), panel.refresh(), panel.inspect(3)];
    const ends = commands.map((command) => rejection(command));
    await settled();
    panel.dispose();
    for (const end of ends) {
      expect(await end).toMatchObject({ code: 'disposed', kind: 'invalid', outcome: 'unknown' });
    }
  });

  it('aborts requests and timers', async () => {
    const { panel, pbx, clock } = await talking();
    await panel.park(ann, { slot: 5 });
    const gone = vi.fn();
    pbx.faults.push((carryOut, signal) => {
      signal?.addEventListener('abort', gone);
      return silent(carryOut, signal);
    });
    const refreshing = rejection(panel.refresh());
    await settled();
    expect(clock.waiting).toBe(2);
    panel.dispose();
    expect(gone).toHaveBeenCalled();
    await refreshing;
    await settled();
    expect(clock.waiting).toBe(0);
  });

  it('rejects later commands, which were not done', async () => {
    const { panel, pbx } = await talking();
    panel.dispose();
    const commands = [
      panel.park(ann),
      panel.bridge(ann),
      panel.inspect(1),
      panel.freeSlots(),
      panel.refresh(),
    ];
    for (const command of commands) {
      const error = await rejection(command);
      expect(error).toMatchObject({ code: 'disposed', kind: 'invalid', outcome: 'not-done' });
      expect(error.message).toBe('this ValetPark is disposed; open another one');
    }
    const disposed = expect.objectContaining({ code: 'disposed', kind: 'invalid' }) as Error;
    expect(() => panel.track(event('answer', ann))).toThrow(disposed);
    expect(() => panel.whereIs(ann)).toThrow(disposed);
    expect(pbx.arrived).toEqual([]);
  });

  it('keeps the last snapshot, with the state `closed`', async () => {
    const { panel, clock } = await talking();
    await panel.park(ann, { slot: 5 });
    const last = panel.getSnapshot();
    panel.dispose();
    const closed = panel.getSnapshot();
    expect(closed).toMatchObject({ sync: { state: 'closed' }, slots: last.slots });
    expect(closed.slots).toBe(last.slots);
    expect(closed.revision).toBe(last.revision + 1);
    expect([closed, closed.sync].every(Object.isFrozen)).toBe(true);
    expect(panel.getSnapshot()).toBe(closed);
    expect(panel.remaining(5)).toBe(180_000);
    await clock.forward(300_000);
    expect(panel.getSnapshot()).toBe(closed);
  });

  it('is reported once, and may be called again', async () => {
    const { panel } = await talking();
    await settled();
    const changed = vi.fn();
    panel.subscribe(changed);
    panel.dispose();
    panel.dispose();
    panel[Symbol.dispose]();
    await settled();
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('is called by `using`, too', async () => {
    const { panel } = await opened();
    {
      using scoped = panel;
      expect(scoped.getSnapshot().sync.state).toBe('idle');
    }
    expect(panel.getSnapshot().sync.state).toBe('closed');
  });

  it('accepts later listeners, and never calls them', async () => {
    const { panel } = await opened();
    panel.dispose();
    await settled();
    const hear = vi.fn();
    panel.subscribe(hear)();
    panel.on('change', hear)();
    await settled();
    expect(hear).not.toHaveBeenCalled();
  });
});
