import { parseCallApiId, type Answer, type Question } from 'valet-park';
import type { PickUp } from 'valet-park/lot';
import type { CallList } from './call-list.ts';
import { placeCall, type Call } from './call.ts';
import type { PickUpAnswer } from '../http/pick-up-answer.ts';
import type { Directory, Extension } from './directory.ts';
import { answerEvent, dialEvent, type SwitchEvent } from './event.ts';
import { differentCall, refusal, ringsFor, vacant } from './refusal.ts';
import { SwitchError } from './switch-error.ts';
import type { Timers } from './timers.ts';

/** The parts of a switch that pick-ups use. All methods are called inside `run`, except `run`. */
export interface PickUpHost {
  readonly directory: Directory;
  readonly calls: CallList;
  readonly timers: Timers;
  run<T>(change: (now: number) => T): T;
  /** Asks the engine, and updates the calls. */
  ask(now: number, question: Question): Answer;
  /** Reports an answer to the clients. */
  report(question: Question, answer: Answer): void;
  send(event: SwitchEvent): void;
  end(now: number, call: Call): void;
}

/** The options of pick-ups, see `ExchangeOptions`. */
export interface PickUpOptions {
  readonly ringMs?: number | undefined;
  readonly lookBeforePickUp?: boolean | undefined;
}

/** A telephone that rings for a pick-up. */
interface Ringing {
  readonly extension: Extension;
  readonly slot: number;
  /** The call that waits in the slot. */
  readonly waiting: Call;
  /** The call of the telephone. */
  readonly own: Call;
  readonly endsAt: number;
  readonly waiters: Set<Waiter>;
}

interface Waiter {
  readonly resolve: (answer: PickUpAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The pick-ups of a switch. A pick-up makes the telephone of an extension ring. If it is answered and
 * the caller still waits, the two are connected.
 *
 * The caller keeps waiting until then. The telephone is released as soon as the caller has left, or
 * every client that asked for the pick-up has gone. An empty slot parks the call that enters it. So the
 * telephone enters the slot only after the switch has seen the caller there.
 */
export class PickUps {
  readonly #host: PickUpHost;
  readonly #ringMs: number;
  readonly #looks: boolean;
  readonly #ringing = new Set<Ringing>();

  /** @throws RangeError if `ringMs` is no number from 1 to 60,000. */
  constructor(host: PickUpHost, { ringMs = 15_000, lookBeforePickUp = true }: PickUpOptions) {
    if (!(ringMs >= 1 && ringMs <= LONGEST_RING_MS)) {
      throw new RangeError(`\`ringMs\` is a number from 1 to ${LONGEST_RING_MS}, not ${ringMs}`);
    }
    this.#host = host;
    this.#ringMs = ringMs;
    this.#looks = lookBeforePickUp;
  }

  /**
   * Makes a telephone ring. Resolves when the pick-up is decided. A second request for the same call
   * and extension shares the pick-up that is under way.
   *
   * @throws SwitchError `closed` if the switch is closed meanwhile.
   */
  start(wanted: PickUp, signal: AbortSignal): Promise<PickUpAnswer> {
    return new Promise((resolve, reject) => {
      this.#host.run((now) => {
        const begun = this.#begin(now, wanted, signal.aborted);
        if ('kind' in begun) return resolve(begun);
        const waiter = { resolve, reject };
        begun.waiters.add(waiter);
        signal.addEventListener('abort', () => this.#leave(begun, waiter), { once: true });
      });
    });
  }

  /** Returns false unless a telephone that rings for a pick-up is this call. Else answers it. */
  answer(now: number, own: Call): boolean {
    const found = [...this.#ringing].find((one) => one.own === own);
    if (found === undefined || own.state.kind !== 'ringing') return false;
    const { leg } = own.state;
    own.state = { kind: 'talking', since: now, leg };
    const hasLeft = this.#leftBy(now, found);
    if (hasLeft !== null) {
      this.#host.send(answerEvent(now, own, leg));
      this.#settle(now, found, hasLeft);
      return true;
    }
    // The telephone shows the caller from now on.
    const { number, name } = found.waiting;
    Object.assign(own, { number, name });
    this.#host.send(answerEvent(now, own, leg));
    this.#connect(now, found);
    return true;
  }

  /** Ends the pick-ups that cannot succeed any more. The switch calls this before and after a change. */
  check(now: number): void {
    for (const one of this.#ringing) {
      const { own, slot } = one;
      const isUp = this.#host.calls.find(own.id) === own;
      const left = this.#leftBy(now, one);
      if (!isUp && left === null) this.#settle(now, one, { kind: 'no-answer', slot });
      else if (left !== null) this.#settle(now, one, left);
      else if (now >= one.endsAt) this.#settle(now, one, { kind: 'no-answer', slot });
    }
  }

  dispose(): void {
    const closed = new SwitchError('closed', 'the switch is closed');
    for (const { waiters } of this.#ringing) for (const { reject } of waiters) reject(closed);
    this.#ringing.clear();
  }

  /** Returns the pick-up that is under way, or how it is decided at once. */
  #begin(now: number, wanted: PickUp, isAborted: boolean): Ringing | PickUpAnswer {
    const { slot, expect } = wanted;
    const extension = this.#host.directory.find(wanted.extension);
    if (extension === null) return refusal('no-such-extension', 'Not found');
    const expected = expect === null ? null : parseCallApiId(expect).uuid;
    const found = this.#look(now, extension, slot);
    const waiting = 'kind' in found ? null : found;
    if (waiting === null || (expected !== null && waiting.uuid !== expected)) {
      // The client may have lost the answer to the pick-up that connected the two.
      const earlier = this.#host.calls
        .all()
        .filter(({ uuid }) => expected === null || uuid === expected)
        .find((call) => isTalkingWith(call, extension, slot));
      if (earlier !== undefined) return bridged(slot, earlier);
      return waiting === null && 'kind' in found ? found : differentCall(slot);
    }
    // An extension has one pick-up at a time. A person does not know which of two calls to answer.
    const known = [...this.#ringing].find((one) => one.extension === extension);
    if (known !== undefined) return known.waiting === waiting ? known : ringsFor(known.slot, slot);
    if (isAborted) return { kind: 'no-answer', slot };
    return this.#ring(now, extension, slot, waiting);
  }

  #ring(now: number, extension: Extension, slot: number, waiting: Call): Ringing {
    const name = `Pick up ${slot}: ${waiting.name || waiting.number}`;
    const own = placeCall(now, 'in', extension, { number: String(slot), name }, { pickUp: slot });
    this.#host.calls.add(own);
    if ('leg' in own.state) this.#host.send(dialEvent(now, own, own.state.leg));
    const endsAt = now + this.#ringMs;
    const one = { extension, slot, waiting, own, endsAt, waiters: new Set<Waiter>() };
    this.#ringing.add(one);
    this.#host.timers.after(this.#ringMs, () => {
      if (this.#ringing.has(one)) this.#host.run((later) => this.check(later));
    });
    return one;
  }

  #connect(now: number, one: Ringing): void {
    const { slot, own, waiting, extension } = one;
    const question = { extension: extension.id, call: own.id, action: 'bridge', slot } as const;
    const answer = this.#host.ask(now, question);
    this.#host.report(question, answer);
    const isDone = answer.kind === 'bridged';
    this.#settle(now, one, isDone ? bridged(slot, waiting) : answer, isDone);
  }

