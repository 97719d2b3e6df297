import type { Answer, Question } from 'valet-park';
import { uuidOf } from '../call-uuid.ts';
import { differentCall, refusal, vacant } from '../exchange/refusal.ts';
import { randomUuid } from '../random-uuid.ts';
import { Queues } from '../relay/queues.ts';
import type { WakeIn } from '../relay/timers.ts';
import { unhandled } from '../unhandled.ts';
import { type Channel, USHER_NAME, USHER_VARIABLE } from './channels.ts';
import { EngineError } from './engine-error.ts';
import { Entries, sent } from './entries.ts';
import { SlotNames } from './slot-names.ts';
import type { EngineState } from './state.ts';

/** A channel that fetches the call in a slot. */
export interface Fetch {
  readonly slot: number;
  readonly uuid: string;
  /** The extension that gave the command. */
  readonly extension: string;
  /** The call that must wait in the slot. Null: any call. */
  readonly expect: string | null;
}

export interface EngineLotOptions {
  /** The name of the lot, as in `valet_park NAME 5`. */
  readonly lot: string;
  /** The context in which the extensions are dialled. */
  readonly context: string;
  readonly slots: number;
  /** The pattern of the names of the slots, see `SlotNames`. */
  readonly slotNames?: string | undefined;
  /** How long a call waits, in ms. 0 is for ever. */
  readonly patienceMs: number;
  readonly state: EngineState;
  /** Executes a command of the API. Rejects with an `EngineError`. */
  readonly api: (command: string) => Promise<string>;
  readonly now: () => number;
  readonly wakeIn: WakeIn;
  /**
   * False: commands are neither ordered nor checked, as in a careless program. Only a test that must
   * see the accidents sets false. Default true.
   */
  readonly isOrdered?: boolean;
}

/**
 * Parks and connects calls on FreeSWITCH, without its accidents.
 *
 * FreeSWITCH has one operation: a call enters a slot. If a call waits there, the two are connected.
 * Otherwise the call that enters waits. So a program that does not look connects strangers, and a
 * caller who hangs up in the last moment makes the telephone that fetches wait in the slot.
 *
 * The commands of one slot run one after the other. A call enters only a slot that is empty, and that
 * the engine has forgotten. A call is fetched by an usher, which is a silent channel of the engine: it
 * enters the slot, and if it gets the call, the call is handed over. So the call that fetches never
 * enters a slot.
 */
export class EngineLot {
  readonly #options: EngineLotOptions;
  readonly #queues = new Queues<number>();
  readonly #entries: Entries;
  readonly #names: SlotNames;
  readonly #isOrdered: boolean;
  /** The number of commands that wait for a slot or use it. */
  readonly #users = new Map<number, number>();
  /** The ushers of the commands that run. */
  readonly ushers = new Set<string>();

  constructor(options: EngineLotOptions) {
    this.#options = options;
    this.#isOrdered = options.isOrdered ?? true;
    this.#names = new SlotNames(options.slotNames);
    this.#entries = new Entries(options);
  }

  /** Answers a question. Never rejects. */
  async ask(question: Question): Promise<Answer> {
    const { action, slot } = question;
    const { slots } = this.#options;
    if (slot !== undefined && slot > slots) {
      return refusal('no-such-slot', `the slots are 1 to ${slots}`, slot);
    }
    try {
      switch (action) {
        case 'slots':
          return this.#show(slot);
        case 'park':
          return await this.#park(question);
        case 'bridge':
          return await this.#bridge(question);
        default:
          return unhandled(action);
      }
    } catch (error) {
      return unclear(error);
    }
  }

  /** Connects a channel with the call in a slot. */
  fetch(wanted: Fetch): Promise<Answer> {
    return this.#inTurn(wanted.slot, () => this.#handOver(wanted)).catch(unclear);
  }

  #show(slot: number | undefined): Answer {
    const { state } = this.#options;
    if (slot === undefined) {
      return { kind: 'free', slots: this.#all().filter((one) => state.waitingIn(one) === null) };
    }
    const stay = state.waitingIn(slot);
    return stay === null ? { kind: 'vacant', slot } : { kind: 'held', slot, uuid: stay.uuid };
  }

