// The answer to a park or a bridge is lost. The client never sends the command again, but asks
// whether it was carried out.

import { describe, expect, it } from 'vitest';
import { ann, bob, cem, opened, rejection, settled, talking, uuidOf, type World } from './host.ts';
import { held, lostAfter, lostBefore, says, silent, silentAfter, well } from './switch.ts';

/** Returns the commands that were sent since the last call, without the questions. */
function commands({ pbx }: World): string[] {
  return pbx.taken().filter((question) => !question.startsWith('slots'));
}

describe('a park whose answer is lost', () => {
  it('resolves if the call waits in the slot', async () => {
    const world = await opened();
    world.pbx.faults.push(well, lostAfter);
    const parked = await world.panel.park(ann, { slot: 5 });
    expect(parked).toMatchObject({ slot: 5, uuid: uuidOf(ann) });
    expect(commands(world)).toEqual(['park 5']);
    expect(world.panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', pending: null });
  });

  it('is found in the slot that the switch chose', async () => {
    const world = await talking();
    world.pbx.park(bob, 1);
    world.pbx.faults.push(lostAfter);
    await expect(world.panel.park(ann)).resolves.toMatchObject({ slot: 2 });
    expect(commands(world)).toEqual(['park']);
  });

  it('was not done if the slot is empty at two looks, with a pause between them', async () => {
    const world = await opened();
    const { panel, pbx, clock } = world;
    pbx.faults.push(well, lostBefore);
    const parking = rejection(panel.park(ann, { slot: 5 }));
    await settled();
    expect(pbx.arrived.map(({ body }) => body.includes('park'))).toEqual([false, true, false]);
    await clock.forward(1_999);
    expect(pbx.arrived).toHaveLength(3);
    await clock.forward(1);
    expect(pbx.arrived).toHaveLength(4);
    const error = await parking;
    expect(error).toMatchObject({ code: 'unreachable', kind: 'failure', outcome: 'not-done' });
    expect(error).toMatchObject({ retryable: true });
    expect(commands(world)).toEqual(['park 5']);
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'free', pending: null });
  });

  it('was not done if another call waits in the slot', async () => {
    const world = await opened();
    world.pbx.faults.push(well, () => {
      world.pbx.park(bob, 5);
      throw new TypeError('fetch failed');
    });
    const error = await rejection(world.panel.park(ann, { slot: 5 }));
    expect(error).toMatchObject({ code: 'unreachable', outcome: 'not-done' });
    expect(world.panel.getSnapshot().slots[4]).toMatchObject({ uuid: uuidOf(bob) });
  });

  it('has an unknown outcome while the network is down', async () => {
    const world = await opened();
    const { panel, pbx, clock } = world;
    pbx.faults.push(well, ...Array<typeof lostAfter>(9).fill(lostAfter));
    const parking = rejection(panel.park(ann, { slot: 5 }));
    await clock.forward(60_000);
    expect(await parking).toMatchObject({
      code: 'unreachable',
      outcome: 'unknown',
      retryable: false,
    });
    expect(commands(world)).toEqual(['park 5']);
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'unknown', pending: null });
  });

  it('is looked up after a timeout', async () => {
    const world = await opened();
    const { panel, pbx, clock } = world;
    pbx.faults.push(well, silentAfter);
    const parking = panel.park(ann, { slot: 5 });
    await clock.forward(9_999);
    expect(panel.getSnapshot().slots[4]).toMatchObject({ pending: 'parking', confirmed: false });
    await clock.forward(1);
    await expect(parking).resolves.toMatchObject({ slot: 5 });
    expect(commands(world)).toEqual(['park 5']);
  });

  it.each([500, 502, 200, 302])('is looked up after a senseless answer: %i', async (status) => {
    const world = await opened();
    world.pbx.faults.push(well, (carryOut, signal) => {
      carryOut();
      return says(status, '<html>oops</html>')(carryOut, signal);
    });
    await expect(world.panel.park(ann, { slot: 5 })).resolves.toMatchObject({ slot: 5 });
    expect(commands(world)).toEqual(['park 5']);
  });
});

