/** Several tabs of one browser, on one switch. */

import type { ValetPark, ValetParkOptions } from 'valet-park';
import { FakeClock } from './clock.ts';
import { extension, openPanel } from './host.ts';
import { FakePage, FakeTabs } from './page.ts';
import { base, FakeSwitch } from './switch.ts';

/** The name of the channel and of the lock that all tabs of this extension share. */
export const channelName = `valet-park 2 ${base} ${extension}`;

export interface Tab {
  readonly panel: ValetPark;
  readonly page: FakePage;
  readonly pbx: FakeSwitch;
}

/** Opens tabs of one browser. Each has its own page, and its own `fetch` to the same lot. */
export async function browser(count: number, options: Partial<ValetParkOptions> = {}) {
  new FakeTabs();
  const clock = new FakeClock();
  const lot = new FakeSwitch(clock);
  const tabs: Tab[] = [];
  async function open(own: Partial<ValetParkOptions> = {}): Promise<Tab> {
    const page = new FakePage();
    const pbx = new FakeSwitch(clock);
    Object.assign(pbx, { lot: lot.lot });
    const panel = await openPanel(clock, pbx, { ...options, ...own });
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
