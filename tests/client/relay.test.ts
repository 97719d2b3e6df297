// A relay asks for all clients while its feed is up. Only then is nothing asked in the background, and
// each request says its lane.

import { writeMessage } from 'valet-park/lot';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { following } from './fake_feed.ts';
import { ann, bob, dan, event, settled, talking } from './host.ts';
import { lostBefore, says, well, type Arrived } from './switch.ts';

/** Returns the action and the lane of the requests since the last call. */
function lanes(arrived: Arrived[]): [string, string | null][] {
  return arrived.splice(0).map(({ body, headers }) => {
    const { action } = JSON.parse(body) as { action?: string };
    return [action ?? 'note', headers.get('x-valet-lane')];
  });
}

/** A `asked` message: all slots are free. */
function freeSlots(id: number, since?: number): string {
  const { kind, data } = writeMessage({
    ...{ kind: 'asked', question: { extension: '200', call: 'any', action: 'slots' } },
    ...{ answer: { kind: 'free', slots: [1, 2, 3, 4, 5, 6, 7, 8, 9] }, since: since ?? null },
  });
  return `id: ${id}\nevent: ${kind}\ndata: ${data}\n\n`;
}

/** A watched panel with a live call, behind a relay that has told of all slots. */
async function relayed(announces = 'idempotency-key, notes, relay') {
  const world = await following({ confirm: 'auto' }, announces);
  world.pbx.announces = announces;
  onTestFinished(world.panel.subscribe(() => {}));
  world.panel.track(event('answer', dan));
  await world.stream.write(freeSlots(10));
  await world.clock.forward(0);
  world.pbx.arrived.length = 0;
  return world;
}

describe('while the feed of a relay is up', () => {
  it('nothing is asked in the background, and slots stay confirmed as long as the relay asks', async () => {
    const { panel, pbx, stream, clock } = await relayed();
    for (let id = 11; id < 30; id += 1) {
      await clock.forward(6_000);
      await stream.write(freeSlots(id, id - 1));
    }
    expect(pbx.arrived).toEqual([]);
    expect(panel.getSnapshot().sync).toMatchObject({ state: 'asking', nextAskAt: null });
    expect(panel.getSnapshot().slots.every(({ confirmed }) => confirmed)).toBe(true);
    await clock.forward(18_000);
    expect(panel.getSnapshot().slots.some(({ confirmed }) => confirmed)).toBe(false);
    expect(pbx.arrived).toEqual([]);
  });

  it('the same feed without the word `relay` lets the client ask', async () => {
    const { pbx, clock } = await relayed('idempotency-key, notes');
    await clock.forward(30_000);
    expect(lanes(pbx.arrived)).toContainEqual(['slots', null]);
  });

  it('commands look before and after, and name their lanes', async () => {
    const { panel, pbx, clock } = await relayed();
    panel.track(event('answer', ann));
    const parking = panel.park(ann, { slot: 5, note: 'vip' });
    await clock.forward(200);
    expect(await parking).toMatchObject({ slot: 5, confirmed: true });
    expect(lanes(pbx.arrived)).toEqual([
      ['slots', 'look'],
      ['park', 'command'],
      ['slots', 'look'],
      ['note', 'command'],
    ]);
    await panel.refresh();
    expect(lanes(pbx.arrived).map(([, lane]) => lane)).not.toContain('background');
  });

  it('a gap is filled by the feed, not by questions', async () => {
    const { panel, pbx, stream, clock } = await relayed();
    await stream.write('event: reset\ndata: 1\n\n');
    await clock.forward(500);
    expect(stream.opened[1]?.headers.has('last-event-id')).toBe(false);
    await stream.write(freeSlots(20));
    expect(panel.getSnapshot().slots.every(({ confirmed }) => confirmed)).toBe(true);
    await clock.forward(6_000);
    expect(lanes(pbx.arrived).filter(([, lane]) => lane !== 'background')).toEqual([]);
  });
});

describe('when the feed of a relay is down', () => {
  it('the client asks again, and the relay knows that it may answer from memory', async () => {
    const { pbx, stream, clock } = await relayed();
    stream.instead.push(() => new Response('', { status: 503 }));
    await stream.end();
    await clock.forward(1_000);
    const asked = lanes(pbx.arrived);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every(([action, lane]) => action === 'slots' && lane === 'background')).toBe(true);
  });

  it('an answer that the relay has had for a while is as old as it is', async () => {
    const { panel, pbx, stream, clock } = await relayed();
    const old = JSON.stringify({ slots: ['1', '2', '3', '4', '6', '7', '8', '9'] });
    pbx.always = () => says(200, old, { Age: '4', 'X-Feed-Id': '11', 'X-Valet-Park': 'relay' });
    stream.instead.push(() => new Response('', { status: 503 }));
    await stream.end();
    await settled();
    const { slots } = panel.getSnapshot();
    expect(slots[4]?.state).toBe('held');
    expect(slots.map(({ checkedAt }) => checkedAt)).toEqual(Array(9).fill(clock.now() - 4_000));
  });
});

describe('a lane', () => {
  it('is never named to a server that announced no relay', async () => {
    const { panel, pbx } = await talking();
    pbx.announces = 'idempotency-key, notes, lot';
    await panel.refresh();
    await panel.park(ann, { slot: 5, note: 'vip' });
    await panel.bridge(bob, { slot: 5 });
    expect(lanes(pbx.arrived).filter(([, lane]) => lane !== null)).toEqual([]);
  });

  it.each([
    ['is still named outside of a page', undefined, 'look'],
    ['is still named on a page of the same origin', 'https://pbx.example/panel/', 'look'],
    ['is not named again on a page of another origin', 'https://crm.example/', null],
  ])('%s, after a request with it got no answer', async (_, baseURI, then) => {
    if (baseURI !== undefined) vi.stubGlobal('document', { baseURI, visibilityState: 'visible' });
    onTestFinished(() => void vi.unstubAllGlobals());
    const { panel, pbx } = await talking();
    pbx.announces = 'relay';
    await panel.refresh();
    pbx.faults.push(lostBefore, well);
    await panel.inspect(5).catch(() => {});
    await panel.inspect(6);
    expect(lanes(pbx.arrived).map(([, lane]) => lane)).toEqual([null, 'look', then]);
  });
});
