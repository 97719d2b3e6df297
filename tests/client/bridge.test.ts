// Bridging: look, compare with what the person saw, bridge, look again.

import { describe, expect, it } from 'vitest';
import { ann, bob, cem, opened, rejection, talking, uuidOf } from './host.ts';
import { doesAndSays, says, well } from './switch.ts';

describe('bridge', () => {
  it('looks, bridges and looks again', async () => {
    const { panel, pbx, clock } = await opened({ confirm: 'auto' });
    pbx.park(bob, 5);
    const bridging = panel.bridge(ann, { slot: 5 });
    await clock.forward(100);
    expect(await bridging).toEqual({ slot: 5, uuid: uuidOf(bob), confirmed: true });
    expect(pbx.arrived.map(({ url, body }) => [url.split('/').at(-1), body])).toEqual([
      [ann, '{"action":"slots","slot":"5"}'],
      [ann, '{"action":"bridge","slot":"5"}'],
      [ann, '{"action":"slots","slot":"5"}'],
    ]);
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'free', pending: null });
    expect(panel.getSnapshot().departures).toMatchObject([
      { slot: 5, uuid: uuidOf(bob), reason: 'bridged', mine: false },
    ]);
  });

  it('leaves the choice to the switch on request', async () => {
    const { panel, pbx } = await opened();
    pbx.park(bob, 5);
    const bridged = await panel.bridge(ann, { choose: 'switch' });
    expect(bridged).toEqual({ slot: 5, uuid: uuidOf(bob), confirmed: false });
    expect(pbx.arrived[0]?.body).toBe('{"action":"bridge"}');
  });

  it('says so where the switch does not tell who it was', async () => {
    const { panel, pbx } = await opened();
    pbx.park(bob, 5);
    pbx.faults.push(doesAndSays(204));
    const bridged = await panel.bridge(ann, { choose: 'switch' });
    expect(bridged).toEqual({ slot: null, uuid: null, confirmed: false });
  });

  it('takes the expected call by either of its names', async () => {
    for (const expect_ of [bob, uuidOf(bob), uuidOf(bob).replaceAll('-', '').toUpperCase()]) {
      const { panel, pbx } = await opened();
      pbx.park(bob, 5);
      const bridged = await panel.bridge(ann, { slot: 5, expect: expect_ });
      expect(bridged).toEqual({ slot: 5, uuid: uuidOf(bob), confirmed: false });
    }
  });

  it('asks with another live call while its own is not known to be up', async () => {
    const { panel, pbx } = await talking();
    pbx.park(bob, 5);
    await panel.bridge(ann, { slot: 5 });
    const [look, act] = pbx.arrived.map(({ url }) => url.split('/').at(-1));
    expect(act).toBe(ann);
    expect(look).not.toBe(ann);
  });
});

describe('bridge is refused', () => {
  it('without having been sent if nobody waits there', async () => {
    const { panel, pbx } = await opened();
    const error = await rejection(panel.bridge(ann, { slot: 5 }));
    expect(error).toMatchObject({ code: 'vacant', kind: 'refusal', outcome: 'not-done', slot: 5 });
    expect(pbx.taken()).toEqual(['slots 5']);
  });

  it('without having been sent if another call waits there than the person saw', async () => {
    const { panel, pbx } = await talking();
    pbx.park(bob, 5);
    await panel.inspect(5);
    pbx.bridge(cem, 5);
    pbx.park(cem, 5);
    pbx.taken();
    const error = await rejection(panel.bridge(ann, { slot: 5 }));
    expect(error).toMatchObject({ code: 'different-call', kind: 'refusal', outcome: 'not-done' });
    expect(error.slot).toBe(5);
    expect(pbx.taken()).toEqual(['slots 5']);
    expect(pbx.waiting()).toEqual({ 5: cem });
  });

  it('without having been sent if another call is expected', async () => {
    const { panel, pbx } = await opened();
    pbx.park(bob, 5);
    const error = await rejection(panel.bridge(ann, { slot: 5, expect: cem }));
    expect(error).toMatchObject({ code: 'different-call', outcome: 'not-done' });
    expect(pbx.waiting()).toEqual({ 5: bob });
  });

  it('with itself', async () => {
    const { panel, pbx } = await opened();
    pbx.park(ann, 5);
    const error = await rejection(panel.bridge(ann, { slot: 5 }));
    expect(error).toMatchObject({ code: 'same-call', kind: 'refusal', outcome: 'not-done' });
    expect(pbx.taken()).toEqual(['slots 5']);
  });

  it('if nobody waits anywhere', async () => {
    const { panel } = await opened();
    const error = await rejection(panel.bridge(ann));
    expect(error).toMatchObject({ code: 'nobody-waiting', kind: 'refusal', outcome: 'not-done' });
    expect(panel.getSnapshot().slots.every(({ state }) => state === 'free')).toBe(true);
  });

  it('if somebody else was faster', async () => {
    const { panel, pbx } = await opened();
    pbx.park(bob, 5);
    pbx.faults.push(well, (carryOut) => {
      pbx.bridge(cem, 5);
      return carryOut();
    });
    const error = await rejection(panel.bridge(ann, { slot: 5 }));
    expect(error).toMatchObject({ code: 'vacant', kind: 'refusal', outcome: 'not-done' });
    expect(panel.getSnapshot().slots[4]?.state).toBe('free');
  });

  it('where the look makes no sense: nothing was done', async () => {
    const { panel, pbx } = await opened();
    pbx.park(bob, 5);
    pbx.faults.push(says(200, '<html>'));
    const error = await rejection(panel.bridge(ann, { slot: 5 }));
    expect(error).toMatchObject({
      code: 'unclear',
      kind: 'unclear',
      outcome: 'not-done',
      status: 200,
    });
    expect(pbx.waiting()).toEqual({ 5: bob });
  });

  it('where the switch fails at the look: nothing was done', async () => {
    const { panel, pbx } = await opened();
    pbx.park(bob, 5);
    pbx.faults.push(says(502, 'Bad Gateway'));
    const error = await rejection(panel.bridge(ann, { slot: 5 }));
    expect(error).toMatchObject({ code: 'server-error', kind: 'failure', outcome: 'not-done' });
    expect(error).toMatchObject({ status: 502, retryable: true });
    expect(panel.getSnapshot().sync.state).toBe('offline');
  });
});
