import type { Answer, Question } from 'valet-park';
import { Lot, type LotEvent, type LotOptions, type PickUp, type StallView } from 'valet-park/lot';
import type { Accident } from './accident.ts';
import { checkFar, legOf, newLeg, placeCall, showCall, type Call, type PlayCall } from './call.ts';
import { CallList } from './call-list.ts';
import { Callbacks } from './callback.ts';
import { Alarm, Clock } from './clock.ts';
import { isCommand } from './command.ts';
import { Directory, type Extension } from './directory.ts';
import { isLotEvent, type Engine, type EngineEvent, type Pending } from './engine.ts';
import { answerEvent, dialEvent, hangupEvent, type SwitchEvent } from './event.ts';
import type { Exchange, ExchangeOptions } from './exchange.ts';
import type { Caller, Taker } from '../feed/message.ts';
import type { Answered, Observer } from './observer.ts';
import { PickUps, type PickUpHost } from './pick-up.ts';
import type { PickUpAnswer } from '../http/pick-up-answer.ts';
import { createEngine, type Profile } from './profile.ts';
import { refusal } from './refusal.ts';
import { SwitchError } from './switch-error.ts';
import { Timers } from './timers.ts';
import { unhandled } from '../unhandled.ts';

/**
 * The calls of a switch, and the engine with the slots.
 *
 * This class decides which questions are allowed. The engine decides which call is in which slot.
 * Before each question, calls whose time has come return. So no answer depends on a timer.
 */
export class Switchboard implements Exchange {
  readonly directory: Directory;
  /** The timers on the clock of this switch. Other parts use them, too. */
  readonly timers: Timers;
  readonly profile: Profile;
  readonly callbacks: Callbacks;
  readonly #clock: Clock;
  readonly #lotOptions: LotOptions;
  readonly #calls = new CallList();
  readonly #accidents: Accident[] = [];
  readonly #askWithParked: boolean;
  readonly #listeners = new Set<(event: SwitchEvent) => void>();
  readonly #observer: Observer | null;
  readonly #alarm: Alarm;
  readonly #pickUps: PickUps;
  #engine: Engine;
  /** Call events that the listeners do not know yet. */
  #unsent: SwitchEvent[] = [];
  #disposed = false;

  /** @throws RangeError, ValetError or SwitchError for invalid options. */
  constructor(options: ExchangeOptions = {}, observer: Observer | null = null) {
    this.#observer = observer;
    const { extensions, now, askWithParked = true, profile = 'lot', ...more } = options;
    const { ringMs, lookBeforePickUp, callbackIds = true, ...lotOptions } = more;
    this.directory = new Directory(extensions);
    this.profile = profile;
    this.#clock = new Clock(now);
    this.timers = new Timers(this.#clock);
    this.#lotOptions = lotOptions;
    this.#engine = this.#newEngine();
    this.#askWithParked = askWithParked;
    this.#alarm = new Alarm(this.#clock, () => this.now());
    const host = this.#host();
    this.#pickUps = new PickUps(host, { ringMs, lookBeforePickUp });
    this.callbacks = new Callbacks(host, callbackIds);
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
      if (this.#pickUps.answer(now, found)) return showCall(found);
      const { leg } = found.state;
      found.state = { kind: 'talking', since: now, leg };
      this.#send(answerEvent(now, found, leg));
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

  /** Removes all calls without an event, as a switch does that restarts. */
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
      const begun = this.#begin(now, question);
      const answer = begun.kind === 'pending' ? begun.finish(now) : begun;
      return this.#report(question, answer).answer;
    });
  }

