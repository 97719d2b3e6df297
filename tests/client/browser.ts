/** Several tabs of one browser, on one switch. */

import { ValetPark, type ValetParkOptions } from 'valet-park';
import { onTestFinished } from 'vitest';
import { FakeClock } from './clock.ts';
import { extension } from './host.ts';
import { FakePage, FakeTabs } from './page.ts';
import { base, FakeSwitch } from './switch.ts';

/** The name of the channel and of the lock that tabs of this extension share. */
export const channelName = `valet-park 2 ${base} ${extension}`;

export interface Tab {
  readonly panel: ValetPark;
  readonly page: FakePage;
  readonly pbx: FakeSwitch;
}

/** Tabs with pages of their own, on one switch; each has its own wire to look at. */
export async function browser(count: number, options: Partial<ValetParkOptions> = {}) {
  new FakeTabs();
  const clock = new FakeClock();
  const lot = new FakeSwitch(clock);
  const tabs: Tab[] = [];
  async function open(own: Partial<ValetParkOptions> = {}): Promise<Tab> {
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
      ...own,
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
