// A park or a bridge whose answer is lost is never sent again: what became of it is asked.

import { describe, expect, it } from 'vitest';
import { ann, bob, cem, opened, rejection, settled, talking, uuidOf, type World } from './host.ts';
import { held, lostAfter, lostBefore, says, silent, silentAfter, well } from './switch.ts';

/** How often the switch was asked to do something, and not merely to tell. */
function acts({ pbx }: World): string[] {
  return pbx.taken().filter((question) => !question.startsWith('slots'));
}

describe('a park whose answer is lost', () => {
  it('succeeds if the call turns out to wait there', async () => {
    const world = await opened();
    world.pbx.faults.push(well, lostAfter);
    const parked = await world.panel.park(ann, { slot: 5 });
    expect(parked).toMatchObject({ slot: 5, uuid: uuidOf(ann) });
    expect(acts(world)).toEqual(['park 5']);
    expect(world.panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', pending: null });
  });

  it('is found wherever the switch has put it', async () => {
    const world = await talking();
    world.pbx.park(bob, 1);
    world.pbx.faults.push(lostAfter);
    await expect(world.panel.park(ann)).resolves.toMatchObject({ slot: 2 });
    expect(acts(world)).toEqual(['park']);
  });

  it('was not done if the slot stays empty; that is asked twice, with a pause', async () => {
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
    expect(acts(world)).toEqual(['park 5']);
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'free', pending: null });
  });

  it('was not done if another call waits there', async () => {
    const world = await opened();
    world.pbx.faults.push(well, () => {
      world.pbx.park(bob, 5);
      throw new TypeError('fetch failed');
    });
    const error = await rejection(world.panel.park(ann, { slot: 5 }));
    expect(error).toMatchObject({ code: 'unreachable', outcome: 'not-done' });
    expect(world.panel.getSnapshot().slots[4]).toMatchObject({ uuid: uuidOf(bob) });
  });

  it('may have been done for all that is known while the network stays away', async () => {
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
    expect(acts(world)).toEqual(['park 5']);
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'unknown', pending: null });
  });

  it('is concluded when it took too long', async () => {
    const world = await opened();
    const { panel, pbx, clock } = world;
    pbx.faults.push(well, silentAfter);
    const parking = panel.park(ann, { slot: 5 });
    await clock.forward(9_999);
    expect(panel.getSnapshot().slots[4]).toMatchObject({ pending: 'parking', confirmed: false });
    await clock.forward(1);
    await expect(parking).resolves.toMatchObject({ slot: 5 });
    expect(acts(world)).toEqual(['park 5']);
  });

  it.each([500, 502, 200, 302])('is concluded when the answer was nonsense: %i', async (status) => {
    const world = await opened();
    world.pbx.faults.push(well, (carryOut, signal) => {
      carryOut();
      return says(status, '<html>oops</html>')(carryOut, signal);
    });
    await expect(world.panel.park(ann, { slot: 5 })).resolves.toMatchObject({ slot: 5 });
    expect(acts(world)).toEqual(['park 5']);
  });
});

describe('a bridge whose answer is lost', () => {
  it('may have been done if the slot is empty: nobody says who took the call', async () => {
    const world = await opened();
    world.pbx.park(bob, 5);
    world.pbx.faults.push(well, lostAfter);
    const error = await rejection(world.panel.bridge(ann, { slot: 5 }));
    expect(error).toMatchObject({ code: 'unreachable', outcome: 'unknown', retryable: false });
    expect(acts(world)).toEqual(['bridge 5']);
  });

  it('was not done if the call still waits there at the second look', async () => {
    const world = await opened();
    world.pbx.park(bob, 5);
    world.pbx.faults.push(well, lostBefore);
    const bridging = rejection(world.panel.bridge(ann, { slot: 5 }));
    await world.clock.forward(2_000);
    expect(await bridging).toMatchObject({ code: 'unreachable', outcome: 'not-done' });
    expect(acts(world)).toEqual(['bridge 5']);
    expect(world.panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', pending: null });
  });

  it('was not done if the asker itself waits there: it was parked', async () => {
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
    expect(acts(world)).toEqual(['bridge 5']);
  });

  it('with a call that the switch chooses is not concluded at all, and not repeated', async () => {
    const world = await opened();
    world.pbx.park(bob, 5);
    world.pbx.faults.push(silentAfter);
    const bridging = rejection(world.panel.bridge(ann, { choose: 'switch' }));
    await world.clock.forward(60_000);
    expect(await bridging).toMatchObject({ code: 'timed-out', outcome: 'unknown' });
    expect(acts(world)).toEqual(['bridge']);
  });

  it('shows what is under way until that is known', async () => {
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
  it('are of one request each, and as long as they are set', async () => {
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

  it('do not wait for a fetch that does not care for signals', async () => {
    const { panel, pbx, clock } = await talking();
    pbx.faults.push(() => new Promise<never>(() => {}));
    const refreshing = rejection(panel.refresh());
    await clock.forward(10_000);
    expect(await refreshing).toMatchObject({ code: 'timed-out' });
  });

  it('hold for the whole of an answer, its body and the headers to ask with', async () => {
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

  it('let an answer that comes too late change nothing', async () => {
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

it('an answer that was slept through is as good as lost, whatever the timer says', async () => {
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
