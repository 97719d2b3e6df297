// A listener is called once for each event. A listener that throws, or that calls the panel, does
// no harm.

import { type ValetParkEvents } from 'valet-park';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ann,
  bob,
  cem,
  event,
  opened,
  rejection,
  settled,
  talking,
  uuidOf,
  type World,
} from './host.ts';

const kinds = ['change', 'parked', 'departed', 'due', 'trouble'] as const;

/** Causes an event of every kind, except `trouble`. */
async function live({ panel, pbx, clock }: World): Promise<void> {
  pbx.park(bob, 2);
  await panel.refresh();
  await panel.park(ann, { slot: 5 });
  await panel.bridge(cem, { slot: 2 });
  await clock.forward(125_000);
  await settled();
}

describe('listeners', () => {
  it('are called once for several changes in a row', async () => {
    const { panel } = await talking({ asking: 'off' });
    const [changed, told] = [vi.fn(), vi.fn()];
    panel.subscribe(changed);
    panel.on('change', told);
    for (let number = 0; number < 50; number += 1) panel.track(event('dial-in', `1-${number}`));
    expect(changed).not.toHaveBeenCalled();
    await settled();
    expect(changed).toHaveBeenCalledTimes(1);
    expect(told).toHaveBeenCalledTimes(1);
    expect(told).toHaveBeenCalledWith(panel.getSnapshot());
  });

  it('are not called if nothing changed', async () => {
    const { panel } = await talking({ asking: 'off' });
    await settled();
    const changed = vi.fn();
    panel.subscribe(changed);
    panel.track(event('invented', bob));
    panel.whereIs(ann);
    await settled();
    expect(changed).not.toHaveBeenCalled();
  });

  it('get the view at the time of the event', async () => {
    const { panel } = await opened({ asking: 'off' });
    const parked: ValetParkEvents['parked'][] = [];
    const departed: ValetParkEvents['departed'][] = [];
    panel.on('parked', (view) => parked.push(view));
    panel.on('departed', (departure) => departed.push(departure));
    await panel.park(ann, { slot: 5 });
    await panel.bridge(bob, { slot: 5 });
    await settled();
    expect(parked).toMatchObject([{ slot: 5, state: 'held', call: ann, mine: true }]);
    expect(departed).toMatchObject([{ slot: 5, call: ann, reason: 'bridged', mine: true }]);
  });

  it('may be the same function twice, and are removed one by one', async () => {
    const { panel } = await talking({ asking: 'off' });
    const hear = vi.fn();
    const [first] = [panel.subscribe(hear), panel.subscribe(hear)];
    panel.track(event('dial-in', ann));
    await settled();
    expect(hear).toHaveBeenCalledTimes(2);
    first();
    first();
    panel.track(event('dial-in', bob));
    await settled();
    expect(hear).toHaveBeenCalledTimes(3);
  });

  it('that are added during an event are called from the next event on', async () => {
    const { panel } = await talking({ asking: 'off' });
    const late = vi.fn();
    const stop = panel.subscribe(() => {
      stop();
      panel.subscribe(late);
    });
    panel.track(event('dial-in', ann));
    await settled();
    expect(late).not.toHaveBeenCalled();
    panel.track(event('dial-in', bob));
    await settled();
    expect(late).toHaveBeenCalledTimes(1);
  });

  it('may be added with methods that were taken from the panel', async () => {
    const { panel } = await talking({ asking: 'off' });
    const { subscribe, getSnapshot, getServerSnapshot } = panel;
    const hear = vi.fn();
    const stop = subscribe(hear);
    panel.track(event('dial-in', ann));
    await settled();
    expect(hear).toHaveBeenCalled();
    expect(getSnapshot().calls).toHaveLength(2);
    expect(getServerSnapshot().calls).toHaveLength(0);
    stop();
  });
});

