import { ValetBar } from './bar.ts';
import { ValetBoard } from './board.ts';
import { ValetCalls } from './calls.ts';
import { ValetDepartures } from './departures.ts';
import { ValetDetails } from './details.ts';
import { ValetHelp } from './help.ts';
import { ValetHistory } from './history-view.ts';
import { ValetLot } from './lot.ts';
import { ValetMenu } from './menu.ts';
import { ValetNoteForm } from './note-form.ts';
import { ValetNotices } from './notices.ts';
import { ValetPalette } from './palette.ts';
import { ValetWall } from './wall.ts';
import { ValetSettings } from './settings-form.ts';
import { ValetSync } from './sync.ts';
import { ValetTile } from './tile.ts';

/** Registers the elements of the panel. A second call does nothing. */
export function define(): void {
  for (const [tag, element] of Object.entries(elements)) {
    if (customElements.get(tag) === undefined) customElements.define(tag, element);
  }
}

const elements = {
  'valet-bar': ValetBar,
  'valet-board': ValetBoard,
  'valet-calls': ValetCalls,
  'valet-departures': ValetDepartures,
  'valet-details': ValetDetails,
  'valet-help': ValetHelp,
  'valet-history': ValetHistory,
  'valet-lot': ValetLot,
  'valet-menu': ValetMenu,
  'valet-note-form': ValetNoteForm,
  'valet-notices': ValetNotices,
  'valet-palette': ValetPalette,
  'valet-wall': ValetWall,
  'valet-settings': ValetSettings,
  'valet-sync': ValetSync,
  'valet-tile': ValetTile,
};

declare global {
  interface HTMLElementTagNameMap {
    'valet-bar': ValetBar;
    'valet-board': ValetBoard;
    'valet-calls': ValetCalls;
    'valet-departures': ValetDepartures;
    'valet-details': ValetDetails;
    'valet-help': ValetHelp;
    'valet-history': ValetHistory;
    'valet-lot': ValetLot;
    'valet-menu': ValetMenu;
    'valet-note-form': ValetNoteForm;
    'valet-notices': ValetNotices;
    'valet-palette': ValetPalette;
    'valet-wall': ValetWall;
    'valet-settings': ValetSettings;
    'valet-sync': ValetSync;
    'valet-tile': ValetTile;
  }
}