  /** Like `ask`, but waits as long as the engine needs. Other questions are answered meanwhile. */
  async handle(question: Question): Promise<Answered> {
    const begun = this.#run((now) => {
      const answer = this.#begin(now, question);
      return answer.kind === 'pending' ? answer : this.#report(question, answer);
    });
    return 'order' in begun ? begun : this.#finishLater(question, begun);
  }

  /**
   * Makes the telephone of an extension ring, to connect it with the call in a slot. Resolves when the
   * pick-up is decided. Aborting `signal` releases the telephone.
   */
  pickUp(wanted: PickUp, signal: AbortSignal): Promise<PickUpAnswer> {
    return this.#pickUps.start(wanted, signal);
  }

  onEvent(listener: (event: SwitchEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The calls in the lot. Empty unless the profile is `lot`. */
  stalls(): readonly StallView[] {
    return this.#engine instanceof Lot ? this.#engine.stalls() : [];
  }

  /** The caller of a call. Number and name are empty if the call has ended. */
  callerOf(call: string): Caller {
    return this.#calls.find(call) ?? { number: '', name: '' };
  }

  /** The numbers of the free slots. */
  freeSlots(): readonly number[] {
    const question = { extension: this.directory.all()[0]?.id ?? '0', call: 'any' };
    const answer = this.#run((now) => this.#engine.ask(now, { ...question, action: 'slots' }));
    return answer.kind === 'free' ? answer.slots : [];
  }

  /**
   * Stops the alarm and disposes of the engine. Idempotent. Later questions, and those that still
   * wait, throw SwitchError `closed`.
   */
  dispose(): void {
    this.#disposed = true;
    this.#pickUps.dispose();
    this.callbacks.dispose();
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

  #host(): PickUpHost {
    return {
      directory: this.directory,
      calls: this.#calls,
      timers: this.timers,
      run: (change) => this.#run(change),
      ask: (now, question) => {
        const answer = this.#engine.ask(now, question);
        const done = answer.kind === 'pending' ? answer.finish(now) : answer;
        this.#followEngine();
        return done;
      },
      report: (question, answer) => void this.#report(question, answer),
      send: (event) => this.#send(event),
      end: (now, call) => this.#end(now, call),
    };
  }

  /**
   * Does what is due, makes one change, updates the calls, and then sends the call events.
   *
   * @throws SwitchError `closed` after `dispose`, and what `change` throws.
   */
  #run<T>(change: (now: number) => T): T {
    if (this.#disposed) throw new SwitchError('closed', 'the switch is closed');
    const now = this.#clock.now();
    this.#engine.advance(now);
    this.#followEngine();
    try {
      this.#check(now);
      return change(now);
    } finally {
      this.#followEngine();
      this.#check(now);
      this.#alarm.set(this.#engine.nextDeadline());
      const events = this.#unsent;
      this.#unsent = [];
      for (const event of events) for (const listener of this.#listeners) listener(event);
    }
  }

  #check(now: number): void {
    this.#pickUps.check(now);
    this.callbacks.check(now);
  }

  #place(direction: 'in' | 'out', extension: string, number: string, name: string): PlayCall {
    return this.#run((now) => {
      checkFar({ number, name });
      const found = this.directory.findByNumber(extension);
      if (found === null) {
        const known = this.directory.all().map(({ id }) => id);
        throw new SwitchError('no-such-extension', `the extensions are ${known.join(', ')}`);
      }
      const call = placeCall(now, direction, found, { number, name });
      this.#calls.add(call);
      const leg = legOf(call);
      if (leg !== null) this.#send(dialEvent(now, call, leg));
      return showCall(call);
    });
  }

  #begin(now: number, question: Question): Answer | Pending {
    const admitted = this.#admit(question);
    return 'refused' in admitted ? admitted.refused : this.#engine.ask(now, admitted.question);
  }

  /** Carries out a command that the engine has begun. */
  #finishLater(question: Question, pending: Pending): Promise<Answered> {
    return new Promise((resolve, reject) => {
      // The timer itself carries out the command, so commands that are due together keep their order.
      this.timers.after(pending.waitMs, () => {
        try {
          resolve(
            this.#run((now) => {
              const admitted = this.#admit(question);
              const answer = 'refused' in admitted ? admitted.refused : pending.finish(now);
              return this.#report(question, answer);
            }),
          );
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  /** Checks whether a question is allowed. Returns it with the ids of its extension and its call. */
  #admit(question: Question): { readonly question: Question } | { readonly refused: Answer } {
    const extension = this.directory.find(question.extension);
    if (extension === null) return { refused: refusal('no-such-extension', 'Not found') };
    const call = this.#calls.find(question.call);
    if (call?.extension !== extension || !this.#mayAsk(call)) {
      return { refused: refusal('no-such-call', 'Not found') };
    }
    if (call.state.kind === 'ringing' && isCommand(question.action)) {
      const message = `answer the call first, then ${question.action}`;
      return { refused: refusal('bad-request', message) };
    }
    return { question: { ...question, extension: extension.id, call: call.id } };
  }

  #mayAsk(call: Call): boolean {
    return legOf(call) !== null || (call.state.kind === 'parked' && this.#askWithParked);
  }

  /** Reports an answer to the observer, after the moves that led to it. */
  #report(question: Question, answer: Answer): Answered {
    this.#followEngine();
    return { answer, order: this.#observer?.asked(question, answer) ?? null };
  }

  #followEngine(): void {
    for (const event of this.#engine.takeEvents()) {
      if (this.profile === 'lot' && isLotEvent(event)) {
        this.#observer?.moved(event, this.callerOf(event.call), this.#takerOf(event));
      }
      const call = this.#calls.find(event.call);
      if (call !== null) this.#follow(event, call);
    }
  }

  /** The call that took a call out of its slot. Null if no call did, or that call has ended. */
  #takerOf({ kind, by }: LotEvent): Taker | null {
    const taker = kind === 'bridged' && by !== null ? this.#calls.find(by) : null;
    return taker === null ? null : { call: taker.id, extension: taker.extension.id };
  }

  /** Updates a call after something happened to it in its slot. */
  #follow({ kind, at, slot, by }: EngineEvent, call: Call): void {
    switch (kind) {
      case 'parked':
        this.#endLeg(at, call);
        call.state = { kind: 'parked', since: at, slot };
        return;
      case 'strangers':
      case 'bridged': {
        const into = by === null ? null : this.#calls.find(by);
        if (into === null) return;
        // The extension of a callback only answers. The two ends of the call talk without it.
        if (kind === 'strangers' || into.far !== null) this.#letGo(at, into);
        this.#endLeg(at, call);
        call.state = { kind: 'bridged', since: at, into };
        into.joined.push(call);
        return;
      }
      case 'silent':
        return this.#letGo(at, call);
      case 'returned': {
        const leg = newLeg(at, 'in', call.extension);
        call.state = { kind: 'ringing', since: at, leg };
        return this.#send(dialEvent(at, call, leg));
      }
      case 'abandoned':
        return; // `#end` has updated the call.
      default:
        return unhandled(kind);
    }
  }

  /** Ends the leg at the extension. The call goes on without one. */
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
    this.#send(hangupEvent(at, call, state.leg, answeredAt));
  }

  #send(event: SwitchEvent): void {
    this.#unsent.push(event);
  }
}
