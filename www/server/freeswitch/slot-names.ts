/**
 * The names of the slots on FreeSWITCH, where a slot is any text.
 *
 * A pattern has one group of `#`, which stands for the number with zeros in front: `60##` names slot 1
 * `6001`, and `#` names it `1`.
 */
export class SlotNames {
  readonly #before: string;
  readonly #after: string;
  readonly #digits: number;

  constructor(pattern: string = DEFAULT_SLOT_NAMES) {
    const [, before = '', marks = '#', after = ''] = /^([^#]*)(#+)(.*)$/.exec(pattern) ?? [];
    this.#before = before;
    this.#after = after;
    this.#digits = marks.length;
  }

  /** Returns the name of a slot. */
  nameOf(slot: number): string {
    return this.#before + String(slot).padStart(this.#digits, '0') + this.#after;
  }

  /** Returns the number of a slot. Null if no slot has this name. */
  slotOf(name: string): number | null {
    const digits = name.slice(this.#before.length, name.length - this.#after.length);
    const slot = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
    // `007` is another slot than `7`.
    return slot >= 1 && this.nameOf(slot) === name ? slot : null;
  }

  /** Returns a regular expression for the numbers that are dialled for slots 1 to `slots`. */
  dialled(slots: number): string {
    const { length } = String(slots);
    const zeros = '0'.repeat(Math.max(this.#digits - length, 0));
    const isPadded = this.#digits >= length;
    return escape(this.#before) + zeros + numbersTo(slots, isPadded) + escape(this.#after);
  }
}

/** The pattern of slots that are named by their numbers. */
export const DEFAULT_SLOT_NAMES = '#';

/** A pattern of `SlotNames`. Other characters mean something in a command. */
export const SLOT_NAMES = /^[\w*.-]{0,20}#{1,5}[\w*.-]{0,20}$/;

/** Describes a right pattern. Completes the sentence `slot-names is …`. */
export const SLOT_NAMES_RIGHT = 'a pattern where # stands for the number, as 60## for 6001 to 6099';

/** Returns a regular expression for the numbers 1 to `last`. `isPadded`: with zeros in front. */
function numbersTo(last: number, isPadded: boolean): string {
  if (last < 10) return last === 1 ? '1' : `[1-${last}]`;
  if (last >= 100) return isPadded ? `\\d{${String(last).length}}` : `[1-9]\\d*`;
  const [tens, ones] = [Math.floor(last / 10), last % 10];
  const low = isPadded ? '0[1-9]' : '[1-9]';
  const middle = tens === 1 ? [] : [tens === 2 ? '1\\d' : `[1-${tens - 1}]\\d`];
  const high = ones === 9 ? `${tens}\\d` : ones === 0 ? `${tens}0` : `${tens}[0-${ones}]`;
  return `(${[low, ...middle, high].join('|')})`;
}

function escape(text: string): string {
  return text.replace(/[.*+-]/g, '\\$&');
}
