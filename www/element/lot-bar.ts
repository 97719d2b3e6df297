import { html, type TemplateResult } from 'lit';
import { mainMenu, runMenuItem } from './main-menu.ts';
import type { Panel } from './panel.ts';
import { matchesSearch } from './search-text.ts';

/** Returns the bar of a panel. Enter in its search moves to the most urgent slot that is found. */
export function lotBar(lot: Panel): TemplateResult {
  const { locale, controller, query, settings } = lot;
  const { sync, slots } = controller.snapshot;
  const given = lot.heading ?? lot.home;
  const found = slots.filter((view) => matchesSearch(locale, view, query, lot.nameOf));
  return html`<valet-bar
    class=${settings.layout}
    .locale=${locale}
    .heading=${given === '' && lot.heading === null ? locale.text('board.title') : given}
    .parked=${slots.filter(({ uuid }) => uuid !== null).length}
    .sync=${sync}
    .query=${query}
    .found=${found.length}
    .shortcut=${lot.shortcut('search')}
    .isSoundBlocked=${lot.isSoundBlocked}
    .items=${mainMenu(lot)}
    @parking-search=${({ detail }: CustomEvent<string>) => (lot.query = detail)}
    @parking-found=${() => goToFound(lot)}
    @parking-menu=${({ detail }: CustomEvent<string>) => runMenuItem(lot, detail)}
    ><slot name="bar"></slot
  ></valet-bar>`;
}

/** Moves the focus to the most urgent slot that the search has found. */
async function goToFound(lot: Panel): Promise<void> {
  await lot.updateComplete;
  await lot.board?.updateComplete;
  lot.board?.focusMostUrgent();
}
