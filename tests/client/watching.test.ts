// Asking in the background, within the budget, while the panel has a subscriber on a visible page.

import { describe, expect, it } from 'vitest';
import { ann, bob, cem, dan, event, opened, settled, talking, uuidOf } from './host.ts';
import { FakePage } from './page.ts';
import { says, well } from './switch.ts';

const hour = 3_600_000;

describe('watching', () => {
  it('sends no request without a subscriber', async () => {
    const { clock, pbx, panel } = await talking();
    panel.on('trouble', () => {});
    await clock.forward(hour);
    expect(pbx.taken()).toEqual([]);
    expect(panel.getSnapshot().sync).toMatchObject({ state: 'idle', nextAskAt: null });
  });

  it('stays below 720 requests an hour, and ends with the last subscriber', async () => {
    const { clock, pbx, panel } = await talking();
    pbx.park(bob, 6);
    const stops = [panel.subscribe(() => {}), panel.on('parked', () => {})];
    await clock.forward(hour);
    const asked = pbx.taken().length;
    expect(asked).toBeGreaterThan(400);
    expect(asked).toBeLessThanOrEqual(720);
    stops[0]?.();
    await clock.forward(60_000);
    expect(pbx.taken()).not.toEqual([]);
    stops[1]?.();
    await clock.forward(hour);
    expect(pbx.taken()).toEqual([]);
  });

  it('shows what other desks do', async () => {
    const { clock, pbx, panel } = await talking();
    panel.subscribe(() => {});
    await clock.forward(1_000);
    pbx.park(bob, 6);
    await clock.forward(6_000);
    expect(panel.getSnapshot().slots[5]).toMatchObject({ state: 'held', uuid: uuidOf(bob) });
    pbx.bridge(cem, 6);
    await clock.forward(6_000);
    expect(panel.getSnapshot().slots[5]).toMatchObject({ state: 'free' });
    expect(panel.getSnapshot().departures[0]).toMatchObject({ slot: 6, reason: 'unknown' });
  });

  it('is off with the option `asking: off`', async () => {
    const { clock, pbx, panel } = await talking({ asking: 'off' });
    panel.subscribe(() => {});
    await clock.forward(hour);
    expect(pbx.taken()).toEqual([]);
  });

  it('has the state `blind` without a live call', async () => {
    const { clock, pbx, panel } = await opened();
    panel.subscribe(() => {});
    await clock.forward(hour);
    expect(pbx.taken()).toEqual([]);
    expect(panel.getSnapshot().sync).toMatchObject({ state: 'blind', nextAskAt: null });
    panel.track(event('answer', dan));
    await settled();
    expect(pbx.taken()).toEqual(['slots']);
    expect(panel.getSnapshot().sync.state).toBe('asking');
  });

  it('asks with a parked call if the options allow it', async () => {
    const { clock, pbx, panel } = await opened({ askWithParked: true });
    panel.track(event('answer', ann));
    panel.subscribe(() => {});
    await panel.park(ann, { slot: 6 });
    panel.track(event('hangup', ann));
    pbx.taken();
    await clock.forward(20_000);
    expect(pbx.taken().length).toBeGreaterThan(2);
  });

  it('stops after a 429 until the hour is over, with the state `limited`', async () => {
    const { clock, pbx, panel } = await talking();
    pbx.faults.push(says(429, '{"message":"rate_limit_exceeded"}', { 'X-RateLimit-Reset': '900' }));
    panel.subscribe(() => {});
    await settled();
    expect(panel.getSnapshot().sync).toMatchObject({
      state: 'limited',
      nextAskAt: clock.start + 900_000,
    });
    pbx.taken();
    await clock.forward(899_000);
    expect(pbx.taken()).toEqual([]);
    await clock.forward(1_000);
    expect(pbx.taken()).not.toEqual([]);
    expect(panel.getSnapshot().sync.state).toBe('asking');
  });

  it('waits longer after each failure, reports one, and recovers', async () => {
    const { clock, pbx, panel } = await talking();
    const troubles: string[] = [];
    panel.on('trouble', ({ code }) => troubles.push(code));
    pbx.faults.push(...Array.from({ length: 200 }, () => says(503)));
    panel.subscribe(() => {});
    await clock.forward(600_000);
    const asked = pbx.taken().length;
    expect(asked).toBeGreaterThan(8);
    expect(asked).toBeLessThan(40);
    expect(troubles).toEqual(['server-error']);
    expect(panel.getSnapshot().sync.state).toBe('offline');
    pbx.faults.length = 0;
    await clock.forward(60_000);
    expect(panel.getSnapshot().sync.state).toBe('asking');
    expect(panel.getSnapshot().slots[0]?.state).toBe('free');
  });

  it.each([
    ['that make no sense', says(200, '<html>')],
    ['that refuse the question', says(400, '{"message":"why not"}')],
    ['that forbid it', says(403)],
    ['that demand another token', says(401)],
    ['that report a failure', says(503)],
  ])('confirms nothing by answers %s', async (_, fault) => {
    const { clock, pbx, panel } = await talking();
    pbx.park(bob, 6);
    panel.subscribe(() => {});
    await clock.forward(7_000);
    expect(panel.getSnapshot().slots.every(({ confirmed }) => confirmed)).toBe(true);
    pbx.always = () => fault;
    pbx.bridge(cem, 6);
    await clock.forward(60_000);
    const { slots } = panel.getSnapshot();
    expect(slots[5]).toMatchObject({ state: 'held', uuid: uuidOf(bob) });
    expect(slots.filter(({ confirmed }) => confirmed).map(({ slot }) => slot)).toEqual([]);
    pbx.always = () => well;
    await clock.forward(120_000);
    expect(panel.getSnapshot().slots[5]).toMatchObject({ state: 'free', confirmed: true });
  });

  it('pauses while the page is hidden, and asks at once when it is shown', async () => {
    const page = new FakePage();
    const { clock, pbx, panel } = await talking({ tabs: 'solo' });
    panel.subscribe(() => {});
    await clock.forward(10_000);
    page.hidden = true;
    pbx.taken();
    pbx.park(bob, 6);
    await clock.forward(300_000);
    expect(pbx.taken()).toEqual([]);
    pbx.park(cem, 3);
    page.hidden = false;
    await settled();
    expect(panel.getSnapshot().slots[2]).toMatchObject({ state: 'held', uuid: uuidOf(cem) });
    expect(panel.getSnapshot().slots[5]?.state).toBe('free');
  });

  it('asks at once after a sleep', async () => {
    const page = new FakePage();
    const { clock, pbx, panel } = await talking({ tabs: 'solo' });
    panel.subscribe(() => {});
    await clock.forward(10_000);
    clock.jump(hour);
    pbx.park(bob, 6);
    page.fire('resume');
    await settled();
    expect(panel.getSnapshot().slots[5]).toMatchObject({ state: 'held', uuid: uuidOf(bob) });
  });

  it('shows the lot of a restarted switch', async () => {
    const { clock, pbx, panel } = await talking();
    for (const slot of [1, 2, 3]) pbx.park(`1-${slot}`, slot);
    panel.subscribe(() => {});
    await clock.forward(7_000);
    expect(panel.getSnapshot().slots.filter(({ state }) => state === 'held')).toHaveLength(3);
    for (const slot of [1, 2, 3]) pbx.lot.hangup(clock.now(), `1-${slot}`);
    await clock.forward(7_000);
    expect(panel.getSnapshot().slots.every(({ state }) => state === 'free')).toBe(true);
    expect(panel.getSnapshot().departures).toHaveLength(3);
  });
});