  async #park(question: Question): Promise<Answer> {
    const call = await this.#answeredCallOf(question);
    if ('kind' in call) return call;
    const slot = question.slot ?? this.#chooseFree();
    if (slot === null) return refusal('lot-full', 'no slot is free');
    return this.#inTurn(slot, async () => {
      if (this.#isOrdered) {
        if (!(await this.#entries.isEmpty(slot))) return refusal('taken', TAKEN, slot);
        // The call may have ended, or may have been parked, while this command waited.
        const again = this.#callOf(question);
        if ('kind' in again) return again;
      }
      return this.#entries.enter(slot, call, question.extension);
    });
  }

  async #bridge(question: Question): Promise<Answer> {
    const call = await this.#answeredCallOf(question);
    if ('kind' in call) return call;
    const slot = question.slot ?? this.#options.state.waiting()[0]?.slot;
    if (slot === undefined) return refusal('nobody-waiting', 'no call waits');
    return this.#inTurn(slot, async () => {
      const again = this.#callOf(question);
      if ('kind' in again) return again;
      if (!this.#isOrdered) return this.#enterCarelessly(slot, call, question.extension);
      const { extension } = question;
      return this.#handOver({ slot, uuid: call.uuid, extension, expect: null });
    });
  }

  /** Runs a command of a slot after the earlier ones. */
  async #inTurn<T>(slot: number, task: () => Promise<T>): Promise<T> {
    if (!this.#isOrdered) return task();
    this.#users.set(slot, (this.#users.get(slot) ?? 0) + 1);
    try {
      return await this.#queues.run(slot, task);
    } finally {
      const left = (this.#users.get(slot) ?? 1) - 1;
      if (left === 0) this.#users.delete(slot);
      else this.#users.set(slot, left);
    }
  }

  /**
   * Resolves as `#callOf`, and waits a moment for the answer of the call. A person may park a call
   * before the engine tells that the call was answered.
   */
  async #answeredCallOf(question: Question): Promise<Channel | Answer> {
    const answered = await this.#options.state.until(LATE_MS, () => {
      const call = this.#callOf(question);
      return 'code' in call && call.code === 'bad-request' ? null : call;
    });
    return answered ?? this.#callOf(question);
  }

  /** Returns the call of a question, or why the question is refused. */
  #callOf({ extension, call, action }: Question): Channel | Answer {
    const { state } = this.#options;
    const uuid = uuidOf(call);
    const found = state.calls.callsOf(extension).find(({ far }) => uuidOf(far.uuid) === uuid);
    const channel = found && state.channels.get(found.far.uuid);
    if (channel === undefined) return refusal('no-such-call', 'Not found');
    if (channel.isAnswered && found?.leg.isAnswered === true) return channel;
    return refusal('bad-request', `answer the call first, then ${action}`);
  }

  /** Returns the lowest slot that is free, and that no command uses. Prefers one that can be used at once. */
  #chooseFree(): number | null {
    const { state } = this.#options;
    const free = this.#all().filter((slot) => {
      return state.waitingIn(slot) === null && !this.#users.has(slot);
    });
    return free.find((slot) => this.#entries.waitMs(slot) === 0) ?? free[0] ?? null;
  }

  /** Lets an usher fetch the call in a slot, and connects that call with the channel `uuid`. */
  async #handOver(wanted: Fetch): Promise<Answer> {
    const { slot, expect } = wanted;
    const { state, lot, api } = this.#options;
    const stay = state.waitingIn(slot);
    if (stay === null) return vacant(slot);
    if (expect !== null && uuidOf(stay.uuid) !== uuidOf(expect)) return differentCall(slot);
    const usher = randomUuid();
    this.ushers.add(usher);
    try {
      const variables = `origination_uuid=${usher},${USHER_VARIABLE}=true`;
      await api(
        `originate {${variables}}${USHER_NAME} '&valet_park(${lot} ${this.#names.nameOf(slot)})'`,
      );
      const got = await this.#meeting(slot, usher);
      if (got === null) return vacant(slot);
      if (expect === null || uuidOf(got) === uuidOf(expect)) {
        state.setTaker(got, wanted.extension);
        return await this.#connect(slot, got, wanted.uuid).finally(() => state.setTaker(got, null));
      }
      await this.#putBack(got, slot);
      return differentCall(slot);
    } finally {
      await this.#release(slot, usher);
    }
  }

  /** Resolves to the call that an usher got. Null if no call was in the slot, or the call has ended. */
  async #meeting(slot: number, usher: string): Promise<string | null> {
    const { state } = this.#options;
    let [wasSeen, hadCall] = [false, false];
    const met = await state.until(STEP_MS, () => {
      const channel = state.channels.get(usher);
      if (channel !== undefined && channel.partner !== null) return { partner: channel.partner };
      const hasCall = state.escortedBy(usher) !== null;
      // It ends with the call that it gets. If the call ends before the two are connected, it stays.
      const isOver = (wasSeen && channel === undefined) || (hadCall && !hasCall);
      wasSeen ||= channel !== undefined;
      hadCall ||= hasCall;
      return isOver || state.stalls.heldIn(slot)?.uuid === usher ? { partner: null } : null;
    });
    return met?.partner ?? null;
  }

  /** Ends an usher that has no call any more, and waits until it has left the slot. */
  async #release(slot: number, usher: string): Promise<void> {
    const { state, api } = this.#options;
    this.ushers.delete(usher);
    const channel = state.channels.get(usher);
    // An usher with a call holds that call. `Rescue` takes care of both.
    if (channel === undefined || channel.partner !== null) return;
    await api(`uuid_kill ${usher}`).catch(() => {}); // It may have ended.
    await state.until(STEP_MS, () => {
      const isUp = state.channels.get(usher) !== undefined;
      return isUp || state.stalls.heldIn(slot)?.uuid === usher ? null : true;
    });
  }

  /** Connects a call that an usher holds. */
  async #connect(slot: number, waiting: string, uuid: string): Promise<Answer> {
    const { state, api } = this.#options;
    if (!(await sent(api(`uuid_bridge ${waiting} ${uuid}`)))) {
      // The engine does not say which of the two has ended, and its events may come later.
      const isUp = (await api(`uuid_exists ${waiting}`)) === 'true';
      if (!isUp) return vacant(slot);
      await this.#putBack(waiting, slot);
      return refusal('no-such-call', 'Not found');
    }
    const end = await state.until(STEP_MS, () => {
      if (state.channels.get(waiting) === undefined) return 'gone';
      return state.channels.get(waiting)?.partner === uuid ? 'connected' : null;
    });
    if (end === 'gone') {
      // The engine leaves the other call up, in silence. A pick-up ends its telephone itself.
      const other = state.channels.get(uuid);
      if (other?.pickUp === null) await this.#entries.returnToExtension(uuid);
      return vacant(slot);
    }
    if (end === null) return unclear(new Error('the engine did not say whether they talk'));
    return { kind: 'bridged', slot, uuid: waiting };
  }

  /** Puts a call into the lot that no person can fetch: into a slot that is free, or to its extension. */
  async rescue(uuid: string): Promise<void> {
    await this.#reenterAny(uuid);
  }

  /** Puts a call back that an usher holds. The caller of this method has its turn in the slot. */
  async #putBack(uuid: string, slot: number): Promise<void> {
    if (!(await this.#entries.reenter(slot, uuid))) await this.#reenterAny(uuid);
  }

  async #reenterAny(uuid: string): Promise<void> {
    const { state } = this.#options;
    for (const slot of this.#all()) {
      // A command that has its turn in one slot must not wait for its turn in another one.
      const isFree = state.waitingIn(slot) === null && !this.#users.has(slot);
      if (!isFree || this.#entries.waitMs(slot) > 0) continue;
      if (await this.#inTurn(slot, () => this.#entries.reenter(slot, uuid))) return;
    }
    await this.#entries.returnToExtension(uuid);
  }

  /** Lets the call that fetches enter the slot, as a careless program does. */
  async #enterCarelessly(slot: number, call: Channel, extension: string): Promise<Answer> {
    await this.#entries.enter(slot, call, extension);
    return { kind: 'bridged', slot, uuid: null };
  }

  #all(): number[] {
    return Array.from({ length: this.#options.slots }, (_, index) => index + 1);
  }
}

/** The answer to a command that may have been carried out. */
function unclear(error: unknown): Answer {
  const found = error instanceof Error ? error.message : String(error);
  const status = error instanceof EngineError && error.code === 'unreachable' ? 503 : 504;
  return { kind: 'unclear', status, found, retryAfterMs: null };
}

/** The documented sentence for a taken slot. Clients recognise it. */
const TAKEN = 'slot already have parked member, slot is full';
/** How long a step of the engine may take. It takes about 50 ms. */
const STEP_MS = 2_000;
/** How late the event of an answer may come. Half a second was seen after the engine was started. */
const LATE_MS = 1_000;