describe('a bridge whose answer is lost', () => {
  it('has an unknown outcome if the slot is empty', async () => {
    const world = await opened();
    world.pbx.park(bob, 5);
    world.pbx.faults.push(well, lostAfter);
    const error = await rejection(world.panel.bridge(ann, { slot: 5 }));
    expect(error).toMatchObject({ code: 'unreachable', outcome: 'unknown', retryable: false });
    expect(commands(world)).toEqual(['bridge 5']);
  });

  it('was not done if the call still waits in the slot at the second look', async () => {
    const world = await opened();
    world.pbx.park(bob, 5);
    world.pbx.faults.push(well, lostBefore);
    const bridging = rejection(world.panel.bridge(ann, { slot: 5 }));
    await world.clock.forward(2_000);
    expect(await bridging).toMatchObject({ code: 'unreachable', outcome: 'not-done' });
    expect(commands(world)).toEqual(['bridge 5']);
    expect(world.panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', pending: null });
  });

  it('was not done if the asker waits in the slot, because it was parked', async () => {
    const world = await talking();
    world.pbx.park(bob, 5);
    world.pbx.faults.push(well, () => {
      world.pbx.lot.hangup(world.clock.now(), bob);
      world.pbx.park(ann, 5, '34414');
      throw new TypeError('fetch failed');
    });
    const error = await rejection(world.panel.bridge(ann, { slot: 5 }));
    expect(error).toMatchObject({ code: 'asker-parked', outcome: 'not-done', slot: 5 });
    expect(world.panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', mine: true });
    expect(commands(world)).toEqual(['bridge 5']);
  });

  it('is neither looked up nor repeated if the switch chose the call', async () => {
    const world = await opened();
    world.pbx.park(bob, 5);
    world.pbx.faults.push(silentAfter);
    const bridging = rejection(world.panel.bridge(ann, { choose: 'switch' }));
    await world.clock.forward(60_000);
    expect(await bridging).toMatchObject({ code: 'timed-out', outcome: 'unknown' });
    expect(commands(world)).toEqual(['bridge']);
  });

  it('stays pending until the outcome is known', async () => {
    const { panel, pbx, clock } = await opened();
    pbx.park(bob, 5);
    pbx.faults.push(well, silent);
    const bridging = rejection(panel.bridge(ann, { slot: 5 }));
    await settled();
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', pending: 'bridging' });
    await clock.forward(20_000);
    await bridging;
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', pending: null });
  });
});

describe('timeouts', () => {
  it('are for one request each, and as long as the options say', async () => {
    const { panel, pbx, clock } = await talking({ timeoutMs: 300 });
    pbx.faults.push(silent);
    const refreshing = rejection(panel.refresh());
    let isOver = false;
    void refreshing.then(() => (isOver = true));
    await clock.forward(299);
    expect(isOver).toBe(false);
    await clock.forward(1);
    const error = await refreshing;
    expect(error).toMatchObject({ code: 'timed-out', kind: 'failure' });
    expect(error.message).toBe('no answer within 300 ms');
    expect(panel.getSnapshot().sync.state).toBe('offline');
  });

  it('end even if `fetch` ignores its signal', async () => {
    const { panel, pbx, clock } = await talking();
    pbx.faults.push(() => new Promise<never>(() => {}));
    const refreshing = rejection(panel.refresh());
    await clock.forward(10_000);
    expect(await refreshing).toMatchObject({ code: 'timed-out' });
  });

  it('include `headers` and the body of the answer', async () => {
    const stuck = (): Response => {
      const body = new ReadableStream<Uint8Array>({
        start: (sink) => sink.enqueue(new Uint8Array(1)),
      });
      return new Response(body);
    };
    const { panel, pbx, clock } = await talking();
    pbx.faults.push(stuck);
    const refreshing = rejection(panel.refresh());
    await clock.forward(10_000);
    expect(await refreshing).toMatchObject({ code: 'timed-out' });

    const mute = await talking({ headers: () => new Promise<never>(() => {}) });
    const asking = rejection(mute.panel.refresh());
    await mute.clock.forward(10_000);
    expect(await asking).toMatchObject({ code: 'timed-out' });
    expect(mute.pbx.arrived).toEqual([]);
  });

  it('leave no timer behind', async () => {
    const { panel, pbx, clock } = await talking();
    await panel.refresh();
    pbx.faults.push(lostBefore);
    await rejection(panel.refresh());
    // A slot stays confirmed for five seconds. A timeout takes longer.
    await clock.forward(5_000);
    expect(clock.waiting).toBe(0);
  });

  it('make a late answer change nothing', async () => {
    const { panel, pbx, clock } = await talking();
    pbx.park(cem, 5);
    let answer = (): void => {};
    pbx.faults.push((carryOut) => new Promise((resolve) => (answer = () => resolve(carryOut()))));
    const inspecting = rejection(panel.inspect(5));
    await clock.forward(10_000);
    await inspecting;
    const before = panel.getSnapshot();
    answer();
    await settled();
    expect(panel.getSnapshot()).toBe(before);
  });
});

it('an answer that arrived during a sleep counts as lost, even before its timer runs', async () => {
  const { panel, pbx, clock } = await talking();
  const late = held();
  pbx.faults.push(late.fault);
  const asking = rejection(panel.inspect(5));
  await settled();
  clock.jump(60_000);
  late.goOn();
  expect(await asking).toMatchObject({ code: 'timed-out', outcome: 'not-done' });
  expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'unknown', checkedAt: null });
});
