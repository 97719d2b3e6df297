import { isValetError, parseCallEvent } from 'valet-park';
import type { Answer, CallEvent, Question } from 'valet-park';
import type { PickUp } from 'valet-park/lot';
import { uuidOf } from '../call-uuid.ts';
import { differentCall, refusal, ringsFor, vacant } from '../exchange/refusal.ts';
import { SwitchError } from '../exchange/switch-error.ts';
import type { PickUpAnswer } from '../http/pick-up-answer.ts';
import type { Asker } from './asker.ts';
import type { CallbackApi } from './callback.ts';
import { Connector } from './connector.ts';
import type { Numbers } from './numbers.ts';
import type { RelayPickUp } from './options.ts';
import { noAnswer, noNumber, notCalled } from './pick-up-answers.ts';
import { Releases } from './releases.ts';
import type { EventFields, Roster } from './roster.ts';
import { isNamed, isOf, ownerOf, type Running, type Waiter } from './running-pick-up.ts';
import type { WakeIn } from './timers.ts';

/** The parts of a relay that pick-ups use. */
export interface PickUpParts {
  readonly options: RelayPickUp;
  readonly callbacks: CallbackApi;
  readonly numbers: Numbers;
  readonly roster: Roster;
  readonly asker: () => Pick<Asker, 'whoWaits' | 'bridge'> | null;
  /** Takes in a call event that no web hook has delivered. */
  readonly tell: (fields: EventFields) => Promise<void>;
  /** Returns the caller of a call, for the display of the telephone. Empty if it is not known. */
  readonly callerOf: (call: string) => string;
  readonly wakeIn: WakeIn;
}

/**
 * The pick-ups of a relay.
 *
 * The switch calls the telephone of the person, and then an extension that answers by itself. The call
 * at that extension is bridged with the call that waits. The asker does that as every client does: it
 * looks, bridges once, and checks the slot again. So a person is not parked in an empty slot.
 *
 * The caller keeps waiting until then. In every other case the relay ends the call of the telephone.
 */
export class PickUps {
  readonly #parts: PickUpParts;
  readonly #ringMs: number;
  readonly #running = new Set<Running>();
  /** Pick-ups that have ended. A telephone may still ring for them. The latest ones are last. */
  readonly #ended: { readonly one: Running; readonly talksWith: string | null }[] = [];
  readonly #connector: Connector;
  readonly #releases: Releases;
  #isClosed = false;
  #cancelSweep: () => void = () => {};

