import { html, type TemplateResult } from 'lit';
import type { CallView } from 'valet-park';
import type { ValetLot } from './lot.ts';
import type { NoteRequest } from './note-form.ts';
import type { TileRequest } from './tile.ts';
import { notePointer } from './touch.ts';

/** Returns the messages of the panel. */
export function lotMessages(lot: ValetLot): TemplateResult {
  const { controller, locale, settings } = lot;
  return html`<valet-notices
    exportparts="announcement"
    .locale=${locale}
    .status=${controller.status}
    .alert=${controller.alert}
    .spoken=${controller.spoken}
    .parked=${controller.parked}
    .fields=${controller.noteFields}
    .undo=${controller.undo}
    .confirmsUndo=${settings.confirm === 'always'}
    .isBug=${controller.isBug}
  ></valet-notices>`;
}

/** Runs the commands of messages, of calls that ring, and of notes. */
export function handleMessages(lot: ValetLot): void {
  const { controller } = lot;
  const handle = <Detail>(type: string, run: (detail: Detail) => unknown): void => {
    lot.addEventListener(type, (event) => void run((event as CustomEvent<Detail>).detail));
  };
  handle('parking-hold', (isHeld: boolean) => controller.hold(isHeld));
  handle('parking-undo', () => controller.takeBack());
  handle('parking-answer', (call: CallView) => controller.answer(call));
  handle('parking-park-again', (call: CallView) => controller.parkAgain(call));
  handle('parking-note-edit', ({ slot }: TileRequest) => controller.editNote(slot));
  handle('parking-note', ({ target, input }: NoteRequest) => controller.saveNote(target, input));
  handle('parking-note-leave', () => controller.leaveNote());
  lot.addEventListener('pointerdown', notePointer, { capture: true });
}
