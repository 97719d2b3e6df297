import { timeOf } from './channels.ts';
import type { EngineEvent, EngineHeaders } from './protocol.ts';
import { SlotNames } from './slot-names.ts';

/** How a call left its slot. `taken`: the call was connected with the call that entered the slot. */
export type Departure =
  | { readonly how: 'abandoned' | 'returned' | 'moved' | 'unknown' }
  | { readonly how: 'taken' | 'bridged'; readonly by: string };

/** Something that happened in a slot. All times are in ms since 1970, on the clock of FreeSWITCH. */
export type StallChange = { readonly slot: number; readonly uuid: string; readonly at: number } & (
  | { readonly kind: 'held'; readonly parkedBy: string | null }
  | { readonly kind: 'taken'; readonly by: string }
  | ({ readonly kind: 'left' } & Departure)
);

/** A call that waits in a slot. */
export interface Held {
  readonly slot: number;
  readonly uuid: string;
  readonly since: number;
  /** The extension that parked the call. Null if a telephone parked it by itself. */
  readonly parkedBy: string | null;
}

/** The last call that left a slot. */
export interface Left {
  readonly uuid: string;
  /** When it left, on the clock of the relay, in ms. */
  readonly at: number;
  /** True if the engine connects the next call that enters with this call, as long as it is up. */
  readonly isHaunting: boolean;
}

interface Stay extends Held {
  /** The last transfer of the call when it entered. */
  readonly history: string;
  /** The call that takes it out. Null while it waits. */
  by: string | null;
}

interface Stall {
  held: Stay | null;
  /** The calls that are on their way out while another call has entered, by their uuid. */
  readonly leaving: Map<string, Stay>;
  left: Left | null;
  /** True if the engine may have lost the row of the call in the slot. */
  isDoubtful: boolean;
}

/** The variable of a parked call with the extension that parked it. */
export const PARKED_BY_VARIABLE = 'valet_park_parked_by';

/** The variable of a parked call with the time at which it was parked, in ms since 1970. */
export const PARKED_AT_VARIABLE = 'valet_park_parked_at';

/** The event from which `Stalls` learns. */
export const VALET_EVENT = 'CUSTOM valet_parking::info';

/**
 * The slots of one lot, as the events of `mod_valet_parking` tell of them.
 *
 * The event of a call that enters a slot may come before that of the call that leaves it. So a slot
 * alone does not say which call an event is about.
 */
export class Stalls {
  readonly #lot: string;
  readonly #slots: number;
  readonly #names: SlotNames;
  readonly #stalls = new Map<number, Stall>();

  /** `slots` is the number of slots. Other rows of the lot do not count. */
  constructor(lot: string, slots: number, names = new SlotNames()) {
    this.#lot = lot;
    this.#slots = slots;
    this.#names = names;
  }

  /** The call that waits in a slot. */
  heldIn(slot: number): Held | null {
    const held = this.#stalls.get(slot)?.held ?? null;
    return held?.by === null ? held : null;
  }

  /** True while a call is on its way out of the slot. */
  isLeaving(slot: number): boolean {
    const stall = this.#stalls.get(slot);
    return stall !== undefined && (stall.held?.by != null || stall.leaving.size > 0);
  }

