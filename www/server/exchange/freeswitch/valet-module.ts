import { ValetHash } from './valet-hash.ts';

/** A row in the table of a lot: a slot, and the call that has entered it last. */
export interface ValetRow {
  readonly slot: string;
  readonly uuid: string;
  /** When the call entered, in ms. */
  readonly since: number;
  /** True after a call has left by this row. The row stays until the next purge. */
  readonly isLeft: boolean;
  /** True after the call was connected with a call that entered. */
  readonly isBridged: boolean;
}

type MutableRow = { -readonly [Key in keyof ValetRow]: ValetRow[Key] };

/**
 * The fate of a call that enters a slot. `parked`: the call waits, and leaves by `row`. `connected`: the
 * call is connected with the call `waiter`. `none`: no slot was found.
 */
export type Entry =
  | { readonly kind: 'parked'; readonly row: ValetRow }
  | { readonly kind: 'connected'; readonly row: ValetRow; readonly waiter: string }
  | { readonly kind: 'none' };

/** A call that enters some slot from `min` to `max`. */
interface AnyCall {
  readonly lot: string;
  readonly min: number;
  readonly max: number;
  readonly uuid: string;
}

/**
 * The tables of `mod_valet_parking`, with everything that is wrong with them.
 *
 * The profile `freeswitch` uses them, and so does the FreeSWITCH that the tests of the relay run against.
 *
 * A call that enters a slot takes over the row that is there. The call before it may still be on its
 * way out by the same row. It then marks the row of the newcomer as left, and no list shows the newcomer. A
 * call that has left and is still up is met in its old slot, until a purge removes the row.
 */
export class ValetModule {
  readonly #lots = new Map<string, ValetHash<MutableRow>>();
  #purgedAtS = -Infinity;

  /**
   * A call enters a slot. `isUp` tells whether a call is up. All times are in ms.
   */
  enter(
    call: { readonly lot: string; readonly slot: string; readonly uuid: string },
    now: number,
    isUp: (uuid: string) => boolean,
  ): Entry {
    this.#purge(now);
    const { slot, uuid } = call;
    const lot = this.#lotOf(call.lot);
    const known = lot.get(slot);
    if (known !== undefined && !known.isBridged && isUp(known.uuid)) {
      known.isLeft = false;
      known.isBridged = true;
      return { kind: 'connected', row: known, waiter: known.uuid };
    }
    const fresh = { slot, uuid, since: now, isLeft: false, isBridged: false };
    const row = known === undefined ? fresh : Object.assign(known, fresh);
    lot.set(slot, row);
    return { kind: 'parked', row };
  }

  /** A call enters the lowest slot without a row, as `auto in` does. */
  enterFree({ lot, min, max, uuid }: AnyCall, now: number): Entry {
    this.#purge(now);
    const rows = this.#lotOf(lot);
    for (let number = min; number <= max; number += 1) {
      const slot = String(number);
      if (number === 0 || rows.get(slot) !== undefined) continue;
      const row = { slot, uuid, since: now, isLeft: false, isBridged: false };
      rows.set(slot, row);
      return { kind: 'parked', row };
    }
    return { kind: 'none' };
  }

  /**
   * A call enters the slot with the oldest row, as `auto out` does. The age is in whole seconds. Rows by
   * which a call has left count, too. So the call that enters may wait, although another call waits.
   */
  enterLongest(
    { lot, min, max, uuid }: AnyCall,
    now: number,
    isUp: (uuid: string) => boolean,
  ): Entry {
    this.#purge(now);
    const inRange = [...this.#lotOf(lot).entries()]
      .map(([, row]) => ({ slot: row.slot, ageS: secondOf(now) - secondOf(row.since) }))
      .filter(({ slot }) => Number(slot) >= min && Number(slot) <= max);
    const oldestS = Math.max(...inRange.map(({ ageS }) => ageS));
    const oldest = inRange.filter(({ ageS }) => ageS === oldestS);
    if (oldestS === 0) oldest.sort((one, other) => Number(one.slot) - Number(other.slot));
    const [chosen] = oldest;
    if (chosen === undefined) return { kind: 'none' };
    return this.enter({ lot, slot: chosen.slot, uuid }, now, isUp);
  }

  /** A call leaves by its row. Another call may have taken over the row meanwhile. */
  leave(row: ValetRow): void {
    (row as MutableRow).isLeft = true;
  }

  /** The row that `valet_info` shows for a slot. Null if it shows none. */
  listedIn(lot: string, slot: string): ValetRow | null {
    const row = this.#lots.get(lot)?.get(slot);
    return row === undefined || row.isLeft ? null : row;
  }

  /** The rows that `valet_info` shows of a lot, in its order. */
  list(lot: string): readonly ValetRow[] {
    const rows = this.#lots.get(lot)?.entries() ?? [];
    return [...rows].map(([, row]) => row).filter(({ isLeft }) => !isLeft);
  }

  /** The output of `valet_info`. Nothing in it is escaped. The name is compared without case. */
  info(name = ''): string {
    const lots = [...this.#lots.keys()].filter(
      (lot) => name === '' || lot.toLowerCase() === name.toLowerCase(),
    );
    const lines = lots.flatMap((lot) => [
      `  <lot name="${lot}">`,
      ...this.list(lot).map(
        ({ uuid, slot }) => `    <extension uuid="${uuid}">${slot}</extension>`,
      ),
      '  </lot>',
    ]);
    return ['<lots>', ...lines, '</lots>', ''].join('\n');
  }

  #lotOf(name: string): ValetHash<MutableRow> {
    let lot = this.#lots.get(name);
    if (lot === undefined) this.#lots.set(name, (lot = new ValetHash()));
    return lot;
  }

  /** Removes the rows by which a call has left, at most every five seconds, in all lots. */
  #purge(now: number): void {
    const nowS = secondOf(now);
    if (nowS - this.#purgedAtS < PURGE_S) return;
    this.#purgedAtS = nowS;
    for (const lot of this.#lots.values()) {
      for (const [slot, { isLeft }] of [...lot.entries()]) if (isLeft) lot.delete(slot);
    }
  }
}

/** Returns the whole second of a time in ms. */
function secondOf(ms: number): number {
  return Math.floor(ms / 1_000);
}

/** Compared in whole seconds. */
const PURGE_S = 5;
