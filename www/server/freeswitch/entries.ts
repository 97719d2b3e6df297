import type { Answer } from 'valet-park';
import { refusal } from '../exchange/refusal.ts';
import { pause } from '../relay/timers.ts';
import type { Channel } from './channels.ts';
import { EngineError } from './engine-error.ts';
import type { EngineLotOptions } from './lot.ts';
import { SlotNames } from './slot-names.ts';
import { PARKED_AT_VARIABLE, PARKED_BY_VARIABLE, readValetInfo } from './stalls.ts';

/** How calls enter the slots of FreeSWITCH. */
export class Entries {
  readonly #options: EngineLotOptions;
  readonly #names: SlotNames;

  constructor(options: EngineLotOptions) {
    this.#options = options;
    this.#names = new SlotNames(options.slotNames);
  }

  /** Returns how long no call may enter a slot, in ms. */
  waitMs(slot: number): number {
    const { state, now } = this.#options;
    const left = state.stalls.leftFrom(slot);
    if (left === null) return 0;
    const isUp = state.channels.get(left.uuid) !== undefined;
    const untilMs = left.at + (left.isHaunting && isUp ? HAUNTED_MS : COOLING_MS);
    return Math.max(untilMs - now(), 0);
  }

  /** Waits until a call may enter a slot. Resolves to false if a call is in the slot. */
  async isEmpty(slot: number): Promise<boolean> {
    const { state, lot, api, wakeIn } = this.#options;
    await state.until(LEAVING_MS, () => (this.#isLeaving(slot) ? null : true));
    for (let waitMs = this.waitMs(slot); waitMs > 0; waitMs = this.waitMs(slot)) {
      await pause(wakeIn, Math.min(waitMs, COOLING_MS)); // The call that haunts the slot may end.
    }
    if (state.stalls.heldIn(slot) !== null) return false;
    const rows = readValetInfo(await api(`valet_info ${lot}`));
    const row = rows.find((one) => one.lot === lot && one.slot === this.#names.nameOf(slot));
    // A call that enters takes over the row of a call that has ended.
    return row === undefined || state.channels.get(row.uuid) === undefined;
  }

  /** Resolves when a call waits in a slot, or has ended. Resolves to null if the engine says neither. */
  #arrival(slot: number, uuid: string): Promise<'parked' | 'gone' | null> {
    const { state } = this.#options;
    return state.until(STEP_MS, () => {
      if (state.stalls.heldIn(slot)?.uuid === uuid) return 'parked';
      return state.channels.get(uuid) === undefined ? 'gone' : null;
    });
  }

  /** Lets a call enter a slot. Resolves when the engine says what became of the call. */
  async enter(slot: number, { uuid }: Channel, extension: string): Promise<Answer> {
    const { patienceMs } = this.#options;
    if (!(await sent(this.#transfer(uuid, slot, extension, patienceMs)))) {
      return refusal('no-such-call', 'Not found');
    }
    const end = await this.#arrival(slot, uuid);
    if (end === 'parked') return { kind: 'parked', slot, uuid };
    if (end === 'gone') return refusal('no-such-call', 'Not found');
    const found = 'the engine did not say whether the call waits';
    return { kind: 'unclear', status: 504, found, retryAfterMs: null };
  }

  /** Lets a call enter a slot again, for the rest of its patience. Resolves to false if it cannot. */
  async reenter(slot: number, uuid: string): Promise<boolean> {
    const { state, patienceMs, now } = this.#options;
    if (this.waitMs(slot) > COOLING_MS || !(await this.isEmpty(slot))) return false;
    const stay = state.waiting().find((one) => one.uuid === uuid);
    const waitedMs = now() - (stay?.at ?? now());
    const leftMs = patienceMs === 0 ? 0 : Math.max(patienceMs - waitedMs, SHORTEST_WAIT_MS);
    const isSent = await sent(this.#transfer(uuid, slot, this.#extensionOf(uuid), leftMs));
    if (isSent) await this.#arrival(slot, uuid);
    return true; // A call that has ended needs no slot.
  }

  /** Lets a call ring at the extension that parked it. */
  async returnToExtension(uuid: string): Promise<void> {
    const { context, api } = this.#options;
    const extension = this.#extensionOf(uuid);
    if (extension !== null) await sent(api(`uuid_transfer ${uuid} ${extension} XML ${context}`));
  }

  /** True while a call is on its way out of a slot. */
  #isLeaving(slot: number): boolean {
    const { stalls, channels } = this.#options.state;
    const held = stalls.heldIn(slot);
    return stalls.isLeaving(slot) || (held !== null && channels.get(held.uuid) === undefined);
  }

  #extensionOf(uuid: string): string | null {
    const { state } = this.#options;
    const stay = state.waiting().find((one) => one.uuid === uuid);
    return stay?.extension ?? state.channels.get(uuid)?.lastExtension ?? null;
  }

  /** Sends a call to a slot. The engine itself returns the call after its patience. */
  async #transfer(
    uuid: string,
    slot: number,
    extension: string | null,
    patienceMs: number,
  ): Promise<string> {
    const { lot, context, api } = this.#options;
    const seconds = Math.ceil(patienceMs / 1_000);
    const orbit = [
      `valet_parking_orbit_exten=${extension}`,
      'valet_parking_orbit_dialplan=XML',
      `valet_parking_orbit_context=${context}`,
    ];
    const variables = [
      'valet_announce_slot=false',
      `valet_parking_timeout=${seconds}`,
      `${PARKED_AT_VARIABLE}=${Math.round(this.#options.now())}`,
      ...(extension === null ? [] : [`${PARKED_BY_VARIABLE}=${extension}`]),
      ...(extension === null || seconds === 0 ? [] : orbit),
    ];
    const applications = [
      ...variables.map((one) => `set:${one}`),
      `valet_park:${lot} ${this.#names.nameOf(slot)}`,
    ];
    return api(`uuid_transfer ${uuid} '${applications.join(',')}' inline`);
  }
}

/** Resolves to false if the engine refuses a command, because its call has ended. */
export async function sent(command: Promise<unknown>): Promise<boolean> {
  try {
    await command;
    return true;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'failed') return false;
    throw error;
  }
}

/** The time after a departure in which no call enters. The engine needs up to 20 ms to let a call go. */
const COOLING_MS = 50;
/**
 * How long the engine connects a call that enters with the one that has left and is up. It removes the
 * row of that call after five whole seconds, when a call enters.
 */
const HAUNTED_MS = 6_000;
const LEAVING_MS = 1_000;
const STEP_MS = 2_000;
/** The patience of a call that is put back when its time is over. */
const SHORTEST_WAIT_MS = 5_000;
