// Bridging: check the slot, compare it with what the person saw, bridge, check again.

import { describe, expect, it } from 'vitest';
import { ann, bob, cem, opened, rejection, talking, uuidOf } from './host.ts';
import { doesAndSays, says, well } from './switch.ts';

describe('bridge', () => {
  it('checks the slot, bridges, and checks again', async () => {
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

  it('resolves with null if the switch does not say which call it connected', async () => {
    const { panel, pbx } = await opened();
    pbx.park(bob, 5);
    pbx.faults.push(doesAndSays(204));
    const bridged = await panel.bridge(ann, { choose: 'switch' });
    expect(bridged).toEqual({ slot: null, uuid: null, confirmed: false });
  });

  it('accepts the expected call by its name or its UUID', async () => {
    for (const expect_ of [bob, uuidOf(bob), uuidOf(bob).replaceAll('-', '').toUpperCase()]) {
      const { panel, pbx } = await opened();
      pbx.park(bob, 5);
      const bridged = await panel.bridge(ann, { slot: 5, expect: expect_ });
      expect(bridged).toEqual({ slot: 5, uuid: uuidOf(bob), confirmed: false });
    }
  });

  it('checks with another live call while its own call is not known to be answered', async () => {
    const { panel, pbx } = await talking();
    pbx.park(bob, 5);
    await panel.bridge(ann, { slot: 5 });
    const [check, command] = pbx.arrived.map(({ url }) => url.split('/').at(-1));
    expect(command).toBe(ann);
    expect(check).not.toBe(ann);
  });
});

describe('bridge is rejected', () => {
  it('before it is sent if no call waits in the slot', async () => {
    const { panel, pbx } = await opened();
    const error = await rejection(panel.bridge(ann, { slot: 5 }));
    expect(error).toMatchObject({ code: 'vacant', kind: 'refusal', outcome: 'not-done', slot: 5 });
    expect(pbx.taken()).toEqual(['slots 5']);
  });

  it('before it is sent if the waiting call is not the one that the person saw', async () => {
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

  it('before it is sent if the waiting call is not the expected one', async () => {
    const { panel, pbx } = await opened();
    pbx.park(bob, 5);
    const error = await rejection(panel.bridge(ann, { slot: 5, expect: cem }));
    expect(error).toMatchObject({ code: 'different-call', outcome: 'not-done' });
    expect(pbx.waiting()).toEqual({ 5: bob });
  });

  it('if the call would be connected with itself', async () => {
    const { panel, pbx } = await opened();
    pbx.park(ann, 5);
    const error = await rejection(panel.bridge(ann, { slot: 5 }));
    expect(error).toMatchObject({ code: 'same-call', kind: 'refusal', outcome: 'not-done' });
    expect(pbx.taken()).toEqual(['slots 5']);
  });

  it('if no call waits in any slot', async () => {
    const { panel } = await opened();
    const error = await rejection(panel.bridge(ann));
    expect(error).toMatchObject({ code: 'nobody-waiting', kind: 'refusal', outcome: 'not-done' });
    expect(panel.getSnapshot().slots.every(({ state }) => state === 'free')).toBe(true);
  });

  it('if another desk was faster', async () => {
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

  it('as not done if the check gets an answer that makes no sense', async () => {
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

  it('as not done if the switch fails at the check', async () => {
    const { panel, pbx } = await opened();
    pbx.park(bob, 5);
    pbx.faults.push(says(502, 'Bad Gateway'));
    const error = await rejection(panel.bridge(ann, { slot: 5 }));
    expect(error).toMatchObject({ code: 'server-error', kind: 'failure', outcome: 'not-done' });
    expect(error).toMatchObject({ status: 502, retryable: true });
    expect(panel.getSnapshot().sync.state).toBe('offline');
  });
});
