import { Lot, type Answer, type LotEvent, type LotOptions, type Question } from 'valet-park';
import { legOf, newLeg, placeCall, showCall, type Call, type PlayCall } from './call.ts';
import { CallList } from './call-list.ts';
import { Alarm, Clock } from './clock.ts';
import { Directory, type Extension } from './directory.ts';
import { answerEvent, dialEvent, hangupEvent, type SwitchEvent } from './event.ts';
import { SwitchError } from './switch-error.ts';

/** What an exchange is made of; everything has a default. */
export interface ExchangeOptions extends LotOptions {
  /** The telephones of the switch. Default: 34414 (341 Reception), 32494 (200 Sales), 34415 (342
   *  Service). */
  readonly extensions?: readonly Extension[];
  /** The clock, in ms since 1970. Default: the machine's. It may stand still. */
  readonly now?: () => number;
  /** May a call that waits be asked with, by the extension that parked it? Whether a real switch
   *  allows it is not known, so try your client both ways. Default true. */
  readonly askWithParked?: boolean;
}

/**
 * The calls of a switch, and the lot in which they wait.
 *
 * Who may park what is decided here, who is in which slot by the `Lot`. Whatever is asked, first
 * everything happens that should have happened by now, so no answer depends on a timer.
 */
export class Exchange {
  readonly directory: Directory;
  readonly #clock: Clock;
  readonly #lot: Lot;
  readonly #calls = new CallList();
  readonly #askWithParked: boolean;
  readonly #listeners = new Set<(event: SwitchEvent) => void>();
  readonly #alarm: Alarm;
  #untold: SwitchEvent[] = [];

  /** @throws RangeError or ValetError for options that make no sense. */
  constructor(options: ExchangeOptions = {}) {
    const { extensions, now, askWithParked = true, ...lot } = options;
    this.directory = new Directory(extensions);
    this.#clock = new Clock(now);
    this.#lot = new Lot(lot);
    this.#askWithParked = askWithParked;
    this.#alarm = new Alarm(this.#clock, () => this.now());
  }

  /** The switch's time, in ms since 1970. */
  now(): number {
    return this.#run((now) => now);
  }

  /** Sets the clock forward; returns the new time. Calls whose patience ends on the way go back to
   *  their extensions, at their own moments.
   *
   *  @throws SwitchError `invalid` for less than 0 ms. */
  forward(ms: number): number {
    this.#clock.forward(ms);
    return this.now();
  }

  /** Somebody outside calls an extension, named by id (`34414`) or short number (`341`). Without a
   *  name the number stands for it. */
  ring(extension: string, number: string, name: string = number): PlayCall {
    return this.#place('in', extension, number, name);
  }

  /** An extension calls somebody outside. */
  dial(extension: string, number: string): PlayCall {
    return this.#place('out', extension, number, number);
  }

