import { isValetError } from 'valet-park';
import { uuidOf } from '../call-uuid.ts';
import { vacant } from '../exchange/refusal.ts';
import type { PickUpAnswer } from '../http/pick-up-answer.ts';
import type { Asker } from './asker.ts';
import type { CallbackApi } from './callback.ts';
import { answerTo, isHangUp, unclear } from './pick-up-answers.ts';
import { Queues } from './queues.ts';
import type { EventFields } from './roster.ts';
import type { Running } from './running-pick-up.ts';
import { pause, type WakeIn } from './timers.ts';

/** The parts of a relay that `Connector` uses. */
export interface ConnectorParts {
  readonly callbacks: CallbackApi;
  readonly asker: () => Pick<Asker, 'whoWaits' | 'bridge'> | null;
  readonly wakeIn: WakeIn;
}

/** How a pick-up is decided after the telephone was answered. */
export interface Connected {
  readonly answer: PickUpAnswer;
  /**
   * The call that the relay ends next. `own`: the call at the answering extension. `all`: the call of
   * the telephone, wherever it is. `nothing`: no call, because the telephone may talk with the caller.
   */
  readonly ends: 'nothing' | 'own' | 'all';
}

/** Bridges the calls of telephones that were answered. */
export class Connector {
  readonly #parts: ConnectorParts;
  /** The id of the extension that answers by itself. */
  readonly #extension: string;
  /** Only one pick-up of a slot connects at a time. The next one looks after it. */
  readonly #queues = new Queues<number>();

  constructor(parts: ConnectorParts, extension: string) {
    this.#parts = parts;
    this.#extension = extension;
  }

  /** Bridges the call at the answering extension. `events` are its events. */
  connect(one: Running, events: readonly EventFields[]): Promise<Connected> {
    return this.#queues.run(one.slot, async () => {
      const { slot, waiting } = one;
      const asker = this.#parts.asker();
      if (asker === null) return { answer: unclear('the relay starts'), ends: 'own' };
      await pause(this.#parts.wakeIn, FRAME_MS);
      try {
        const uuid = await asker.bridge(events, { slot, expect: waiting });
        return { answer: { kind: 'bridged', slot, uuid: uuid ?? waiting }, ends: 'nothing' };
      } catch (error) {
        if (!isValetError(error)) return { answer: unclear('the bridge failed'), ends: 'own' };
        if (error.code === 'asker-parked') return { answer: vacant(slot), ends: 'all' };
        // An earlier copy of the bridge may have connected the two, or may have parked the telephone.
        const isKnown = error.outcome === 'not-done' && !isHangUp(error.code);
        const answer = answerTo(slot, error);
        return isKnown ? { answer, ends: 'own' } : this.#findOut(one, answer, error.message);
      }
    });
  }

  /** Finds out what a bridge did whose answer is lost. */
  async #findOut(one: Running, answer: PickUpAnswer, message: string): Promise<Connected> {
    const { slot, own } = one;
    for (const pauseMs of PAUSES_MS) {
      await pause(this.#parts.wakeIn, pauseMs);
      const list = await this.#parts.callbacks.list(this.#extension);
      // At the answering extension, the telephone talks with no one else.
      if (list?.some(({ call }) => uuidOf(call) === own)) return { answer, ends: 'own' };
      const uuid = await this.#whoWaits(slot);
      if (uuid === undefined) continue;
      if (uuid !== null && uuidOf(uuid) === own) return { answer: vacant(slot), ends: 'all' };
      if (list === null) continue;
      const isThere = uuid !== null && uuidOf(uuid) === one.waiting;
      return isThere ? { answer, ends: 'own' } : { answer: unclear(message), ends: 'nothing' };
    }
    return { answer: unclear(message), ends: 'nothing' };
  }

  /** Returns the call in a slot, or null. Undefined if no answer says it. */
  async #whoWaits(slot: number): Promise<string | null | undefined> {
    try {
      return await this.#parts.asker()?.whoWaits(slot);
    } catch {
      return undefined;
    }
  }
}

/**
 * The time between the answer of the telephone and the look. For 20 ms, a switch still shows a call
 * that another person took. So a caller who was taken in the moment of the answer is not met.
 */
const FRAME_MS = 30;
/** The pauses before the looks. A switch needs some ms to remove a call from its list. */
const PAUSES_MS = [100, 300, 1_000, 3_000];
