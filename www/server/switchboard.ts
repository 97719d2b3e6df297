import { Lot, type Answer, type LotOptions, type Question, type StallView } from 'valet-park';
import type { Accident } from './accident.ts';
import { legOf, newLeg, placeCall, showCall, type Call, type PlayCall } from './call.ts';
import { CallList } from './call-list.ts';
import { Alarm, Clock } from './clock.ts';
import { Directory, type Extension } from './directory.ts';
import {
  createEngine,
  type Engine,
  type EngineEvent,
  type Pending,
  type Profile,
} from './engine.ts';
import { answerEvent, dialEvent, hangupEvent, type SwitchEvent } from './event.ts';
import type { Exchange, ExchangeOptions } from './exchange.ts';
import type { Caller, Taker } from './message.ts';
import { refusal } from './refusal.ts';
import { SwitchError } from './switch-error.ts';
import { Timers } from './timers.ts';

/** Whoever is told of everything about the lot, in the order in which it happens. */
export interface Witness {
  /** A call came into a slot, or left it; `taker` is null unless a bridge took it. Told by a switch
   *  that knows its lot. */
  moved(event: EngineEvent, caller: Caller, taker: Taker | null): void;
  /** Somebody was answered; returns the place of that in the order. */
  asked(question: Question, answer: Answer): number;
}

/** An answer, and its place in the order in which the switch answered; null without a witness. */
export interface Witnessed {
  readonly answer: Answer;
  readonly order: number | null;
}

/**
 * The exchange at work: the calls, and the engine in whose slots they wait.
 *
 * Who may park what is decided here, who is in which slot by the engine. Whatever is asked, first
 * everything happens that should have happened by now, so no answer depends on a timer.
 */
export class Switchboard implements Exchange {
  readonly directory: Directory;
  /** What waits for the clock of this switch, here and in the parts around. */
  readonly timers: Timers;
  readonly profile: Profile;
  readonly #clock: Clock;
  readonly #lotOptions: LotOptions;
  readonly #calls = new CallList();
  readonly #accidents: Accident[] = [];
  readonly #askWithParked: boolean;
  readonly #listeners = new Set<(event: SwitchEvent) => void>();
  readonly #witness: Witness | null;
  readonly #alarm: Alarm;
  #engine: Engine;
  #untold: SwitchEvent[] = [];
  #disposed = false;

