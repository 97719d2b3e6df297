// A browser refuses some of its features. The client works without them, and does not ask again.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from './clock.ts';
import { following, ring } from './fake_feed.ts';
import { ann, bob, dan, event, opened, settled, talking, uuidOf } from './host.ts';
import { FakePage, FakeTabs, standIn } from './page.ts';

const refused = (): DOMException => new DOMException('The request was denied.', 'SecurityError');
const throwing = (): never => {
  throw refused();
};

afterEach(() => vi.unstubAllGlobals());

const locks = (request: () => unknown): object => ({ locks: { request } });
const channel = (own: object): unknown =>
  class {
    constructor() {
      Object.assign(this, { postMessage: () => {}, close: () => {}, onmessage: null }, own);
    }
  };

/** Counts the requests for a lock from now on. */
function countedRequests(): () => number {
  let count = 0;
  try {
    const { locks } = globalThis.navigator as {
      locks?: { request?: (...rest: unknown[]) => unknown };
    };
    const request = locks?.request;
    if (locks && request) {
      locks.request = (...rest) => ((count += 1), request(...rest));
    }
  } catch {
    // Locks that cannot be read are never requested.
  }
  return () => count;
}

describe('tabs that cannot find each other', () => {
  const good = (): void => {
    new FakeTabs();
  };
  it.each<[string, () => void]>([
    [
      'locks are refused',
      () =>
        standIn(
          'navigator',
          locks(() => Promise.reject(refused())),
        ),
    ],
    ['locks throw', () => standIn('navigator', locks(throwing))],
    [
      'locks give nothing',
      () =>
        standIn(
          'navigator',
          locks(() => undefined),
        ),
    ],
    ['locks have no `request`', () => standIn('navigator', { locks: {} })],
    ['there are no locks', () => standIn('navigator', {})],
    ['there is no navigator', () => standIn('navigator', undefined)],
    [
      'locks cannot be read',
      () => standIn('navigator', Object.defineProperty({}, 'locks', { get: throwing })),
    ],
    ['there are no channels', () => vi.stubGlobal('BroadcastChannel', undefined)],
    [
      'a channel cannot be made',
      () =>
        vi.stubGlobal(
          'BroadcastChannel',
          class {
            x = throwing();
          },
        ),
    ],
    [
      'a channel cannot send',
      () => vi.stubGlobal('BroadcastChannel', channel({ postMessage: throwing })),
    ],
    [
      'a channel can neither send nor close',
      () => vi.stubGlobal('BroadcastChannel', channel({ postMessage: throwing, close: throwing })),
    ],
  ])('are alone for good, because %s', async (_, spoil) => {
    good();
    spoil();
    new FakePage();
    const request = countedRequests();
    const { panel, pbx, clock } = await opened();
    const roles = new Set<string>();
    panel.on('change', ({ sync }) => roles.add(sync.role));
    panel.track(event('answer', dan));
    await settled();
    expect(panel.getSnapshot().sync.role).toBe('solo');
    roles.clear();
    pbx.park(bob, 6);
    await clock.forward(60_000);
    expect([...roles].filter((role) => role !== 'solo')).toEqual([]);
    expect(panel.getSnapshot().slots[5]).toMatchObject({ state: 'held', uuid: uuidOf(bob) });
    expect(request()).toBeLessThan(2);
    panel.dispose();
  });

  it('are alone after their channel breaks', async () => {
    new FakeTabs();
    new FakePage();
    const { panel, pbx, clock } = await opened();
    panel.subscribe(() => {});
    panel.track(event('answer', dan));
    await settled();
    expect(panel.getSnapshot().sync.role).toBe('leader');
    vi.spyOn(BroadcastChannel.prototype, 'postMessage').mockImplementation(throwing);
    await clock.forward(5_000);
    expect(panel.getSnapshot().sync.role).toBe('solo');
    pbx.park(bob, 6);
    await clock.forward(10_000);
    expect(panel.getSnapshot().slots[5]).toMatchObject({ state: 'held' });
    vi.restoreAllMocks();
  });

  it('are alone if a lock cannot be stolen', async () => {
    new FakeTabs();
    standIn(
      'navigator',
      locks(() => new Promise(() => {})),
    );
    new FakePage();
    const { panel, clock } = await opened();
    panel.subscribe(() => {});
    await clock.forward(30_000);
    expect(panel.getSnapshot().sync.role).toBe('solo');
  });

  it('follow after their lock was stolen, and lead again later', async () => {
    new FakeTabs();
    new FakePage();
    const { panel, clock } = await opened();
    panel.subscribe(() => {});
    await settled();
    expect(panel.getSnapshot().sync.role).toBe('leader');
    let give = (): void => {};
    const name = `valet-park 2 https://pbx.example/api/ver1.0 34414`;
    const held = new Promise<void>((resolve) => (give = resolve));
    void navigator.locks.request(name, { steal: true }, () => held).catch(() => {});
    await settled();
    expect(panel.getSnapshot().sync.role).toBe('follower');
    give();
    await clock.forward(0);
    expect(panel.getSnapshot().sync.role).toBe('leader');
  });
});

