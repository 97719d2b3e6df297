// Several tabs of one browser: one asks, all know; and whoever asks is replaced when it goes.

import { ValetPark, type ValetParkOptions } from 'valet-park';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FakeClock } from './clock.ts';
import { ann, bob, cem, dan, event, extension, settled, uuidOf } from './host.ts';
import { FakePage, FakeTabs } from './page.ts';
import { base, FakeSwitch } from './switch.ts';

interface Tab {
  readonly panel: ValetPark;
  readonly page: FakePage;
  readonly pbx: FakeSwitch;
}

/** Tabs with pages of their own, on one switch; each has its own wire to look at. */
async function browser(count: number, options: Partial<ValetParkOptions> = {}) {
  new FakeTabs();
  const clock = new FakeClock();
  const lot = new FakeSwitch(clock);
  const tabs: Tab[] = [];
  async function open(): Promise<Tab> {
    const page = new FakePage();
    const pbx = new FakeSwitch(clock);
    Object.assign(pbx, { lot: lot.lot });
    const panel = await ValetPark.open({
      baseUrl: base,
      extension,
      clock,
      fetch: pbx.fetch,
      confirm: 'never',
      ...options,
    });
    onTestFinished(() => panel.dispose());
    const tab = { panel, page, pbx };
    tabs.push(tab);
    return tab;
  }
  for (let number = 0; number < count; number += 1) await open();
  const roles = (): string[] => tabs.map(({ panel }) => panel.getSnapshot().sync.role);
  const states = (slot: number): string[] =>
    tabs.map(({ panel }) => panel.getSnapshot().slots[slot - 1]?.state ?? 'none');
  return { clock, lot, tabs: tabs as [Tab, Tab], open, roles, states };
}

describe('tabs', () => {
  it('ask through one of them, and all show it', async () => {
    const { clock, lot, tabs, roles, states } = await browser(2);
    const [first, second] = tabs;
    for (const { panel } of tabs) panel.subscribe(() => {});
    first.panel.track(event('answer', dan));
    await settled();
    expect(roles()).toEqual(['leader', 'follower']);
    lot.park(bob, 6);
    await clock.forward(7_000);
    expect(states(6)).toEqual(['held', 'held']);
    expect(second.pbx.taken()).toEqual([]);
    expect(first.pbx.taken()).not.toEqual([]);
    expect(second.panel.getSnapshot().sync).toMatchObject({ state: 'asking', role: 'follower' });
    // What one tab was told of calls, the other knows, too.
    expect(second.panel.getSnapshot().calls).toMatchObject([{ call: dan, state: 'talking' }]);
  });

  it('act from the tab that was clicked, and tell the others', async () => {
    const { tabs, states } = await browser(2);
    const [first, second] = tabs;
    for (const { panel } of tabs) panel.subscribe(() => {});
    first.panel.track(event('answer', ann));
    await settled();
    first.pbx.taken();
    await second.panel.park(ann, { slot: 3 });
    await settled();
    expect(second.pbx.taken()).toContain('park 3');
    expect(states(3)).toEqual(['held', 'held']);
    expect(first.panel.getSnapshot().slots[2]).toMatchObject({ uuid: uuidOf(ann), mine: true });
  });

  it('replace one that is closed', async () => {
    const { clock, lot, tabs, roles, states } = await browser(2);
    const [first, second] = tabs;
    for (const { panel } of tabs) panel.subscribe(() => {});
    first.panel.track(event('answer', dan));
    await settled();
    first.panel.dispose();
    await settled();
    expect(roles()[1]).toBe('leader');
    lot.park(bob, 6);
    await clock.forward(10_000);
    expect(states(6)[1]).toBe('held');
    expect(second.pbx.taken()).not.toEqual([]);
  });

  it('replace one that is not heard of any more', async () => {
    const { clock, roles, open } = await browser(0);
    // A tab that froze while it held the lock: it says nothing, and lets nothing go.
    const name = `valet-park ${base} ${extension}`;
    void navigator.locks.request(name, () => new Promise(() => {})).catch(() => {});
    const { panel } = await open();
    panel.subscribe(() => {});
    await clock.forward(6_000);
    expect(roles()).toEqual(['follower']);
    await clock.forward(2_000);
    expect(roles()).toEqual(['leader']);
  });

  it('let one lead that can be seen', async () => {
    const { tabs, roles } = await browser(2);
    const [first] = tabs;
    for (const { panel } of tabs) panel.subscribe(() => {});
    await settled();
    expect(roles()).toEqual(['leader', 'follower']);
    first.page.hidden = true;
    await settled();
    expect(roles()).toEqual(['follower', 'leader']);
  });

  it('ask nothing while none of them can be seen', async () => {
    const { clock, tabs } = await browser(2);
    for (const { panel } of tabs) panel.subscribe(() => {});
    tabs[0].panel.track(event('answer', dan));
    await settled();
    for (const { page, pbx } of tabs) {
      page.hidden = true;
      pbx.taken();
    }
    await clock.forward(600_000);
    expect(tabs.map(({ pbx }) => pbx.taken())).toEqual([[], []]);
  });

  it('tell a new one what they know', async () => {
    const { clock, lot, tabs, open } = await browser(1);
    const [first] = tabs;
    first.panel.subscribe(() => {});
    first.panel.track(event('answer', ann));
    first.panel.track(event('answer', dan));
    lot.park(bob, 6);
    await clock.forward(1_000);
    await first.panel.park(ann, { slot: 2 });
    await clock.forward(8_000);
    const late = await open();
    await settled();
    const { slots, calls } = late.panel.getSnapshot();
    expect(slots[5]).toMatchObject({ state: 'held', uuid: uuidOf(bob), confirmed: true });
    expect(slots[0]).toMatchObject({ state: 'free', confirmed: true });
    expect(slots[1]).toMatchObject({ call: ann, mine: true, exact: true });
    expect(slots[1]?.returnsAt).toBe(first.panel.getSnapshot().slots[1]?.returnsAt);
    expect(calls.map(({ call }) => call)).toEqual([ann, dan]);
    expect(late.pbx.taken()).toEqual([]);
  });

  it('know of a call that another one parked without saying where', async () => {
    const { tabs, states } = await browser(2);
    for (const { panel } of tabs) panel.track(event('answer', cem));
    await tabs[0].panel.park(cem);
    await settled();
    expect(states(1)).toEqual(['held', 'held']);
  });

  it('do not care for each other where they are told so, or cannot', async () => {
    const { roles } = await browser(2, { tabs: 'solo' });
    expect(roles()).toEqual(['solo', 'solo']);
  });
});