  constructor(parts: PickUpParts) {
    this.#parts = parts;
    this.#ringMs = parts.options.ringMs ?? RING_MS;
    this.#connector = new Connector(parts, parts.options.extension);
    this.#releases = new Releases({
      ...parts,
      extension: parts.options.extension,
    });
  }

  /** The id of the extension that answers by itself. */
  get extension(): string {
    return this.#parts.options.extension;
  }

  /** True while a pick-up of this slot is under way. */
  isAt(slot: number | undefined): boolean {
    return [...this.#running].some((one) => one.slot === slot);
  }

  /** Returns the extension for whose telephone a call at the answering extension was made. */
  personOf({ extension, call }: Question): string | null {
    if (extension !== this.extension) return null;
    const uuid = uuidOf(call);
    return this.#all().find(({ own }) => own === uuid)?.extension ?? null;
  }

  /**
   * Makes the telephone of an extension ring. Resolves when the pick-up is decided. A second request
   * for the same call and extension shares the pick-up that is under way.
   *
   * @throws SwitchError `closed` if the relay ends meanwhile.
   */
  start(wanted: PickUp, signal: AbortSignal): Promise<PickUpAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(closed());
      const begun = this.#begin(wanted, signal.aborted);
      if ('kind' in begun) return resolve(begun);
      const waiter = { resolve, reject };
      begun.waiters.add(waiter);
      signal.addEventListener('abort', () => this.#leave(begun, waiter), { once: true });
    });
  }

  /** Takes in a call event that the roster has applied. */
  event(fields: EventFields): void {
    const event = parseCallEvent(fields);
    const { type, call, callId, extension } = event;
    if (call === null) return;
    const uuid = uuidOf(call);
    if (extension === this.extension) return this.#heard(event, uuid);
    for (const one of this.#running) {
      if (one.phase !== 'ringing') continue;
      const hasReturned = type === 'dial-in' && uuid === one.waiting;
      if (hasReturned) this.#settle(one, vacant(one.slot));
      // Another device of the extension may ring on or have answered, so this is no end yet.
      else if (type === 'hangup' && isNamed(one, uuid, callId)) {
        this.#wake(one, GRACE_MS, () => void this.#giveUp(one));
      }
    }
  }

  /** Takes in an answer of the switch. */
  answered({ slot: asked }: Question, answer: Answer): void {
    for (const one of this.#running) {
      if (one.phase !== 'ringing') continue;
      const { slot, waiting } = one;
      if (answer.kind === 'bridged' && (answer.slot ?? asked) === slot) {
        // The switch says so even if it has parked a call instead.
        this.#wake(one, LOOK_MS, () => void this.#look(one));
      }
      const isFree = answer.kind === 'free' && answer.slots.includes(slot);
      const isVacant = answer.kind === 'vacant' && answer.slot === slot;
      const isHeld = answer.kind === 'held' && answer.slot === slot;
      if (isFree || isVacant) this.#settle(one, vacant(slot));
      else if (isHeld && waiting !== null && uuidOf(answer.uuid) !== waiting) {
        this.#settle(one, differentCall(slot));
      }
    }
  }

  /** Ends all pick-ups, and the calls of their telephones. Resolves when the switch has answered. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelSweep();
    for (const one of this.#running) {
      for (const { reject } of one.waiters) reject(closed());
      one.waiters.clear();
      this.#settle(one, noAnswer(one.slot), one.phase !== 'connecting');
    }
    await this.#releases.close();
  }

  /** Returns the pick-up that is under way, or how it is decided at once. */
  #begin({ extension, slot, expect }: PickUp, isAborted: boolean): Running | PickUpAnswer {
    const expected = expect === null ? null : uuidOf(expect);
    const known = [...this.#running].find((one) => one.extension === extension);
    if (known !== undefined) {
      const uuid = known.waiting ?? known.expected ?? expected;
      if (known.slot === slot && (expected === null || expected === uuid)) return known;
      return ringsFor(known.slot, slot);
    }
    if (isAborted) return noAnswer(slot);
    const missing = [extension, this.extension].find((id) => this.#parts.numbers.of(id) === null);
    if (missing !== undefined) return noNumber(slot, missing);
    const before = this.#parts.roster.liveCalls(this.extension).map(({ uuid }) => uuid);
    const one: Running = {
      ...{ extension, slot, expected, waiting: null, phase: 'looking', ids: null, own: null },
      ...{ listed: new Set(), before: new Set(before), timers: new Set(), waiters: new Set() },
    };
    this.#running.add(one);
    void this.#run(one).catch((error: unknown) => {
      for (const { reject } of one.waiters) reject(error);
      one.waiters.clear();
      this.#settle(one, noAnswer(slot));
    });
    return one;
  }

  async #run(one: Running): Promise<void> {
    const { extension, slot } = one;
    const refused = await this.#lookFirst(one);
    if (one.phase === 'over') return;
    if (refused !== null) return this.#settle(one, refused);
    one.phase = 'ringing';
    this.#wake(one, this.#ringMs, () => void this.#giveUp(one));
    const { callbacks, numbers, callerOf } = this.#parts;
    const caller = one.waiting === null ? '' : callerOf(one.waiting);
    const answer = await callbacks.start({
      extension: this.extension,
      from: numbers.of(extension) ?? '',
      to: numbers.of(this.extension) ?? '',
      name: `Pick up ${slot}${caller === '' ? '' : `: ${caller}`}`,
      waitS: Math.ceil(this.#ringMs / 1_000),
    });
    if (answer.kind === 'ringing') one.ids = answer.ids;
    // The pick-up was cancelled before the switch named the call. So the relay ends the call now.
    if (this.#isOver(one)) return this.#releases.end(one);
    if (answer.kind === 'refused' || answer.kind === 'unsent') {
      return this.#settle(one, notCalled(slot, answer.status, answer.why), false);
    }
    this.#poll(one);
  }

  /** Returns why the call cannot be picked up. Null if it waits, or if no one can ask. */
  async #lookFirst(one: Running): Promise<PickUpAnswer | null> {
    const { slot, expected } = one;
    one.waiting = expected;
    const asker = this.#parts.asker();
    if (asker === null) return null;
    let uuid: string | null;
    try {
      uuid = await asker.whoWaits(slot);
    } catch (error) {
      const isWrong = isValetError(error) && error.code === 'no-such-slot';
      return isWrong ? refusal('no-such-slot', error.message, slot) : null;
    }
    if (uuid !== null && (expected === null || uuidOf(uuid) === expected)) {
      one.waiting = uuidOf(uuid);
      return null;
    }
    // The panel may have lost the answer to the pick-up that connected the two.
    const earlier = [...this.#ended].reverse().find(({ one: ended }) => {
      return ended.extension === one.extension && ended.slot === slot;
    });
    const talksWith = earlier?.talksWith ?? null;
    const isSame = talksWith !== null && talksWith === expected;
    if (isSame && uuid === null) return { kind: 'bridged', slot, uuid: talksWith };
    return uuid === null ? vacant(slot) : differentCall(slot);
  }

  /** Takes in an event of the answering extension. */
  #heard(event: CallEvent, uuid: string): void {
    const one = this.#ownerOf(event, uuid);
    if (one === null) return;
    const { call, type } = event;
    const isLive = call !== null && this.#parts.roster.isLive(call, this.extension);
    if (one.phase === 'over') {
      // The telephone was answered too late, or its call was parked and has returned. Only the
      // answering extension hears the person. A call that was connected is not there any more.
      const isTalking = this.#ended.some((ended) => ended.one === one && ended.talksWith !== null);
      if (!isLive || (isTalking && one.own === uuid && type !== 'dial-in')) return;
      const isBack = this.#eventsOf(uuid).every(({ EventType }) => EventType === 'dial-in');
      if (one.own !== uuid || !isTalking || isBack) this.#releases.endLate(one, uuid);
      return;
    }
    if (one.phase !== 'ringing') return;
    if (!isLive) {
      if (one.own === uuid) this.#settle(one, noAnswer(one.slot));
      return;
    }
    const isFirst = one.own === null;
    one.own ??= uuid;
    if (one.own !== uuid) return;
    const events = this.#eventsOf(uuid);
    if (events.some(({ EventType }) => EventType === 'answer')) void this.#connect(one, events);
    else if (isFirst) this.#wake(one, GRACE_MS, () => void this.#list());
  }

  #ownerOf(event: CallEvent, uuid: string): Running | null {
    return ownerOf(event, uuid, this.#all(), this.#parts.numbers);
  }

  /** The pick-ups that are under way, and then those that have ended, the latest one first. */
  #all(): Running[] {
    return [...this.#running, ...this.#ended.map(({ one }) => one).reverse()];
  }

  #eventsOf(uuid: string): readonly EventFields[] {
    const calls = this.#parts.roster.liveCalls(this.extension);
    return calls.find((call) => call.uuid === uuid)?.events ?? [];
  }

  async #connect(one: Running, events: readonly EventFields[]): Promise<void> {
    one.phase = 'connecting';
    this.#stopTimers(one);
    const { answer, ends } = await this.#connector.connect(one, events);
    if (ends === 'all') one.own = null; // The call has left the answering extension.
    this.#settle(one, answer, ends !== 'nothing');
  }

  /** Asks the switch every few seconds, because events may be late or lost. */
  #poll(one: Running): void {
    this.#wake(one, POLL_MS, () => {
      this.#poll(one);
      void this.#list();
      void this.#look(one);
    });
  }

  /** Looks who waits in the slot. `answered` gets the answer. */
  async #look({ slot }: Running): Promise<void> {
    await this.#parts
      .asker()
      ?.whoWaits(slot)
      .catch(() => null);
  }

  /**
   * Compares the calls at the answering extension with the list of the switch, because events may be
   * lost. Resolves to false if the switch gives no list.
   */
  async #list(): Promise<boolean> {
    const list = await this.#parts.callbacks.list(this.extension);
    for (const { call, callback, events } of list ?? []) {
      const uuid = uuidOf(call);
      const owner = this.#all().find(({ ids }) => ids !== null && isOf(ids, callback));
      owner?.listed.add(uuid);
      for (const fields of events) {
        const isKnown = this.#eventsOf(uuid).some((one) => one.EventType === fields.EventType);
        if (isKnown) this.#heard(parseCallEvent(fields), uuid);
        else await this.#parts.tell(fields);
      }
    }
    return list !== null;
  }

  /**
   * Asks for the list once more, when no telephone rings any more. A request that reached the switch
   * twice makes the telephone ring twice, and the events of the second call may be lost.
   */
  #sweepIn(ms: number, isLast = false): void {
    this.#cancelSweep();
    this.#cancelSweep = this.#parts.wakeIn(ms, () => {
      void this.#list().then((isListed) => {
        if (!isListed && !isLast && !this.#isClosed) this.#sweepIn(ms, true);
      });
    });
  }

  /** The telephone was not answered. The list of the switch has the last word. */
  async #giveUp(one: Running): Promise<void> {
    if (one.phase !== 'ringing') return;
    await this.#list();
    if (!this.#isConnecting(one)) this.#settle(one, noAnswer(one.slot));
  }

  /** A client does not wait any more. Without clients the telephone is released. */
  #leave(one: Running, waiter: Waiter): void {
    if (!one.waiters.delete(waiter)) return;
    waiter.resolve(noAnswer(one.slot));
    if (one.waiters.size > 0 || one.phase === 'connecting') return;
    this.#settle(one, noAnswer(one.slot));
  }

  /** Ends a pick-up. With `isReleased`, also the call of the telephone. */
  #settle(one: Running, answer: PickUpAnswer, isReleased = true): void {
    if (!this.#running.delete(one)) return;
    const hasRung = one.phase !== 'looking';
    one.phase = 'over';
    this.#stopTimers(one);
    const talksWith = answer.kind === 'bridged' ? answer.uuid : null;
    const ended = { one, talksWith };
    this.#ended.push(ended);
    this.#parts.wakeIn(REMEMBERED_MS, () => {
      this.#ended.splice(this.#ended.indexOf(ended), 1);
    });
    for (const { resolve } of one.waiters) resolve(answer);
    one.waiters.clear();
    if (!hasRung) return;
    if (isReleased) this.#releases.end(one);
    // A callback that reached the switch twice has two calls, and the telephone answered both.
    for (const { uuid, events } of this.#parts.roster.liveCalls(this.extension)) {
      const isOther =
        uuid !== one.own && this.#ownerOf(parseCallEvent(events.at(-1) ?? {}), uuid) === one;
      if (isOther) this.#releases.endLate(one, uuid);
    }
    if (!this.#isClosed) this.#sweepIn(this.#ringMs);
  }

  #isOver({ phase }: Running): boolean {
    return phase === 'over';
  }

  #isConnecting({ phase }: Running): boolean {
    return phase === 'connecting';
  }

  #wake(one: Running, ms: number, callback: () => void): void {
    const cancel = this.#parts.wakeIn(ms, () => {
      one.timers.delete(cancel);
      if (one.phase === 'ringing') callback();
    });
    one.timers.add(cancel);
  }

  #stopTimers({ timers }: Running): void {
    for (const cancel of timers) cancel();
    timers.clear();
  }
}

function closed(): SwitchError {
  return new SwitchError('closed', 'the relay ends');
}

const RING_MS = 15_000;
const POLL_MS = 3_000;
const LOOK_MS = 100;
/** How long the events of the answering extension may be late. */
const GRACE_MS = 1_000;
/** How long a call of a telephone may still reach the answering extension after a pick-up has ended. */
const REMEMBERED_MS = 600_000;
