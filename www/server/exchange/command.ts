import type { Action, Question } from 'valet-park';
import { unhandled } from '../unhandled.ts';

/** The actions that change something. */
export type CommandAction = Exclude<Action, 'slots'>;

/** A command that the switch received. */
export interface Command {
  /** The time of arrival, in ms since 1970. The command may have been carried out later. */
  readonly at: number;
  readonly extension: string;
  readonly call: string;
  readonly action: CommandAction;
  /** Null if the command named no slot. */
  readonly slot: number | null;
}

export function commandOf(at: number, question: Question, action: CommandAction): Command {
  const { extension, call, slot = null } = question;
  return { at, extension, call, action, slot };
}

/** True for the actions that change something. */
export function isCommand(action: Action): action is CommandAction {
  switch (action) {
    case 'park':
    case 'bridge':
      return true;
    case 'slots':
      return false;
    default:
      return unhandled(action);
  }
}
