// The check after a park or a bridge. A command resolves only if the slot shows its effect.

import { describe, expect, it } from 'vitest';
import { trapNext } from '../wasm/instance.ts';
import {
  askers,
  claimsBridged,
  claimsParked,
  confirming,
  parksTheAsker,
  THREE_CHECKS,
} from './claims.ts';
import { ann, bob, cem, dan, event, opened, rejection, settled, talking, uuidOf } from './host.ts';
import { after, claims, type Fault, lostBefore, says, silent, well } from './switch.ts';

describe('a park', () => {
  it('is checked once, 50 ms after the answer of the switch', async () => {
    const world = await confirming();
    const { panel, pbx, clock } = world;
    const parking = panel.park(ann, { slot: 5 });
    await clock.forward(49);
    expect(pbx.taken()).toEqual(['slots 5', 'park 5']);
    await clock.forward(1);
    expect(askers(world)).toEqual([dan]);
    expect(pbx.taken()).toEqual(['slots 5']);
    const returnsAt = clock.start + 180_000;
    expect(await parking).toEqual({ slot: 5, uuid: uuidOf(ann), returnsAt, confirmed: true });
    const view = panel.getSnapshot().slots[4];
    expect(view).toMatchObject({ state: 'held', uuid: uuidOf(ann), mine: true, confirmed: true });
    await clock.forward(60_000);
    expect(pbx.taken()).toEqual([]);
  });

  it('without a slot is checked in the slot that the switch chose', async () => {
    const { panel, pbx, clock } = await confirming();
    pbx.park(bob, 1);
    const parking = panel.park(ann);
    await clock.forward(50);
    expect(await parking).toMatchObject({ slot: 2, confirmed: true });
    expect(pbx.taken()).toEqual(['park', 'slots 2']);
  });

  it('rejects with `not-there` if three checks find the slot empty', async () => {
    const { panel, pbx, clock } = await confirming();
    pbx.faults.push(well, claimsParked());
    const parking = rejection(panel.park(ann, { slot: 5 }));
    const asked: number[] = [];
    for (const ms of [50, 299, 1, 999, 1]) {
      await clock.forward(ms);
      asked.push(pbx.arrived.length);
    }
    expect(asked).toEqual([3, 3, 4, 4, 5]);
    expect(pbx.taken()).toEqual(['slots 5', 'park 5', 'slots 5', 'slots 5', 'slots 5']);
    const error = await parking;
    expect(error).toMatchObject({ code: 'not-there', kind: 'unclear', outcome: 'unknown' });
    expect(error).toMatchObject({ slot: 5, retryable: false });
    expect(panel.getSnapshot().slots[4]).toMatchObject({
      ...{ state: 'free', uuid: null, pending: null, confirmed: true },
    });
  });

  it('rejects with `not-there` if another call waits in the slot', async () => {
    const { panel, pbx, clock } = await confirming();
    pbx.faults.push(
      well,
      claimsParked(() => pbx.park(bob, 5)),
    );
    const parking = rejection(panel.park(ann, { slot: 5 }));
    await clock.forward(THREE_CHECKS);
    expect(await parking).toMatchObject({ code: 'not-there', outcome: 'unknown', slot: 5 });
    const view = panel.getSnapshot().slots[4];
    expect(view).toMatchObject({ state: 'held', uuid: uuidOf(bob), mine: false, confirmed: true });
  });

  it('resolves if a later check shows the call', async () => {
    const { panel, pbx, clock } = await confirming();
    const late = after(() => pbx.park(ann, 5, '34414'));
    pbx.faults.push(well, claimsParked(), well, late);
    const parking = panel.park(ann, { slot: 5 });
    await clock.forward(400);
    expect(await parking).toMatchObject({ slot: 5, confirmed: true });
    expect(pbx.taken()).toEqual(['slots 5', 'park 5', 'slots 5', 'slots 5']);
  });

  it('is not checked if the options say so', async () => {
    const { panel, pbx, clock } = await talking({ confirm: 'never' });
    expect(await panel.park(ann, { slot: 5 })).toMatchObject({ slot: 5, confirmed: false });
    await clock.forward(60_000);
    expect(pbx.taken()).toEqual(['slots 5', 'park 5']);
  });

  it('is checked with the parked call itself if no other call is live', async () => {
    const world = await opened({ confirm: 'auto', askWithParked: 'auto' });
    const parking = world.panel.park(ann, { slot: 5 });
    await world.clock.forward(50);
    expect(await parking).toMatchObject({ slot: 5, confirmed: true });
    expect(askers(world)).toEqual([ann, ann, ann]);
  });

  it('resolves unconfirmed if no call may be asked with', async () => {
    const { panel, pbx } = await opened({ confirm: 'auto', askWithParked: false });
    expect(await panel.park(ann, { slot: 5 })).toMatchObject({ slot: 5, confirmed: false });
    expect(pbx.taken()).toEqual(['slots 5', 'park 5']);
  });
});

