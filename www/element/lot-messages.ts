import { html, type TemplateResult } from 'lit';
import type { CallView } from 'valet-park';
import type { AnswerKeys } from './calls.ts';
import { keyName, type KeyMap } from './keys.ts';
import { saveReport } from './lot-report.ts';
import type { NoteRequest } from './note-editor.ts';
import type { Panel } from './panel.ts';
import type { TileRequest } from './tile-request.ts';
import { notePointer } from './touch.ts';

/** Returns the messages of the panel. */
export function lotMessages(lot: Panel): TemplateResult {
  const { controller, locale, settings } = lot;
  const { question } = controller;
  // A lamp has no room for a question.
  const isAsked = question !== null && settings.layout === 'lamps';
  return html`<valet-notices
    exportparts="announcement"
    .locale=${locale}
    .status=${isAsked ? [question] : controller.status}
    .alert=${controller.alert}
    .spoken=${controller.spoken}
    .parked=${controller.parked}
    .fields=${controller.noteFields}
    .undo=${controller.undo}
    .canPickUp=${controller.canPickUp}
    .confirmsUndo=${settings.confirm === 'always'}
    .isBug=${controller.isBug}
    .back=${lot.answer === null || lot.lookOnly ? null : controller.back}
  ></valet-notices>`;
}

/** Returns the keys that answer a call. */
export function answerKeys({ answer, parkAgain }: KeyMap): AnswerKeys {
  return { answer: keyName(answer), parkAgain: keyName(parkAgain) };
}

/** Runs the commands of messages, of calls that ring, and of notes. */
export function handleMessages(lot: Panel): void {
  const { controller } = lot;
  const handlers: Readonly<Record<string, (detail: never) => unknown>> = {
    'parking-report': () => saveReport(lot),
    'parking-hold': (isHeld: boolean) => controller.hold(isHeld),
    'parking-undo': () => {
      if (controller.undo !== null) lot.board?.aim(controller.undo.slot);
      return controller.takeBack();
    },
    'parking-answer': (call: CallView) => controller.answer(call),
    'parking-park-again': (call: CallView) => controller.parkAgain(call),
    'parking-history': () => (lot.dialog = 'history'),
    'parking-note-draft': (request: NoteRequest) => controller.keepDraft(request),
    'parking-note-edit': ({ slot }: TileRequest) => controller.editNote(slot),
    'parking-note': (request: NoteRequest) => {
      // A screen reader does not read the messages behind an open dialog.
      lot.dialog = null;
      lot.board?.aim(request.target.slot);
      return controller.saveNote(request);
    },
    'parking-note-leave': () => {
      if (lot.dialog === null) controller.leaveNote();
      else lot.dialog = null;
    },
  };
  for (const [type, run] of Object.entries(handlers)) {
    lot.addEventListener(type, (event) => void run((event as CustomEvent<never>).detail));
  }
  // After a command the search would hide most of the board. A person who still types keeps the text.
  for (const type of ['parking-parked', 'parking-bridged', 'parking-picked-up']) {
    lot.addEventListener(type, () => {
      if (lot.bar?.hasSearchFocus !== true) lot.query = '';
    });
  }
  lot.addEventListener('pointerdown', notePointer, { capture: true });
}
