import type { PickUp } from 'valet-park/lot';
import { uuidOf } from '../call-uuid.ts';
import { differentCall, ringsFor, vacant } from '../exchange/refusal.ts';
import type { PickUpAnswer } from '../http/pick-up-answer.ts';
import { randomUuid } from '../random-uuid.ts';
import { PICK_UP_VARIABLE } from './channels.ts';
import { EngineError } from './engine-error.ts';
import type { EngineLot } from './lot.ts';
import type { EngineState } from './state.ts';

export interface EnginePickUpOptions {
  readonly state: EngineState;
  readonly lot: EngineLot;
  /** Starts a command of the API, and does not wait for its end. Rejects with an `EngineError`. */
  readonly start: (command: string) => Promise<unknown>;
  /** Executes a command of the API. Rejects with an `EngineError`. */
  readonly api: (command: string) => Promise<string>;
  /** Returns the domain of the extensions, as in `user/1001@DOMAIN`. */
  readonly domain: () => string;
  /** How long a telephone rings, in ms. */
  readonly ringMs: number;
}

/** A telephone that rings for a pick-up. */
interface Ringing {
  readonly slot: number;
  readonly waiting: string;
  /** The channel of the telephone. */
  readonly own: string;
  readonly answer: Promise<PickUpAnswer>;
  /** The number of clients that wait for the answer. */
  clients: number;
  release: () => void;
}

/**
 * The pick-ups of a lot on FreeSWITCH. The telephone of an extension rings. If it is answered and the
 * caller still waits, the two are connected. The telephone never enters a slot.
 */
export class EnginePickUps {
  readonly #options: EnginePickUpOptions;
  /** By extension. A person does not know which of two calls to answer. */
  readonly #ringing = new Map<string, Ringing>();
  /** Why the engine could not call a telephone, by the channel of the telephone. */
  readonly #failures = new Map<string, string>();

  constructor(options: EnginePickUpOptions) {
    this.#options = options;
  }

  /**
   * Makes a telephone ring. Resolves when the pick-up is decided. A second request for the same call and
   * extension shares the pick-up. Aborting `signal` releases the telephone.
   */
  async start({ extension, slot, expect }: PickUp, signal: AbortSignal): Promise<PickUpAnswer> {
    const { state } = this.#options;
    const stay = state.waitingIn(slot);
    const isExpected = stay !== null && (expect === null || uuidOf(expect) === uuidOf(stay.uuid));
    if (!isExpected) {
      // The client may have lost the answer to the pick-up that connected the two.
      const earlier = state.calls.callsOf(extension).find(({ leg, far }) => {
        const isConnected = leg.pickUp === String(slot) && leg.partner === far.uuid;
        return isConnected && (expect === null || uuidOf(expect) === uuidOf(far.uuid));
      });
      if (earlier !== undefined) return { kind: 'bridged', slot, uuid: earlier.far.uuid };
      return stay === null ? vacant(slot) : differentCall(slot);
    }
    const known = this.#ringing.get(extension);
    if (known !== undefined && known.waiting !== stay.uuid) return ringsFor(known.slot, slot);
    if (signal.aborted) return { kind: 'no-answer', slot };
    const one = known ?? this.#ring(extension, slot, stay.uuid, stay.name || stay.number);
    one.clients += 1;
    signal.addEventListener('abort', () => this.#leave(one), { once: true });
    return one.answer;
  }

  /** Takes in the output of a command that was started. `args` are its arguments. */
  jobEnded(args: string, output: string): void {
    const [, uuid] = /origination_uuid=([\w-]+)/.exec(args) ?? [];
    if (uuid === undefined || !output.startsWith('-')) return;
    const isOwn = [...this.#ringing.values()].some(({ own }) => own === uuid);
    if (isOwn) this.#failures.set(uuid, output.trim());
  }

  #ring(extension: string, slot: number, waiting: string, name: string): Ringing {
    const own = randomUuid();
    const control = { release: () => {} };
    const released = new Promise<'released'>((resolve) => {
      control.release = () => resolve('released');
    });
    const answer = this.#decide({ extension, slot, waiting, own, name, released }).finally(() => {
      this.#ringing.delete(extension);
      this.#failures.delete(own);
    });
    const one = { slot, waiting, own, answer, clients: 0, release: control.release };
    this.#ringing.set(extension, one);
    return one;
  }

  async #decide(wanted: {
    readonly extension: string;
    readonly slot: number;
    readonly waiting: string;
    readonly own: string;
    readonly name: string;
    readonly released: Promise<'released'>;
  }): Promise<PickUpAnswer> {
    const { extension, slot, waiting, own, name, released } = wanted;
    const { state, lot, start, api, domain, ringMs } = this.#options;
    const variables = [
      `origination_uuid=${own}`,
      `${PICK_UP_VARIABLE}=${slot}`,
      `origination_caller_id_number=${slot}`,
      // FreeSWITCH leaves out what stands before a colon.
      `origination_caller_id_name='Pick up ${slot} - ${plainName(name)}'`,
      `originate_timeout=${Math.ceil(ringMs / 1_000)}`,
      'ignore_early_media=true',
      `sip_h_X-Pick-Up-Slot=${slot}`,
    ];
    try {
      await start(`originate {${variables.join(',')}}user/${extension}@${domain()} &park()`);
      let wasSeen = false;
      const end = await Promise.race([
        released,
        state.until(ringMs + GRACE_MS, () => {
          const failure = this.#failures.get(own);
          if (failure !== undefined) return wasSeen ? 'no-answer' : failure;
          if (state.waitingIn(slot)?.uuid !== waiting) return 'left';
          const channel = state.channels.get(own);
          if (channel === undefined) return wasSeen ? 'no-answer' : null;
          wasSeen = true;
          return channel.isAnswered ? 'answered' : null;
        }),
      ]);
      if (end === 'answered') {
        const answer = await lot.fetch({ slot, uuid: own, extension, expect: waiting });
        if (answer.kind !== 'refused') return answer;
        await release(api, own);
        // The person has hung up.
        return answer.code === 'no-such-call' ? { kind: 'no-answer', slot } : answer;
      }
      await release(api, own);
      if (end === 'left')
        return state.waitingIn(slot) === null ? vacant(slot) : differentCall(slot);
      if (end === null || end === 'no-answer' || end === 'released')
        return { kind: 'no-answer', slot };
      return { kind: 'no-pick-up', slot, message: `FreeSWITCH cannot call ${extension}: ${end}` };
    } catch (error) {
      const found = error instanceof Error ? error.message : String(error);
      const isUnsent = error instanceof EngineError && error.code === 'unreachable';
      return { kind: 'unclear', status: isUnsent ? 503 : 504, found, retryAfterMs: null };
    }
  }

  /** A client does not wait any more. Without clients the telephone is released. */
  #leave(one: Ringing): void {
    one.clients -= 1;
    if (one.clients === 0) one.release();
  }
}

/** Ends the channel of a telephone. It may have ended. */
async function release(api: (command: string) => Promise<string>, uuid: string): Promise<void> {
  await api(`uuid_kill ${uuid}`).catch(() => {});
}

/** Returns a name without the characters that mean something to FreeSWITCH. */
function plainName(name: string): string {
  return name
    .replace(/[^\p{L}\p{N} .+-]/gu, ' ')
    .trim()
    .slice(0, 60);
}

/** How long the events of a telephone may be late. */
const GRACE_MS = 2_000;
