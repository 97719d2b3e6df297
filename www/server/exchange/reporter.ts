import type { Answer, Question } from 'valet-park';
import type { LotEvent } from 'valet-park/lot';
import type { JournalChange, Log } from '../feed/log.ts';
import type { Journal } from '../relay/journal.ts';
import { askedMessage, callMessage, lotMessage, type Caller, type Taker } from '../feed/message.ts';
import type { Extension } from './directory.ts';
import { eventsSoFar, type SwitchEvent } from './event.ts';
import type { Observer } from './observer.ts';
import type { Switchboard } from './switchboard.ts';

type Source = Pick<Switchboard, 'callerOf' | 'profile' | 'timers'>;

/** Writes the call events, and everything that happens in the lot, to a log in memory. */
export class Reporter implements Observer {
  readonly #log: Log;
  readonly #journal: Journal;
  readonly #switchboard: Source;

  constructor(log: Log, journal: Journal, switchboard: Source) {
    this.#log = log;
    this.#journal = journal;
    this.#switchboard = switchboard;
  }

  publish(event: SwitchEvent): void {
    this.#append(event.extension, callMessage(event));
  }

  moved(event: LotEvent, caller: Caller, taker: Taker | null): void {
    const { kind, at, slot, call, extension } = event;
    const takenBy = taker?.extension ?? null;
    const { number, name } = caller;
    const arrival = { slot, call, extension, at, number, name };
    const journal = this.#journal.moved(arrival, kind, { at, takenBy });
    this.#append(null, lotMessage(event, caller, at, taker), journal);
  }

  asked(question: Question, answer: Answer): number {
    const { profile, timers } = this.#switchboard;
    const journal = profile === 'lot' ? {} : this.#answered(question, answer, timers.now());
    this.#append(null, askedMessage(question, answer), journal);
    return this.#log.latest;
  }

  /** The journal of a switch that reports no moves follows the answers. */
  #answered(question: Question, answer: Answer, now: number): JournalChange {
    const { number, name } = this.#switchboard.callerOf(question.call);
    return this.#journal.answered(question, answer, now, { number, name });
  }

  #append(extension: string | null, text: string, journal: JournalChange = {}): void {
    void this.#log.append({ extension, text }, { journal }); // A log in memory never fails.
  }
}

/**
 * Returns the messages that describe the present state to a new subscriber.
 *
 * They are the events so far of the calls at the extensions. With the profile `lot` they are also a
 * `lot` message for each parked call, and then an `asked` message with the free slots. Clients rely
 * on this order: if two messages with the same id concern one slot, the first one counts.
 */
export function beginningOf(switchboard: Switchboard, extensions: readonly Extension[]): string[] {
  const calls = extensions
    .flatMap((extension) => switchboard.callsAt(extension))
    .flatMap(eventsSoFar)
    .map(callMessage);
  const [first] = extensions;
  const lot = switchboard.profile === 'lot' && first ? lotOf(switchboard, first.id) : [];
  return [...calls, ...lot];
}

function lotOf(switchboard: Switchboard, extension: string): string[] {
  const now = switchboard.now();
  const held = switchboard.stalls().map((stall) => {
    const caller = switchboard.callerOf(stall.call);
    return lotMessage({ kind: 'parked', at: stall.parkedAt, ...stall }, caller, now);
  });
  const free = switchboard.freeSlots();
  const question = { extension, call: 'any', action: 'slots' } as const;
  const list = askedMessage(question, { kind: 'free', slots: free });
  return [...held, list];
}
