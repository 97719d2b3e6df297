// Messages between tabs. They carry ages instead of times, and wrong messages are ignored.

import { describe, expect, it } from 'vitest';
import { type Clock } from 'valet-park';
import { browser, channelName } from './browser.ts';
import type { FakeClock } from './clock.ts';
import { ann, bob, cem, dan, event, settled, uuidOf } from './host.ts';

const hour = 3_600_000;

/** Returns the same clock, ahead by `ms`. */
function ahead(clock: FakeClock, ms: number): Clock {
  return {
    now: () => clock.now() + ms,
    wakeAt: (at, callback) => clock.wakeAt(at - ms, callback),
  };
}

describe('tabs whose clocks differ', () => {
  it.each([
    ['ahead of the leader by an hour', hour],
    ['behind the leader by an hour', -hour],
  ])('show the same slots: a new tab %s', async (_, ms) => {
    const { clock, lot, tabs, open, states } = await browser(1);
    const [first] = tabs;
    first.panel.subscribe(() => {});
    first.panel.track(event('answer', dan));
    await clock.forward(7_000);
    const late = await open({ clock: ahead(clock, ms) });
    late.panel.subscribe(() => {});
    await settled();
    expect(states(2)).toEqual(['free', 'free']);
    lot.park(bob, 2);
    await clock.forward(12_000);
    expect(states(2)).toEqual(['held', 'held']);
    const held = { state: 'held', uuid: uuidOf(bob), confirmed: true };
    expect(late.panel.getSnapshot().slots[1]).toMatchObject(held);
    lot.bridge(cem, 2);
    await clock.forward(12_000);
    expect(states(2)).toEqual(['free', 'free']);
  });

  it('show times on their own clock', async () => {
    const { clock, tabs, open } = await browser(1);
    const [first] = tabs;
    first.panel.subscribe(() => {});
    first.panel.track(event('answer', dan));
    await clock.forward(7_000);
    const late = await open({ clock: ahead(clock, hour) });
    late.panel.subscribe(() => {});
    await clock.forward(3_000);
    const [leader, follower] = tabs.map(({ panel }) => panel.getSnapshot().sync);
    expect(leader?.checkedAt).not.toBe(null);
    expect(leader?.nextAskAt).not.toBe(null);
    const difference = (theirs?: number | null, ours?: number | null): number =>
      Math.abs((theirs ?? 0) - (ours ?? 0) - hour);
    expect(difference(follower?.checkedAt, leader?.checkedAt)).toBeLessThan(1_000);
    expect(difference(follower?.nextAskAt, leader?.nextAskAt)).toBeLessThan(1_000);
  });

  it('do not change their snapshot if nothing changed', async () => {
    const { clock, tabs } = await browser(2);
    for (const { panel } of tabs) panel.subscribe(() => {});
    await clock.forward(3_000);
    const before = tabs[1].panel.getSnapshot();
    await clock.forward(60_000);
    expect(tabs[1].panel.getSnapshot()).toBe(before);
  });
});

describe('a wrong message', () => {
  const told = { kind: 'call', data: event('dial-in', ann) };
  it.each([
    ['null', null],
    ['nothing', undefined],
    ['a number', 5],
    ['a text', 'told'],
    ['a list', []],
    ['an unknown word', { word: 'sing' }],
    ['a name that every object has', { word: 'toString' }],
    ['told without a list', { word: 'told' }],
    ['told with null', { word: 'told', told: null }],
    ['told with a text', { word: 'told', told: 'xyz' }],
    ['a beat without a state', { word: 'beat' }],
    ['a beat with null', { word: 'beat', sync: null }],
    ['a beat with an unknown state', { word: 'beat', sync: { state: 'fine' } }],
    ['a beat without a budget', { word: 'beat', sync: { state: 'idle', checkedAgo: 5 } }],
  ])('is ignored: %s', async (_, odd) => {
    const { tabs, clock } = await browser(2);
    for (const { panel } of tabs) panel.subscribe(() => {});
    const channel = new BroadcastChannel(channelName);
    channel.postMessage(odd);
    channel.postMessage({ word: 'told', told: [told] });
    await clock.forward(5_000);
    for (const { panel } of tabs) expect(panel.getSnapshot().calls).toMatchObject([{ call: ann }]);
    expect(tabs.map(({ panel }) => panel.getSnapshot().sync)).toMatchObject([
      { state: 'asking', role: 'leader', budget: { limit: null }, patience: { toldMs: 180_000 } },
      { state: 'asking', role: 'follower', budget: { limit: null }, patience: { toldMs: 180_000 } },
    ]);
  });

  it('in a list is ignored, and the others count', async () => {
    const { tabs } = await browser(1);
    const list = [
      ...[null, undefined, 5, 'x', [], {}],
      ...[{ kind: 'call' }, { data: 'x' }, { kind: 5, data: 'x' }, { kind: 'call', data: {} }],
      ...[
        { ...told, age: 'old' },
        { ...told, age: NaN },
        { ...told, order: 'first' },
      ],
      ...[
        { ...told, order: null },
        { ...told, order: 1.5 },
        { ...told, order: -1 },
      ],
      { kind: 'call', data: event('dial-in', bob), age: 5, order: 7 },
      { kind: 'call', data: '<html>' },
      { kind: 'call', data: event('dial-in', cem), age: -5 },
    ];
    new BroadcastChannel(channelName).postMessage({ word: 'told', told: list });
    await settled();
    expect(tabs[0].panel.getSnapshot().calls).toMatchObject([{ call: bob }, { call: cem }]);
  });

  it('of another version is ignored', async () => {
    const { tabs } = await browser(1);
    const names = [channelName.replace(' 2 ', ' '), channelName.replace(' 2 ', ' 3 ')];
    for (const name of names) {
      expect(name).not.toBe(channelName);
      new BroadcastChannel(name).postMessage({ word: 'told', told: [told] });
    }
    await settled();
    expect(tabs[0].panel.getSnapshot().calls).toEqual([]);
  });
});
