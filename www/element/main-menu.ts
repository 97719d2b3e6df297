import type { MenuItem } from './menu.ts';
import type { Panel } from './panel.ts';

/** Returns the entries of the menu in the bar. */
export function mainMenu(lot: Panel): readonly MenuItem[] {
  const { locale, settings } = lot;
  const report: MenuItem = { name: 'report', text: locale.text('act.report') };
  return [
    { name: 'refresh', text: locale.text('act.refresh') },
    { name: 'history', text: locale.text('history.title') },
    { name: 'list', text: locale.text('act.list'), checked: settings.layout === 'list' },
    { name: 'sound', text: locale.text('settings.sound'), checked: settings.sound === 'on' },
    { name: 'settings', text: locale.text('act.settings') },
    { name: 'help', text: locale.text('act.help'), shortcut: lot.shortcut('help') },
    ...(lot.park === null ? [] : [report]),
  ];
}

/** Runs the command of an entry. */
export function runMenuItem(lot: Panel, name: string): void {
  const { sound, layout } = lot.settings;
  if (name === 'refresh') void lot.controller.refresh();
  else if (name === 'report') void lot.controller.saveReport();
  else if (name === 'list') lot.choose({ layout: layout === 'list' ? 'board' : 'list' });
  else if (name === 'sound') lot.choose({ sound: sound === 'on' ? 'off' : 'on' });
  else if (name === 'settings' || name === 'help' || name === 'history') lot.dialog = name;
}