describe('a listener that throws', () => {
  const reported: unknown[] = [];
  beforeEach(() => vi.stubGlobal('reportError', (thrown: unknown) => reported.push(thrown)));
  afterEach(() => {
    reported.length = 0;
    vi.unstubAllGlobals();
  });

  it('stops neither other listeners nor commands', async () => {
    const world = await talking({ asking: 'off' });
    const heard: string[] = [];
    for (const kind of kinds) {
      world.panel.on(kind, () => {
        throw new Error(`thrown at ${kind}`);
      });
      world.panel.on(kind, () => heard.push(kind));
    }
    world.panel.subscribe(() => {
      throw new Error('thrown at anything');
    });
    await live(world);
    expect(new Set(heard)).toEqual(new Set(['change', 'parked', 'departed', 'due']));
    expect(world.pbx.waiting()).toEqual({ 5: ann });
    expect(world.panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', call: ann });
    const messages = reported.map((thrown) => (thrown as Error).message);
    expect(messages).toContain('thrown at anything');
    expect(messages).toContain('thrown at due');
    world.panel.dispose();
    await settled();
  });
});

describe('a listener that uses the panel', () => {
  it('may call every method, from every kind of event', async () => {
    const world = await talking({ asking: 'off' });
    const { panel } = world;
    let depth = 0;
    const ends: Promise<unknown>[] = [];
    const meddle = (): void => {
      if (depth > 40) return;
      depth += 1;
      const more = [
        panel.park(`1-p${depth}`),
        panel.bridge(`1-b${depth}`, { slot: 3 }),
        panel.inspect(4),
        panel.freeSlots(),
        panel.refresh(),
      ];
      ends.push(...more.map((command) => command.catch(() => {})));
      panel.track(event('dial-in', `1-t${depth}`));
      panel.track(event('hangup', `1-t${depth}`));
      panel.whereIs(ann);
      panel.getSnapshot();
      panel.getServerSnapshot();
      panel.remaining(5);
      panel.subscribe(meddle)();
      panel.on('change', meddle)();
    };
    panel.subscribe(meddle);
    for (const kind of kinds) panel.on(kind, meddle);
    // A command of `live` may be rejected, because every slot is taken.
    await live(world).catch(() => {});
    await world.clock.forward(60_000);
    await Promise.all(ends);
    expect(depth).toBeGreaterThan(40);
    const parked = world.pbx.waiting();
    const { slots } = await panel.refresh();
    for (const { slot, uuid } of slots) expect(uuid).toBe(uuidOf(parked[slot] ?? '-') || null);
  });

  it('may dispose the panel', async () => {
    for (const kind of ['change', 'parked', 'departed', 'due'] as const) {
      const world = await talking({ asking: 'off' });
      world.panel.on(kind, () => world.panel.dispose());
      await live(world).catch(() => {});
      await settled();
      expect(world.panel.getSnapshot().sync.state).toBe('closed');
    }
  });

  it('may dispose the panel at a `trouble` event', async () => {
    const { panel } = await opened({
      feed: '/feed',
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    });
    panel.on('trouble', () => panel.dispose());
    await settled();
    expect(panel.getSnapshot().sync.state).toBe('closed');
  });
});

describe('on', () => {
  it('refuses an unknown kind, and lists the known ones', async () => {
    const { panel } = await opened({ asking: 'off' });
    for (const kind of [
      'parkt',
      '',
      'toString',
      '__proto__',
      'constructor',
      5,
      null,
      Symbol('x'),
    ]) {
      const error = await rejection((async () => panel.on(kind as 'change', () => {}))());
      expect(error).toMatchObject({ code: 'invalid-options', kind: 'invalid' });
      expect(error.message).toBe(`expected one of the events ${kinds.join(', ')}`);
    }
  });

  it('refuses a listener that is no function', async () => {
    const { panel } = await opened({ asking: 'off' });
    for (const hear of [undefined, null, 5, {}, 'change']) {
      const add = async (): Promise<unknown> => panel.on('change', hear as () => void);
      const join = async (): Promise<unknown> => panel.subscribe(hear as () => void);
      for (const wrong of [add(), join()]) {
        const error = await rejection(wrong);
        expect(error).toMatchObject({ code: 'invalid-options', kind: 'invalid' });
        expect(error.message).toBe('expected a listener to be a function');
      }
    }
  });
});
