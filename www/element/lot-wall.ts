import { html, type TemplateResult } from 'lit';
import { mainMenu, runMenuItem } from './main-menu.ts';
import type { Panel } from './panel.ts';

/** Returns the wall of a panel. Its menu leads to the settings, and so back to another layout. */
export function lotWall(lot: Panel): TemplateResult {
  const { locale, controller } = lot;
  const { slots, sync } = controller.snapshot;
  return html`<valet-wall
    .locale=${locale}
    .slots=${slots}
    .sync=${sync}
    .remaining=${controller.remaining}
    .nameOf=${lot.nameOf}
    .namesOwn=${lot.hasSeveralExtensions}
  >
    <valet-menu
      slot="menu"
      .locale=${locale}
      .items=${mainMenu(lot)}
      .label=${locale.text('act.menu')}
      @parking-menu=${({ detail }: CustomEvent<string>) => runMenuItem(lot, detail)}
    ></valet-menu>
  </valet-wall>`;
}
