import { html, type TemplateResult } from 'lit';
import { offeredActions } from './host-actions.ts';
import { mainMenu, runMenuItem } from './main-menu.ts';
import { paletteItems, type PaletteAction } from './palette-items.ts';
import type { Panel } from './panel.ts';

/** Returns the palette of a panel. */
export function lotPalette(lot: Panel): TemplateResult {
  const { locale, controller, nameOf, hasSeveralExtensions: namesOwn } = lot;
  const { slots, calls } = controller.snapshot;
  const { call, canPickUp, undo } = controller;
  const { lookOnly, isOffline } = lot;
  const items = paletteItems({
    ...{ locale, slots, calls, names: { nameOf, namesOwn } },
    context: { call, canPickUp, lookOnly, isOffline },
    hostActions: offeredActions(lot),
    canAnswer: lot.answer !== null && !lookOnly,
    answerKey: lot.shortcut('answer'),
    hasDigits: lot.settings.keys === 'on',
    commands: [
      ...(undo === null ? [] : [{ name: 'undo', text: locale.text(`act.${undo.what}`) }]),
      { name: 'parkNext', text: locale.text('act.parkNext'), shortcut: lot.shortcut('parkNext') },
      { name: 'urgent', text: locale.text('palette.urgent'), shortcut: lot.shortcut('urgent') },
      ...mainMenu(lot),
    ],
  });
  return html`<valet-palette
    .locale=${locale}
    .items=${items}
    @parking-palette=${({ detail }: CustomEvent<PaletteAction>) => void run(lot, detail)}
  ></valet-palette>`;
}

/**
 * Runs an entry of the palette. A slot is pressed as on the board: the tile asks before it connects a
 * call that a colleague has parked.
 */
async function run(lot: Panel, action: PaletteAction): Promise<void> {
  lot.dialog = null;
  await lot.updateComplete;
  if (action.kind === 'call') lot.controller.select(action.call);
  else if (action.kind === 'answer') {
    const { calls } = lot.controller.snapshot;
    await lot.controller.answer(calls.find(({ call }) => call === action.call) ?? null);
  } else if (action.kind === 'host') await lot.controller.runHostAction(action);
  else if (action.kind === 'slot') await press(lot, action.slot, action.uuid);
  else if (action.name === 'undo') await lot.controller.takeBack();
  else if (action.name === 'parkNext') await lot.parkNext();
  else if (action.name === 'urgent') {
    const { urgent } = lot.controller;
    if (urgent === null) lot.controller.showStatus({ key: 'why.noneWaits' });
    else (await lot.reveal(urgent))?.focus();
  } else runMenuItem(lot, action.name);
}

async function press(lot: Panel, slot: number, uuid: string | null): Promise<void> {
  const tile = await lot.reveal(slot);
  tile?.focus();
  tile?.press(null, uuid);
}