  /** @throws RangeError, ValetError or SwitchError for options that make no sense. */
  constructor(options: ExchangeOptions = {}, witness: Witness | null = null) {
    this.#witness = witness;
    const { extensions, now, askWithParked = true, profile = 'lot', ...lotOptions } = options;
    this.directory = new Directory(extensions);
    this.profile = profile;
    this.#clock = new Clock(now);
    this.timers = new Timers(this.#clock);
    this.#lotOptions = lotOptions;
    this.#engine = this.#newEngine();
    this.#askWithParked = askWithParked;
    this.#alarm = new Alarm(this.#clock, () => this.now());
  }

  now(): number {
    return this.#run((now) => now);
  }

  forward(ms: number): number {
    this.#clock.forward(ms);
    const now = this.now();
    this.timers.run();
    return now;
  }

  ring(extension: string, number: string, name: string = number): PlayCall {
    return this.#place('in', extension, number, name);
  }

  dial(extension: string, number: string): PlayCall {
    return this.#place('out', extension, number, number);
  }

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

  hangup(call: string): PlayCall {
    return this.#run((now) => {
      const found = this.#calls.get(call);
      this.#end(now, found);
      return showCall(found);
    });
  }

  reset(): void {
    this.#run((now) => {
      for (const call of this.#calls.all()) this.#end(now, call);
    });
    this.#accidents.length = 0;
  }

  /** Loses every call without a word, as a switch does that is started again. */
  restart(): void {
    this.#run(() => {
      for (const call of this.#calls.all()) this.#calls.delete(call);
      this.#engine.dispose();
      this.#engine = this.#newEngine();
    });
  }

  get accidents(): readonly Accident[] {
    return [...this.#accidents];
  }

  calls(): PlayCall[] {
    return this.#run(() => this.#calls.all().map(showCall));
  }

  /** The calls that ring or talk at one extension. */
  callsAt(extension: Extension): Call[] {
    return this.#run(() =>
      this.#calls.all().filter((call) => call.extension === extension && legOf(call) !== null),
    );
  }

  ask(question: Question): Answer {
    return this.#run((now) => {
      const answer = this.#begin(now, question);
      return this.#witnessed(question, 'kind' in answer ? answer : answer.finish(now)).answer;
    });
  }

  /** Like `ask`, and takes the time that the engine takes: meanwhile others are answered. */
  async handle(question: Question): Promise<Witnessed> {
    const answer = this.#run((now) => {
      const begun = this.#begin(now, question);
      return 'kind' in begun ? this.#witnessed(question, begun) : begun;
    });
    if ('answer' in answer) return answer;
    return new Promise((resolve, reject) => {
      // Carried out by the timer itself, so that two that are due together keep their order.
      this.timers.after(answer.waitMs, () => {
        try {
          resolve(
            this.#run((now) => {
              const admitted = this.#admit(question);
              const said = 'kind' in admitted ? admitted : answer.finish(now);
              return this.#witnessed(question, said);
            }),
          );
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  onEvent(listener: (event: SwitchEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Who waits in the lot, from a switch that knows. */
  stalls(): readonly StallView[] {
    return this.#engine instanceof Lot ? this.#engine.stalls() : [];
  }

  /** Who is calling; nobody knows, of a call that does not live. */
  callerOf(call: string): Caller {
    return this.#calls.find(call) ?? { number: '', name: '' };
  }

  /** The numbers of the slots in which nobody waits. */
  freeSlots(): readonly number[] {
    const question = { extension: this.directory.all()[0]?.id ?? '0', call: 'any' };
    const answer = this.#run((now) => this.#engine.ask(now, { ...question, action: 'slots' }));
    return 'kind' in answer && answer.kind === 'free' ? answer.slots : [];
  }

  /** Stops the clock's alarms and lets the engine go; what is asked afterwards, and what was still
   *  waiting, throws `closed`. Idempotent. */
  dispose(): void {
    this.#disposed = true;
    this.#alarm.set(null);
    this.#listeners.clear();
    this.timers.dispose();
    this.#engine.dispose();
  }

  #newEngine(): Engine {
    return createEngine(this.profile, this.#lotOptions, (accident) => {
      this.#accidents.push(accident);
    });
  }

  /** Settles what is due, makes one change, lets the calls follow the engine, tells of it. */
  #run<T>(change: (now: number) => T): T {
    if (this.#disposed) throw new SwitchError('closed', 'the switch is closed');
    const now = this.#clock.now();
    this.#engine.advance(now);
    this.#followEngine();
    try {
      return change(now);
    } finally {
      this.#followEngine();
      this.#alarm.set(this.#engine.nextDeadline());
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

  #begin(now: number, question: Question): Answer | Pending {
    const admitted = this.#admit(question);
    return 'kind' in admitted ? admitted : this.#engine.ask(now, admitted);
  }

  /** The question by the proper names of its extension and call, or why it is not asked. */
  #admit(question: Question): Question | Answer {
    const extension = this.directory.find(question.extension);
    if (extension === null) return refusal('no-such-extension', 'Not found');
    const call = this.#calls.find(question.call);
    if (call?.extension !== extension || !this.#mayAsk(call)) {
      return refusal('no-such-call', 'Not found');
    }
    if (call.state.kind === 'ringing' && question.action !== 'slots') {
      return refusal('bad-request', `answer the call first, then ${question.action}`);
    }
    return { ...question, extension: extension.id, call: call.id };
  }

  #mayAsk(call: Call): boolean {
    return legOf(call) !== null || (call.state.kind === 'parked' && this.#askWithParked);
  }

  /** An answer, after everything that led to it was told. */
  #witnessed(question: Question, answer: Answer): Witnessed {
    this.#followEngine();
    return { answer, order: this.#witness?.asked(question, answer) ?? null };
  }

  #followEngine(): void {
    for (const event of this.#engine.takeEvents()) {
      if (this.profile === 'lot') {
        this.#witness?.moved(event, this.callerOf(event.call), this.#takerOf(event));
      }
      const call = this.#calls.find(event.call);
      if (call !== null) this.#follow(event, call);
    }
  }

  /** Which call and extension took the call out of its slot; null if none did or it is gone. */
  #takerOf({ kind, by }: EngineEvent): Taker | null {
    const taker = kind === 'bridged' && by !== null ? this.#calls.find(by) : null;
    return taker === null ? null : { call: taker.id, extension: taker.extension.id };
  }

  #follow(event: EngineEvent, call: Call): void {
    const { at, slot } = event;
    if (event.kind === 'parked') {
      this.#endLeg(at, call);
      call.state = { kind: 'parked', since: at, slot };
    } else if (event.kind === 'bridged' || event.kind === 'strangers') {
      const into = event.by === null ? null : this.#calls.find(event.by);
      if (into === null) return;
      if (event.kind === 'strangers') this.#letGo(at, into);
      this.#endLeg(at, call);
      call.state = { kind: 'bridged', since: at, into };
      into.joined.push(call);
    } else if (event.kind === 'silent') {
      this.#letGo(at, call);
    } else if (event.kind === 'returned') {
      const leg = newLeg(at, 'in', call.extension);
      call.state = { kind: 'ringing', since: at, leg };
      this.#tell(dialEvent(at, call, leg));
    }
    // Abandoned needs no step: only `#end` takes a call out of its slot that way.
  }

  /** The call leaves its extension and goes on without one. */
  #letGo(at: number, call: Call): void {
    this.#endLeg(at, call);
    call.state = { kind: 'bridged', since: at, into: null };
  }

  #end(now: number, call: Call): void {
    for (const member of this.#calls.connectedWith(call)) {
      this.#endLeg(now, member);
      this.#engine.hangup(now, member.id);
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

/** Longer than any real caller's name; a bound, because every call keeps its own. */
const MAX_TEXT = 256;