describe('a bridge', () => {
  it('is checked once', async () => {
    const world = await confirming();
    const { panel, pbx, clock } = world;
    pbx.park(bob, 5);
    const bridging = panel.bridge(ann, { slot: 5 });
    await clock.forward(50);
    expect(await bridging).toEqual({ slot: 5, uuid: uuidOf(bob), confirmed: true });
    expect(askers(world)).toEqual([dan, ann, dan]);
    expect(pbx.taken()).toEqual(['slots 5', 'bridge 5', 'slots 5']);
    const { slots, departures } = panel.getSnapshot();
    expect(slots[4]).toMatchObject({ state: 'free', confirmed: true });
    expect(departures).toMatchObject([{ slot: 5, uuid: uuidOf(bob), reason: 'bridged' }]);
  });

  it('has connected if a third call waits in the slot afterwards', async () => {
    const { panel, pbx, clock } = await confirming();
    pbx.park(bob, 5);
    const next = after(() => pbx.park(cem, 5));
    pbx.faults.push(well, well, next);
    const bridging = panel.bridge(ann, { slot: 5 });
    await clock.forward(50);
    expect(await bridging).toEqual({ slot: 5, uuid: uuidOf(bob), confirmed: true });
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', uuid: uuidOf(cem) });
  });

  it('rejects with `asker-parked`, and shows the asker in the slot', async () => {
    const world = await confirming();
    const { panel, pbx, clock } = world;
    panel.track(event('answer', ann));
    pbx.park(bob, 5);
    pbx.faults.push(well, parksTheAsker(world));
    const bridging = rejection(panel.bridge(ann, { slot: 5 }));
    await clock.forward(THREE_CHECKS);
    const error = await bridging;
    expect(error).toMatchObject({ code: 'asker-parked', kind: 'refusal', outcome: 'not-done' });
    expect(error).toMatchObject({ slot: 5, retryable: false });
    expect(pbx.taken()).toEqual(['slots 5', 'bridge 5', 'slots 5', 'slots 5', 'slots 5']);
    expect(panel.getSnapshot().slots[4]).toMatchObject({
      ...{ state: 'held', uuid: uuidOf(ann), call: ann, mine: true, parkedBy: '34414' },
      ...{ confirmed: true, pending: null },
    });
    expect(panel.whereIs(ann)).toEqual({ state: 'parked', slot: 5, confirmed: true });
  });

  it('rejects with `asker-parked` even if the asker has left at the second check', async () => {
    const world = await confirming();
    const { panel, pbx, clock } = world;
    pbx.park(bob, 5);
    const leaves = after(() => pbx.lot.hangup(clock.now(), ann));
    pbx.faults.push(well, parksTheAsker(world), well, leaves);
    const bridging = rejection(panel.bridge(ann, { slot: 5 }));
    await clock.forward(THREE_CHECKS);
    expect(await bridging).toMatchObject({ code: 'asker-parked', outcome: 'not-done', slot: 5 });
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'free' });
  });

  it('was not done if three checks find the same caller in the slot', async () => {
    const { panel, pbx, clock } = await confirming();
    pbx.park(bob, 5);
    pbx.faults.push(well, claimsBridged());
    const bridging = rejection(panel.bridge(ann, { slot: 5 }));
    await clock.forward(THREE_CHECKS);
    expect(await bridging).toMatchObject({ code: 'unclear', outcome: 'not-done', slot: 5 });
    expect(pbx.taken()).toEqual(['slots 5', 'bridge 5', 'slots 5', 'slots 5', 'slots 5']);
    const { slots, departures } = panel.getSnapshot();
    expect(slots[4]).toMatchObject({ state: 'held', uuid: uuidOf(bob), pending: null });
    expect(departures).toEqual([]);
  });

  it('resolves if the switch is late to release the caller', async () => {
    const { panel, pbx, clock } = await confirming();
    pbx.park(bob, 5);
    const late = after(() => pbx.bridge(ann, 5, '34414'));
    pbx.faults.push(well, claimsBridged(), well, late);
    const bridging = panel.bridge(ann, { slot: 5 });
    await clock.forward(400);
    expect(await bridging).toMatchObject({ slot: 5, uuid: uuidOf(bob), confirmed: true });
  });
});

