import type { CallView, Departure, ValetPark } from 'valet-park';
import { isChange, type Attempt } from './attempt.ts';
import { errorText, failureText, lostText } from './error-text.ts';
import type { MessageArea, MessageHost } from './message-area.ts';
import type { Message } from './messages.ts';
import { settle, settledSince } from './settle.ts';

/** The last failed command, while its error is shown. */
interface Failure {
  readonly error: unknown;
  readonly attempt: Attempt;
  /** Our call in the command; null if there was none. */
  readonly call: CallView | null;
  /** When the command failed, in ms since 1970. */
  readonly at: number;
}

/**
 * Shows what became of failed commands. An error is corrected when more is known: who was faster, or what
 * a command without an answer has done.
 */
export class Failures {
  readonly #host: MessageHost;
  readonly #messages: MessageArea;
  #last: Failure | null = null;

  constructor(host: MessageHost, messages: MessageArea) {
    this.#host = host;
    this.#messages = messages;
  }

  /** Forgets the last failure, because a later command has succeeded. */
  clear(): void {
    this.#last = null;
    this.#messages.removeError();
  }

  /** Shows the error of a command. `call` is our call in the command; null if there was none. */
  async show(
    park: ValetPark,
    error: unknown,
    attempt: Attempt,
    call: CallView | null,
  ): Promise<void> {
    const failure = { error, attempt, call, at: Date.now() };
    this.#last = failure;
    const text = this.#textOf(park, failure);
    this.#messages.showError([text], errorText(error, attempt.slot).isBug);
    if (text.key !== 'failed.checking' || !isChange(attempt)) return;
    const result = await settle(park, attempt, call, this.#host.locale);
    if (this.#last !== failure) return;
    // If the switch does not answer, a later change may still show the result.
    if (result.key !== 'checked.doubt') this.#last = null;
    this.#messages.correctError([result], [result]);
  }

  /** Says what became of a command without an answer, after a change has shown it. */
  update(park: ValetPark): void {
    if (this.#last === null) return;
    const { attempt, call, at } = this.#last;
    if (!isChange(attempt) || this.#textOf(park, this.#last).key !== 'failed.checking') return;
    const result = settledSince(at, park, attempt, call, this.#host.locale);
    if (result === null) return;
    this.#last = null;
    this.#messages.correctError([result], [result]);
  }

  /** Says of a lost race who was faster, if the departure arrives after the error. */
  departed(park: ValetPark, departure: Departure): void {
    const { uuid } = this.#last?.attempt ?? {};
    if (this.#last === null || uuid !== departure.uuid) return;
    const text = this.#textOf(park, this.#last);
    if (text.key !== 'failed.why') return;
    this.#messages.correctError([text], [lostText(departure, this.#host.names)]);
  }

  /** True if the error that is shown already says how this call left its slot. */
  tells({ uuid }: Departure): boolean {
    return this.#last?.attempt.uuid === uuid && this.#messages.hasError;
  }

  #textOf(park: ValetPark, { error, attempt }: Failure): Message {
    const { locale, names } = this.#host;
    const { departures, slots } = park.getSnapshot();
    const departure = departures.find(({ uuid }) => uuid === attempt.uuid) ?? null;
    const view = attempt.slot === null ? null : (slots[attempt.slot - 1] ?? null);
    return failureText(error, attempt, { locale, names, departure, view });
  }
}
