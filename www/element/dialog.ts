import { html, type TemplateResult } from 'lit';
import { offeredActions } from './host-actions.ts';
import type { Dialog } from './keyboard.ts';
import { longestWait } from './known-wait.ts';
import { lotPalette } from './lot-palette.ts';
import type { Panel } from './panel.ts';

/** Returns the title of a dialog of the panel. */
export function dialogTitle({ locale }: Panel, dialog: Dialog | null): string {
  if (dialog instanceof Object) return locale.text('details.title', { n: dialog.slot });
  return dialog === null ? '' : locale.text(`${dialog}.title`);
}

/** Returns the content of a dialog of the panel. */
export function dialogContent(lot: Panel, dialog: Dialog): TemplateResult {
  const { locale, settings } = lot;
  if (dialog === 'settings') {
    return html`<valet-settings
      .locale=${locale}
      .settings=${settings}
      .canReport=${lot.park !== null}
    ></valet-settings>`;
  }
  if (dialog === 'help') {
    return html`<valet-help
      .locale=${locale}
      .keys=${lot.keyMap}
      .characters=${settings.keys === 'on'}
    ></valet-help>`;
  }
  if (dialog === 'palette') return lotPalette(lot);
  if (dialog === 'history') {
    return html`<valet-history
      .locale=${locale}
      .departures=${lot.history.departures}
      .source=${lot.history.source}
      .home=${lot.names.home}
      .nameOf=${lot.nameOf}
      .longestMs=${longestWait(lot.controller.snapshot.sync)}
      @parking-clear-history=${() => lot.history.clear()}
    ></valet-history>`;
  }
  const { slots, calls, departures } = lot.controller.snapshot;
  return html`<valet-details
    .locale=${locale}
    .view=${slots[dialog.slot - 1] ?? null}
    .calls=${calls}
    .departures=${departures}
    .home=${lot.names.home}
    .nameOf=${lot.nameOf}
    .namesOwn=${lot.hasSeveralExtensions}
    .lookOnly=${lot.lookOnly}
    .hostActions=${offeredActions(lot)}
    .editsNote=${lot.controller.keepsNotes && !lot.lookOnly}
  ></valet-details>`;
}