describe('a bridge whose answer names another call than the check', () => {
  const claimsCem = claims({ kind: 'bridged', slot: 5, uuid: uuidOf(cem) });

  it('is not confirmed while the first call still waits', async () => {
    const { panel, pbx, clock } = await confirming();
    pbx.park(bob, 5);
    pbx.faults.push(well, claimsCem);
    const bridging = panel.bridge(ann, { slot: 5 }).then(
      ({ confirmed }) => confirmed,
      () => 'rejected',
    );
    await clock.forward(THREE_CHECKS);
    expect(await bridging).not.toBe(true);
  });
});

describe('a bridge whose call the switch chose and does not name', () => {
  const saysSlot: Fault = (carryOut) => {
    carryOut();
    return new Response('{"slot":"5"}');
  };

  it('has connected if the slot is empty afterwards', async () => {
    const { panel, pbx, clock } = await confirming();
    pbx.park(bob, 5);
    pbx.faults.push(saysSlot);
    const bridging = panel.bridge(ann, { choose: 'switch' });
    const ended = bridging.catch((reason: unknown) => reason);
    await clock.forward(THREE_CHECKS);
    expect(await ended).toMatchObject({ slot: 5, confirmed: true });
    expect(pbx.waiting()).toEqual({});
  });

  it('is not confirmed if a call waits in the slot, because it may be the same one', async () => {
    const { panel, pbx, clock } = await confirming();
    pbx.park(bob, 5);
    pbx.faults.push(claims({ kind: 'bridged', slot: 5, uuid: null }));
    const bridging = panel.bridge(ann, { choose: 'switch' });
    const ended = bridging.catch((reason: unknown) => reason);
    await clock.forward(THREE_CHECKS);
    expect(await ended).not.toMatchObject({ confirmed: true });
  });
});

describe('a call that is not there', () => {
  it('is not shown as parked, even if its leg at this extension has ended', async () => {
    const { panel, pbx, clock } = await confirming();
    panel.track(event('answer', ann));
    pbx.faults.push(well, claimsParked());
    const parking = rejection(panel.park(ann, { slot: 5 }));
    await settled();
    panel.track(event('hangup', ann));
    await clock.forward(THREE_CHECKS);
    expect(await parking).toMatchObject({ code: 'not-there' });
    expect(panel.whereIs(ann).state).not.toBe('parked');
    const shown = panel.getSnapshot().calls.filter(({ call }) => call === ann);
    expect(shown).toEqual([]);
  });

  it('is still talking if its leg at this extension has not ended', async () => {
    const { panel, pbx, clock } = await confirming();
    panel.track(event('answer', ann));
    pbx.faults.push(well, claimsParked());
    const parking = rejection(panel.park(ann, { slot: 5 }));
    await clock.forward(THREE_CHECKS);
    expect(await parking).toMatchObject({ code: 'not-there' });
    expect(panel.whereIs(ann)).toEqual({ state: 'talking' });
  });
});