  /** A ringing call is answered, by whoever was called. */
  answer(call: string): PlayCall {
    return this.#run((now) => {
      const found = this.#calls.get(call);
      if (found.state.kind !== 'ringing') {
        const message = `a ringing call can be answered, this one is ${found.state.kind}`;
        throw new SwitchError('not-ringing', message);
      }
      const { leg } = found.state;
      found.state = { kind: 'talking', since: now, leg };
      this.#tell(answerEvent(now, found, leg));
      return showCall(found);
    });
  }

  /** The far party hangs up, wherever the call is. Everything it was bridged with ends with it; a
   *  call that waits leaves its slot. */
  hangup(call: string): PlayCall {
    return this.#run((now) => {
      const found = this.#calls.get(call);
      this.#end(now, found);
      return showCall(found);
    });
  }

  /** Ends every call, so that the lot is empty. The clock stays. */
  reset(): void {
    this.#run((now) => {
      for (const call of this.#calls.all()) this.#end(now, call);
    });
  }

  /** The calls that live, in the order in which they were placed. */
  calls(): PlayCall[] {
    return this.#run(() => this.#calls.all().map(showCall));
  }

  /** The calls that ring or talk at one extension. */
  callsAt(extension: Extension): Call[] {
    return this.#run(() =>
      this.#calls.all().filter((call) => call.extension === extension && legOf(call) !== null),
    );
  }

  /**
   * Asks the lot on behalf of an extension.
   *
   * The call must be the extension's own and alive, else it is refused as if it did not exist. One
   * that still rings can look at the lot, not park or bridge.
   */
  ask(question: Question): Answer {
    return this.#run((now) => {
      const extension = this.directory.find(question.extension);
      if (extension === null) return refusal('no-such-extension', 'Not found');
      const call = this.#calls.find(question.call);
      if (call?.extension !== extension || !this.#mayAsk(call)) {
        return refusal('no-such-call', 'Not found');
      }
      if (call.state.kind === 'ringing' && question.action !== 'slots') {
        return refusal('bad-request', `answer the call first, then ${question.action}`);
      }
      return this.#lot.ask(now, { ...question, extension: extension.id, call: call.id });
    });
  }

  /** Calls `listener` with each call event, after the change that caused it is complete. Returns
   *  the way to stop. */
  onEvent(listener: (event: SwitchEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Stops the clock's alarm and lets the lot go. Nothing may be asked afterwards. */
  dispose(): void {
    this.#alarm.set(null);
    this.#listeners.clear();
    this.#lot.dispose();
  }

  /** Settles what is due, makes one change, lets the calls follow the lot, tells of it. */
  #run<T>(change: (now: number) => T): T {
    const now = this.#clock.now();
    this.#lot.advance(now);
    this.#followLot();
    try {
      return change(now);
    } finally {
      this.#followLot();
      this.#alarm.set(this.#lot.nextDeadline());
      const events = this.#untold;
      this.#untold = [];
      for (const event of events) for (const listener of this.#listeners) listener(event);
    }
  }

  #place(direction: 'in' | 'out', extension: string, number: string, name: string): PlayCall {
    return this.#run((now) => {
      checkText('number', number, 1);
      checkText('name', name, 0);
      const found = this.directory.findByNumber(extension);
      if (found === null) {
        const known = this.directory.all().map(({ id }) => id);
        throw new SwitchError('no-such-extension', `the extensions are ${known.join(', ')}`);
      }
      const call = placeCall(now, direction, found, { number, name });
      this.#calls.add(call);
      const leg = legOf(call);
      if (leg !== null) this.#tell(dialEvent(now, call, leg));
      return showCall(call);
    });
  }

  #mayAsk(call: Call): boolean {
    return legOf(call) !== null || (call.state.kind === 'parked' && this.#askWithParked);
  }

  #followLot(): void {
    for (const event of this.#lot.takeEvents()) {
      const call = this.#calls.find(event.call);
      if (call !== null) this.#follow(event, call);
    }
  }

  #follow(event: LotEvent, call: Call): void {
    const { at, slot } = event;
    if (event.kind === 'parked') {
      this.#endLeg(at, call);
      call.state = { kind: 'parked', since: at, slot };
    } else if (event.kind === 'bridged') {
      const into = event.by === null ? null : this.#calls.find(event.by);
      if (into === null) return;
      call.state = { kind: 'bridged', since: at, into };
      into.joined.push(call);
    } else if (event.kind === 'returned') {
      const leg = newLeg(at, 'in', call.extension);
      call.state = { kind: 'ringing', since: at, leg };
      this.#tell(dialEvent(at, call, leg));
    }
    // Abandoned needs no step: only `#end` takes a call out of its slot that way.
  }

  #end(now: number, call: Call): void {
    for (const member of this.#calls.connectedWith(call)) {
      this.#endLeg(now, member);
      if (member.state.kind === 'parked') this.#lot.hangup(now, member.id);
      member.state = { kind: 'gone', since: now };
      this.#calls.delete(member);
    }
  }

  #endLeg(at: number, call: Call): void {
    const { state } = call;
    if (!('leg' in state)) return;
    const answeredAt = state.kind === 'talking' ? state.since : null;
    this.#tell(hangupEvent(at, call, state.leg, answeredAt));
  }

  #tell(event: SwitchEvent): void {
    this.#untold.push(event);
  }
}

function checkText(what: string, text: string, shortest: number): void {
  if (typeof text === 'string' && text.length >= shortest && text.length <= MAX_TEXT) return;
  throw new SwitchError(
    'invalid',
    `the ${what} is a text of ${shortest} to ${MAX_TEXT} characters`,
  );
}

function refusal(
  code: 'no-such-extension' | 'no-such-call' | 'bad-request',
  message: string,
): Answer {
  return { kind: 'refused', code, slot: null, message, retryAfterMs: null };
}

/** Longer than any real caller's name; a bound, because every call keeps its own. */
const MAX_TEXT = 256;