describe('a page', () => {
  it.each<[string, object]>([
    [
      'whose `visibilityState` cannot be read',
      Object.defineProperty(new EventTarget(), 'visibilityState', { get: throwing }),
    ],
    ['that takes no listeners', { visibilityState: 'visible', addEventListener: throwing }],
    ['that knows no listeners', { visibilityState: 'visible' }],
  ])('%s counts as visible', async (_, document) => {
    vi.stubGlobal('document', document);
    const { panel, pbx, clock } = await talking({ tabs: 'solo' });
    panel.subscribe(() => {});
    await clock.forward(10_000);
    expect(pbx.taken()).not.toEqual([]);
  });

  it('works without a window that takes listeners', async () => {
    vi.stubGlobal('document', new EventTarget());
    vi.stubGlobal('addEventListener', undefined);
    const { panel, pbx, clock } = await talking({ tabs: 'solo' });
    panel.subscribe(() => {});
    await clock.forward(10_000);
    expect(pbx.taken()).not.toEqual([]);
  });
});

describe('a clock of the application', () => {
  it('may return nothing to cancel with, and a cancelled callback is not called', async () => {
    const clock = new FakeClock();
    const wakeAt = (at: number, callback: () => void): never =>
      void clock.wakeAt(at, callback) as never;
    const { panel, pbx } = await opened({ clock: { now: () => clock.now(), wakeAt } });
    await panel.park(ann, { slot: 5 });
    await clock.forward(20_000);
    panel.dispose();
    pbx.taken();
    await clock.forward(300_000);
    expect(pbx.taken()).toEqual([]);
  });
});

describe('the feed', () => {
  it('needs neither `AbortSignal.any` nor `TextDecoderStream`', async () => {
    vi.stubGlobal('TextDecoderStream', undefined);
    const any = AbortSignal.any;
    Reflect.set(AbortSignal, 'any', undefined);
    try {
      const { stream, calls, troubles, panel } = await following();
      await stream.write(ring(ann));
      expect(calls()).toEqual([ann]);
      expect(troubles).toEqual([]);
      panel.dispose();
      expect(stream.opened[0]?.signal.aborted).toBe(true);
    } finally {
      Reflect.set(AbortSignal, 'any', any);
    }
  });
});

describe('the error of a listener', () => {
  it.each<[string, unknown]>([
    ['there is no `reportError`', undefined],
    ['`reportError` throws', throwing],
  ])('is reported as uncaught if %s, and the others are called', async (_, reportError) => {
    vi.stubGlobal('reportError', reportError);
    const uncaught: unknown[] = [];
    vi.stubGlobal('queueMicrotask', (work: () => void) => {
      void Promise.resolve().then(() => {
        try {
          work();
        } catch (thrown) {
          uncaught.push(thrown);
        }
      });
    });
    const { panel } = await opened({ asking: 'off' });
    const heard = vi.fn();
    const stop = panel.subscribe(() => {
      stop();
      throw new Error('not today');
    });
    panel.subscribe(heard);
    panel.track(event('dial-in', ann));
    await settled();
    expect(heard).toHaveBeenCalledTimes(1);
    expect(uncaught).toMatchObject([{ message: 'not today' }]);
  });
});
