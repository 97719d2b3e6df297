import type { Departure, SlotView } from 'valet-park';
import { isValetError } from '../../src/client/error.ts';
import { isChange, type Attempt, type Change } from './attempt.ts';
import type { ExtensionNames } from './departure-text.ts';
import type { Locale } from './locale.ts';
import type { Message, Params } from './messages.ts';
import { partyText } from './party.ts';

/** An error as the panel shows it. */
export interface ErrorText {
  readonly message: Message;
  /** True if the command may have been carried out. */
  readonly isOutcomeUnknown: boolean;
  /** True if the error is a fault of this package, which a developer should see a report of. */
  readonly isBug: boolean;
}

/**
 * Returns the message for an error, chosen by its code. The text of the error is for developers and
 * is not shown.
 *
 * `slot` is the slot of the command. It is used if the error itself names no slot.
 */
export function errorText(error: unknown, slot: number | null): ErrorText {
  if (!isValetError(error)) {
    const text = error instanceof Error ? error.message : String(error);
    const message: Message = { key: 'error.unexpected', params: { text } };
    return { message, isOutcomeUnknown: true, isBug: true };
  }
  return {
    message: { key: `error.${error.code}`, params: { n: error.slot ?? slot ?? 0 } },
    isOutcomeUnknown: error.outcome === 'unknown',
    isBug: error.kind === 'bug',
  };
}

/** The facts about the slot of a failed command. */
export interface Evidence {
  readonly locale: Locale;
  readonly names: ExtensionNames;
  /** How the expected call left the slot. Null if that is not known. */
  readonly departure: Departure | null;
  /** The slot as it is now. Null for a command without a slot. */
  readonly view: SlotView | null;
}

/** The codes that say that another person was faster. */
const lostCodes: ReadonlySet<string> = new Set(['vacant', 'different-call', 'no-such-call']);

/**
 * Returns the sentences about a failed command: what was tried, what became of it, and why.
 *
 * If the result is not known, the sentence says that the panel is checking it.
 */
export function failureText(error: unknown, attempt: Attempt, evidence: Evidence): Message {
  const { message, isOutcomeUnknown } = errorText(error, attempt.slot);
  const why = causeText(error, attempt, evidence) ?? message;
  if (isOutcomeUnknown && isChange(attempt)) {
    return { key: 'failed.checking', params: { what: doubtText(attempt, evidence.locale), why } };
  }
  return { key: 'failed.why', params: { what: notDoneText(attempt, evidence.locale), why } };
}

/** Returns what did not happen, such as "Anna was not parked". */
function notDoneText(attempt: Attempt, locale: Locale): Message {
  return { key: `failed.${attempt.what}`, params: paramsOf(attempt, locale) };
}

/** Returns what may have happened, such as "It is not known whether Anna was parked". */
export function doubtText(attempt: Change, locale: Locale): Message {
  return { key: `unknown.${attempt.what}`, params: paramsOf(attempt, locale) };
}

function paramsOf({ caller, slot }: Attempt, locale: Locale): Params {
  return { who: partyText(locale, caller ?? null).name, n: slot ?? 0 };
}

/** Returns who was faster, if that is the cause of an error and is known. */
function causeText(error: unknown, attempt: Attempt, evidence: Evidence): Message | null {
  if (!isValetError(error)) return null;
  const { locale, names, departure, view } = evidence;
  if (attempt.what !== 'park' && lostCodes.has(error.code) && departure !== null) {
    return lostText(departure, names);
  }
  if (attempt.what !== 'park' || error.code !== 'taken' || !view?.uuid) return null;
  const params = { n: view.slot, who: partyText(locale, view.caller).name };
  if (view.parkedBy === null || view.mine) return { key: 'lost.slot', params };
  return { key: 'lost.slotBy', params: { ...params, name: names.nameOf(view.parkedBy) } };
}

/** Returns how a call left before the command reached it. */
export function lostText(departure: Departure, { nameOf }: ExtensionNames): Message {
  const { reason, mine, takenBy, parkedBy } = departure;
  if (reason === 'bridged' && takenBy !== null) {
    return { key: 'lost.taken', params: { name: nameOf(takenBy) } };
  }
  if (reason !== 'returned') return { key: `lost.${reason}` };
  if (mine || parkedBy === null) return { key: mine ? 'lost.returnedYou' : 'lost.returned' };
  return { key: 'lost.returnedTo', params: { name: nameOf(parkedBy) } };
}