  /** Returns why the caller can no longer be fetched from the slot. Null if the caller waits there. */
  #leftBy(now: number, { extension, slot, waiting }: Ringing): Answer | null {
    if (!this.#looks) return null;
    const found = this.#look(now, extension, slot);
    if (found === waiting) return null;
    return 'kind' in found ? found : differentCall(slot);
  }

  /**
   * Returns the call that waits in a slot, or the refusal if none does.
   *
   * The list of FreeSWITCH shows a call for some ms too long, so the state of the call counts, too.
   */
  #look(now: number, extension: Extension, slot: number): Call | Answer {
    const question = { extension: extension.id, call: 'any', action: 'slots', slot } as const;
    const answer = this.#host.ask(now, question);
    if (answer.kind === 'refused') return answer;
    const call = answer.kind === 'held' ? this.#host.calls.find(answer.uuid) : null;
    const isThere = call?.state.kind === 'parked' && call.state.slot === slot;
    return isThere ? call : vacant(slot);
  }

  /** A client does not wait any more. Without clients the telephone is released. */
  #leave(one: Ringing, waiter: Waiter): void {
    if (!one.waiters.delete(waiter)) return;
    waiter.resolve({ kind: 'no-answer', slot: one.slot });
    if (one.waiters.size > 0 || !this.#ringing.has(one)) return;
    this.#host.run((now) => this.#settle(now, one, { kind: 'no-answer', slot: one.slot }));
  }

  /** Ends a pick-up. The telephone is released unless it is connected. */
  #settle(now: number, one: Ringing, answer: PickUpAnswer, isConnected = false): void {
    if (!this.#ringing.delete(one)) return;
    if (!isConnected && this.#host.calls.find(one.own.id) === one.own) {
      this.#host.end(now, one.own);
    }
    for (const { resolve } of one.waiters) resolve(answer);
    one.waiters.clear();
  }
}

/** True if a pick-up from this slot has connected the call with the extension, and both are up. */
function isTalkingWith({ state }: Call, extension: Extension, slot: number): boolean {
  if (state.kind !== 'bridged' || state.into === null) return false;
  const { pickUp, extension: taker, state: own } = state.into;
  return pickUp === slot && taker === extension && own.kind === 'talking';
}

function bridged(slot: number, { uuid }: Call): Answer {
  return { kind: 'bridged', slot, uuid };
}

const LONGEST_RING_MS = 60_000;
