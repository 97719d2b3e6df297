import * as core from '../../build/glue/valet_park.js';
import { aborted, disposed } from './ending.js';
import { error, isValetError } from './error.js';
import { reasonOf } from './host.js';
import { type Line, send, unanswered } from './http.js';
import { extensionsOf, type ValetParkOptions } from './options.js';
import type { PickedUp } from './results.js';
import type { SlotView } from './views.js';
import { wasm } from './wasm.js';

/** The longest time that a server lets a telephone ring, in ms. */
const LONGEST_RING_MS = 60_000;

/** Connects the softphone of the application with the call in a slot. */
export type PickUpByHost = (view: SlotView, options: { signal: AbortSignal }) => Promise<void>;

/** The parts of a panel that pick-ups use. */
export interface PickUpPanel {
  /** Asks about a slot and returns its view. */
  readonly inspect: (slot: number, signal: AbortSignal) => Promise<SlotView>;
  /** Returns the view that is known. */
  readonly view: (slot: number) => SlotView;
}

/** A pick-up under way, and the number of commands that wait for it. */
interface Running {
  readonly result: Promise<PickedUp>;
  readonly stop: AbortController;
  waiting: number;
}

/** The pick-ups of one panel. A second command for the same slot and call shares the first one. */
export class PickUps {
  readonly #line: Line;
  /** The extension whose telephone rings. */
  readonly #extension: string;
  readonly #byHost: PickUpByHost | undefined;
  readonly #panel: PickUpPanel;
  readonly #running = new Map<string, Running>();
  readonly #closed = new AbortController();

  constructor(line: Line, options: ValetParkOptions, panel: PickUpPanel) {
    this.#line = line;
    [this.#extension = ''] = extensionsOf(options);
    this.#byHost = options.pickUp;
    this.#panel = panel;
  }

  /** Returns true if the server or the application can pick up a call; null while that is not known. */
  get isPossible(): boolean | null {
    const { abilities } = this.#line;
    if (this.#byHost !== undefined || abilities.has('pick-up')) return true;
    return abilities.isKnown ? false : null;
  }

  /**
   * Picks up the call in a slot. `expected` is the call that must wait there. The default is the call
   * in `view`.
   */
  async start(
    view: SlotView,
    expected: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<PickedUp> {
    const expect = expected ?? view.uuid;
    if (signal?.aborted) throw aborted();
    const name = `${view.slot} ${expect}`;
    const running = this.#running.get(name) ?? this.#begin(name, view, expect);
    running.waiting += 1;
    const left = [signal, this.#closed.signal].flatMap((one) => one ?? []);
    let leave: (event: Event) => void = () => {};
    const gone = new Promise<never>((_, reject) => {
      leave = ({ target }) => {
        reject(target === signal ? aborted('unknown') : disposed('unknown'));
      };
      for (const one of left) one.addEventListener('abort', leave, { once: true });
    });
    try {
      return await Promise.race([running.result, gone]);
    } finally {
      for (const one of left) one.removeEventListener('abort', leave);
      running.waiting -= 1;
      if (running.waiting === 0) {
        this.#running.delete(name);
        running.stop.abort();
      }
    }
  }

  /** Cancels every pick-up. Their commands reject with `disposed`. */
  close(): void {
    this.#closed.abort();
  }

  #begin(name: string, view: SlotView, expect: string | null): Running {
    const stop = new AbortController();
    const result = this.#pickUp(view, expect, stop.signal);
    result.catch(() => {}); // A command that was aborted does not wait for the result.
    const running = { result, stop, waiting: 0 };
    this.#running.set(name, running);
    return running;
  }

  async #pickUp(view: SlotView, expect: string | null, signal: AbortSignal): Promise<PickedUp> {
    const [line, byHost] = [this.#line, this.#byHost];
    const { slot } = view;
    const request = wasm.run(() => core.writePickUp(this.#extension, slot, expect));
    if (!line.abilities.isKnown) await this.#meet(slot, signal);
    if (line.abilities.has('pick-up')) {
      const patient = { ...line, timeoutMs: line.timeoutMs + LONGEST_RING_MS };
      const answer = await send(patient, request, 'look', signal);
      if ('reason' in answer) throw unanswered(answer, { retryable: false, slot });
      const { status, body, headers } = answer;
      const uuid = wasm.run(() => core.readPickUpAnswer(slot, status, body, headers));
      return { slot, uuid };
    }
    if (byHost) return this.#connect(byHost, slot, expect, signal);
    const expected =
      'expected a server that announces `pick-up` in `X-Valet-Park`, or the option `pickUp`';
    throw error('invalid', 'no-pick-up', expected, { slot });
  }

  /** Looks at the slot, and then lets the application connect its softphone. */
  async #connect(
    byHost: PickUpByHost,
    slot: number,
    expect: string | null,
    signal: AbortSignal,
  ): Promise<PickedUp> {
    const view = await this.#look(slot, signal);
    const { uuid } = view;
    if (uuid === null) throw error('refusal', 'vacant', 'no call waits in this slot', { slot });
    if (expect !== null && !wasm.run(() => core.sameCall(expect, uuid))) {
      throw error('refusal', 'different-call', 'another call waits in this slot', { slot });
    }
    try {
      await byHost(view, { signal });
    } catch (cause) {
      if (isValetError(cause)) throw cause;
      const message = `the option \`pickUp\` failed: ${reasonOf(cause)}`;
      throw error('refusal', 'no-answer', message, { outcome: 'unknown', slot, cause });
    }
    return { slot, uuid };
  }

  /** Asks about a slot. Without a live call, returns the view that is known. */
  async #look(slot: number, signal: AbortSignal): Promise<SlotView> {
    try {
      return await this.#panel.inspect(slot, signal);
    } catch (thrown) {
      if (!isValetError(thrown) || thrown.code !== 'no-live-call') throw thrown;
      return this.#panel.view(slot);
    }
  }

  /** Sends a question, because the server has not said yet what it can do. */
  async #meet(slot: number, signal: AbortSignal): Promise<void> {
    const question = { extension: this.#extension, call: '0', action: 'slots', slot } as const;
    const request = wasm.run(() => core.buildRequest(question, undefined));
    await send(this.#line, request, 'look', signal);
  }
}
