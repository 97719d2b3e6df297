// Several tabs of one browser. One tab asks for all of them, and another tab replaces it if it
// ends.

import { describe, expect, it } from 'vitest';
import { browser, channelName } from './browser.ts';
import { ann, bob, cem, dan, event, settled, uuidOf } from './host.ts';

describe('tabs', () => {
  it('ask through one of them, and all show the answers', async () => {
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
    // The other tab knows the calls, too.
    expect(second.panel.getSnapshot().calls).toMatchObject([{ call: dan, state: 'talking' }]);
  });

  it('send their own commands, and tell the other tabs', async () => {
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

  it('replace a leader that is closed', async () => {
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

  it('replace a silent leader', async () => {
    const { clock, roles, open } = await browser(0);
    // This tab froze with the lock: it sends nothing, and never releases the lock.
    void navigator.locks.request(channelName, () => new Promise(() => {})).catch(() => {});
    const { panel } = await open();
    panel.subscribe(() => {});
    await clock.forward(6_000);
    expect(roles()).toEqual(['follower']);
    await clock.forward(2_000);
    expect(roles()).toEqual(['leader']);
  });

  it('give the lead to a visible tab', async () => {
    const { tabs, roles } = await browser(2);
    const [first] = tabs;
    for (const { panel } of tabs) panel.subscribe(() => {});
    await settled();
    expect(roles()).toEqual(['leader', 'follower']);
    first.page.hidden = true;
    await settled();
    expect(roles()).toEqual(['follower', 'leader']);
  });

  it('ask nothing while all of them are hidden', async () => {
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

  it('tell a new tab what they know', async () => {
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

  it('know the slot of a call that another tab parked without a slot', async () => {
    const { tabs, states } = await browser(2);
    for (const { panel } of tabs) panel.track(event('answer', cem));
    await tabs[0].panel.park(cem);
    await settled();
    expect(states(1)).toEqual(['held', 'held']);
  });

  it('work alone with the option `solo`', async () => {
    const { roles } = await browser(2, { tabs: 'solo' });
    expect(roles()).toEqual(['solo', 'solo']);
  });
});