  /**
   * The calls that may be in no list: the event of a call that left came after that of the call which
   * entered.
   */
  doubtful(): Held[] {
    return this.all().filter(({ slot }) => this.#stalls.get(slot)?.isDoubtful === true);
  }

  /** Ends the doubt about a slot. */
  trust(slot: number): void {
    const stall = this.#stalls.get(slot);
    if (stall !== undefined) stall.isDoubtful = false;
  }

  /** The last call that left a slot. */
  leftFrom(slot: number): Left | null {
    return this.#stalls.get(slot)?.left ?? null;
  }

  /** The slot of a call. */
  slotOf(uuid: string): number | null {
    return this.all().find((held) => held.uuid === uuid)?.slot ?? null;
  }

  /** The calls that wait, by slot. */
  all(): Held[] {
    const slots = [...this.#stalls.keys()].sort((one, other) => one - other);
    return slots.map((slot) => this.heldIn(slot)).filter((held) => held !== null);
  }

  /**
   * Takes in an event. `now` is the time on the clock of the relay, in ms. Returns null if the event
   * changes nothing.
   */
  apply({ name, headers }: EngineEvent, now: number): StallChange | null {
    if (name !== VALET_EVENT || headers['Valet-Lot-Name'] !== this.#lot) return null;
    const slot = this.#slotIn(headers['Valet-Extension'] ?? '');
    const { 'Unique-ID': uuid = '', Action: action } = headers;
    if (slot === null || uuid === '') return null;
    const stall = this.#stallOf(slot);
    const common = { slot, uuid, at: Math.round(timeOf(headers) / 1_000) };
    switch (action ?? '') {
      case 'hold': {
        const parkedBy = headers[`variable_${PARKED_BY_VARIABLE}`] ?? null;
        const history = lastTransferOf(headers);
        if (stall.held !== null && stall.held.uuid !== uuid) {
          stall.leaving.set(stall.held.uuid, stall.held);
        }
        stall.held = { slot, uuid, since: common.at, parkedBy, history, by: null };
        stall.isDoubtful = false;
        return { ...common, kind: 'held', parkedBy };
      }
      case 'bridge': {
        const by = headers['Bridge-To-UUID'] ?? '';
        if (stall.held?.uuid !== uuid) return null; // It had left, and the engine met it again.
        stall.held.by = by;
        return { ...common, kind: 'taken', by };
      }
      case 'exit': {
        const isLate = stall.held?.uuid !== uuid;
        const stay = isLate ? stall.leaving.get(uuid) : stall.held;
        const departure = departureOf(headers, stay ?? null);
        const isHaunting = departure.how !== 'abandoned' && departure.how !== 'taken';
        stall.left = { uuid, at: now, isHaunting };
        stall.leaving.delete(uuid);
        if (isLate) stall.isDoubtful = true;
        else stall.held = null;
        return stay == null ? null : { ...common, kind: 'left', ...departure };
      }
      default:
        return null;
    }
  }

  /**
   * Compares the slots with the rows of `valet_info`. Returns what must have happened meanwhile. `now` is
   * the time in ms on the clock of the relay. The calls for which `isRecent` returns true stay as they
   * are.
   */
  replace(
    rows: readonly (ValetInfoRow & Partial<RowFacts>)[],
    now: number,
    isRecent: (uuid: string) => boolean = () => false,
  ): StallChange[] {
    const changes: StallChange[] = [];
    const listed = new Map<number, (typeof rows)[number]>();
    for (const row of rows) {
      const slot = row.lot === this.#lot ? this.#slotIn(row.slot) : null;
      if (slot !== null) listed.set(slot, row);
    }
    for (const [slot, stall] of this.#stalls) {
      const { held } = stall;
      for (const uuid of stall.leaving.keys()) if (!isRecent(uuid)) stall.leaving.delete(uuid);
      if (held === null || isRecent(held.uuid)) continue;
      stall.isDoubtful = false;
      if (listed.get(slot)?.uuid === held.uuid) continue;
      stall.held = null;
      stall.left = { uuid: held.uuid, at: now, isHaunting: true };
      changes.push({ slot, uuid: held.uuid, at: now, kind: 'left', how: 'unknown' });
    }
    for (const [slot, { uuid, parkedBy = null, since }] of listed) {
      const stall = this.#stallOf(slot);
      if (stall.held?.uuid === uuid || isRecent(uuid) || isRecent(stall.held?.uuid ?? '')) continue;
      const at = since ?? now;
      stall.held = { slot, uuid, since: at, parkedBy, history: '', by: null };
      changes.push({ slot, uuid, at, kind: 'held', parkedBy });
    }
    return changes;
  }

  #stallOf(slot: number): Stall {
    let stall = this.#stalls.get(slot);
    if (stall === undefined) {
      stall = { held: null, leaving: new Map(), left: null, isDoubtful: false };
      this.#stalls.set(slot, stall);
    }
    return stall;
  }

  /** Returns the number of a slot. Null for a slot that the relay does not serve. */
  #slotIn(name: string): number | null {
    const slot = this.#names.slotOf(name);
    return slot !== null && slot <= this.#slots ? slot : null;
  }
}

/** A row of `valet_info`. */
export interface ValetInfoRow {
  readonly lot: string;
  readonly slot: string;
  readonly uuid: string;
}

/** The facts in the variables of a call in a row. */
interface RowFacts {
  readonly parkedBy: string | null;
  readonly since: number | null;
}

/**
 * Reads the output of `valet_info`. It looks like XML, but nothing in it is escaped. So it is read line
 * by line.
 */
export function readValetInfo(output: string): ValetInfoRow[] {
  const rows: ValetInfoRow[] = [];
  let lot = '';
  for (const line of output.split('\n')) {
    lot = /^ {2}<lot name="(.*)">$/.exec(line)?.[1] ?? lot;
    const [, uuid, slot] = /^ {4}<extension uuid="(.*)">(.*)<\/extension>$/.exec(line) ?? [];
    if (uuid !== undefined && slot !== undefined) rows.push({ lot, slot, uuid });
  }
  return rows;
}

function departureOf(headers: EngineHeaders, stay: Stay | null): Departure {
  const { by = null, history = '' } = stay ?? {};
  if (by !== null) return { how: 'taken', by };
  if (headers['Answer-State'] === 'hangup') return { how: 'abandoned' };
  const last = lastTransferOf(headers);
  if (last === history) return { how: 'unknown' };
  const [, kind, target = ''] = /^\d+:[^:]*:(\w+):(.*)$/.exec(last) ?? [];
  if (kind === 'uuid_br') return { how: 'bridged', by: target };
  if (target.includes('valet_park:')) return { how: 'moved' };
  const orbit = headers['variable_valet_parking_orbit_exten'];
  const isOrbit = orbit !== undefined && target.startsWith(`${orbit}/`);
  return { how: isOrbit ? 'returned' : 'unknown' };
}

/** Returns the latest entry of the history. Several entries are written as `ARRAY::one|:two`. */
function lastTransferOf(headers: EngineHeaders): string {
  const history = headers['variable_transfer_history'] ?? '';
  return (
    history
      .replace(/^ARRAY::/, '')
      .split('|:')
      .at(-1) ?? ''
  );
}
