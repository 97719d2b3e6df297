// Whoever listens hears of each thing once, and can hurt nobody: not by throwing, not by using the
// panel from within.

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

/** Makes everything happen that can be listened for, in a panel that talks. */
async function live({ panel, pbx, clock }: World): Promise<void> {
  pbx.park(bob, 2);
  await panel.refresh();
  await panel.park(ann, { slot: 5 });
  await panel.bridge(cem, { slot: 2 });
  await clock.forward(125_000);
  await settled();
}

describe('listeners', () => {
  it('hear once of a burst', async () => {
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

  it('hear nothing where nothing changed', async () => {
    const { panel } = await talking({ asking: 'off' });
    await settled();
    const changed = vi.fn();
    panel.subscribe(changed);
    panel.track(event('invented', bob));
    panel.whereIs(ann);
    await settled();
    expect(changed).not.toHaveBeenCalled();
  });

  it('hear of the state in which it happened', async () => {
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

  it('are as many as were added, also of one function, and go one by one', async () => {
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

  it('that are added while others are told hear from the next time', async () => {
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

  it('may be handed on as they are: three methods are bound', async () => {
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

  it('keeps nobody else from hearing, and nothing from being done', async () => {
    const world = await talking({ asking: 'off' });
    const heard: string[] = [];
    for (const kind of kinds) {
      world.panel.on(kind, () => {
        throw new Error(`cannot bear ${kind}`);
      });
      world.panel.on(kind, () => heard.push(kind));
    }
    world.panel.subscribe(() => {
      throw new Error('cannot bear anything');
    });
    await live(world);
    expect(new Set(heard)).toEqual(new Set(['change', 'parked', 'departed', 'due']));
    expect(world.pbx.waiting()).toEqual({ 5: ann });
    expect(world.panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', call: ann });
    const messages = reported.map((thrown) => (thrown as Error).message);
    expect(messages).toContain('cannot bear anything');
    expect(messages).toContain('cannot bear due');
    world.panel.dispose();
    await settled();
  });
});

describe('a listener that uses the panel', () => {
  it('may call every method, from every kind of event', async () => {
    const world = await talking({ asking: 'off' });
    const { panel } = world;
    let depth = 0;
    const settledWell: Promise<unknown>[] = [];
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
      settledWell.push(...more.map((command) => command.catch(() => {})));
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
    // Whatever of it comes to nothing because every slot is taken by now.
    await live(world).catch(() => {});
    await world.clock.forward(60_000);
    await Promise.all(settledWell);
    expect(depth).toBeGreaterThan(40);
    const parked = world.pbx.waiting();
    const { slots } = await panel.refresh();
    for (const { slot, uuid } of slots) expect(uuid).toBe(uuidOf(parked[slot] ?? '-') || null);
  });

  it('may dispose of it', async () => {
    for (const kind of ['change', 'parked', 'departed', 'due'] as const) {
      const world = await talking({ asking: 'off' });
      world.panel.on(kind, () => world.panel.dispose());
      await live(world).catch(() => {});
      await settled();
      expect(world.panel.getSnapshot().sync.state).toBe('closed');
    }
  });

  it('for trouble may dispose of it', async () => {
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
  it('knows the kinds of events there are, and says so', async () => {
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

  it('wants a function', async () => {
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