describe('after a failed check the answer of the switch counts', () => {
  const faults: [string, Fault][] = [
    ['the network is lost', lostBefore],
    ['no answer comes', silent],
    ['the answer makes no sense', says(200, '<html>')],
    ['the switch fails', says(503)],
    ['the budget is spent', says(429)],
  ];

  it.each(faults)('for a park: %s', async (_, fault) => {
    const { panel, pbx, clock } = await confirming();
    pbx.faults.push(well, well, fault);
    const parking = panel.park(ann, { slot: 5 });
    await clock.forward(10_100);
    expect(await parking).toMatchObject({ slot: 5, uuid: uuidOf(ann), confirmed: false });
    const view = panel.getSnapshot().slots[4];
    expect(view).toMatchObject({ state: 'held', uuid: uuidOf(ann), pending: null });
  });

  it.each(faults)('for a bridge: %s', async (_, fault) => {
    const { panel, pbx, clock } = await confirming();
    pbx.park(bob, 5);
    pbx.faults.push(well, well, fault);
    const bridging = panel.bridge(ann, { slot: 5 });
    await clock.forward(10_100);
    expect(await bridging).toEqual({ slot: 5, uuid: uuidOf(bob), confirmed: false });
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'free', pending: null });
  });
});

describe('a call that has left', () => {
  it('is asked with once, and never again after the switch has refused', async () => {
    const { panel, pbx, clock } = await opened({ confirm: 'auto' });
    const troubles: unknown[] = [];
    panel.on('trouble', (trouble) => troubles.push(trouble));
    const asked: string[][] = [];
    for (const call of [ann, cem]) {
      panel.track(event('answer', call));
      pbx.park(bob, 5);
      pbx.faults.push(
        well,
        after(() => pbx.refused.add(call)),
      );
      const bridging = panel.bridge(call, { slot: 5 });
      await settled();
      panel.track(event('hangup', call));
      await clock.forward(60_000);
      expect(await bridging).toEqual({ slot: 5, uuid: uuidOf(bob), confirmed: false });
      asked.push(pbx.taken());
    }
    expect(asked).toEqual([
      ['slots 5', 'bridge 5', 'slots 5'],
      ['slots 5', 'bridge 5'],
    ]);
    expect(troubles).toEqual([]);
    expect(panel.getSnapshot().sync.state).toBe('idle');
  });
});

describe('a command that waits for its check', () => {
  it('ends when the panel is disposed, and leaves no timer behind', async () => {
    const { panel, pbx, clock } = await confirming();
    const parking = rejection(panel.park(ann, { slot: 5 }));
    await clock.forward(49);
    panel.dispose();
    expect(await parking).toMatchObject({ code: 'disposed', outcome: 'unknown' });
    await clock.forward(60_000);
    expect(pbx.taken()).toEqual(['slots 5', 'park 5']);
    expect(clock.waiting).toBe(0);
  });

  it('ends as lost when the core fails', async () => {
    const { panel, clock } = await confirming();
    const parking = rejection(panel.park(ann, { slot: 5 }));
    await clock.forward(49);
    trapNext('core');
    expect(() => panel.whereIs(ann)).toThrow(expect.objectContaining({ code: 'lost' }));
    expect(await parking).toMatchObject({ code: 'lost', kind: 'bug', outcome: 'unknown' });
  });
});

describe('the options of the checks', () => {
  it.each([
    [{ confirm: 'always' }, "expected `confirm` to be 'auto' or 'never'"],
    [{ confirm: true }, "expected `confirm` to be 'auto' or 'never'"],
    [{ askWithParked: 'yes' }, "expected `askWithParked` to be true, false or 'auto'"],
    [{ askWithParked: 1 }, "expected `askWithParked` to be true, false or 'auto'"],
  ])('are refused as %o', async (options, expected) => {
    const error = await rejection(opened(options as object));
    expect(error).toMatchObject({ code: 'invalid-options', kind: 'invalid' });
    expect(error.message.split(', found ')[0]).toBe(expected);
  });

  it.each(['first', true, 5, {}])('of a bridge are refused as `choose` %o', async (choose) => {
    const { panel, pbx } = await talking();
    const error = await rejection(panel.bridge(ann, { choose: choose as 'switch' }));
    expect(error).toMatchObject({ code: 'invalid-options', kind: 'invalid', outcome: 'not-done' });
    expect(error.message).toMatch(/^expected `choose` to be 'longest' or 'switch', found /);
    expect(pbx.taken()).toEqual([]);
  });
});
