import { error, type ErrorCode, isValetError } from './error.js';
import { tried } from './host.js';
import type { Dialect, Question } from './types.js';

/*
 * What callers hand over, looked at before the core gets it. WebAssembly knows no types: a number
 * that stands where a text belongs would be read as an address.
 */

/** What the core takes for "no slot": slots count from 1. */
export const NO_SLOT = 0;

const LARGEST_SLOT = 65_535;

/** The error for a value that is not what it should be. */
export function unexpected(code: ErrorCode, expected: string, found: unknown): Error {
  return error('invalid', code, `expected ${expected}, found ${described(found)}`);
}

/** A value that must be a text. */
export function text(value: unknown, code: ErrorCode, expected: string): string {
  if (typeof value !== 'string') throw unexpected(code, expected, value);
  return value;
}

export function callName(value: unknown): string {
  const expected = 'a `call_api_id` as a text';
  const name = text(value, 'invalid-call', expected);
  // All halves of pairs become U+FFFD on their way in: two names would become one.
  if (/\p{Surrogate}/u.test(name)) throw unexpected('invalid-call', expected, name);
  return name;
}

export function callNameMaybe(value: unknown): string | undefined {
  return value == null ? undefined : callName(value);
}

function isSlot(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= LARGEST_SLOT;
}

/** A slot, or `NO_SLOT` where there is none. */
export function slotNumber(value: unknown): number {
  if (value == null) return NO_SLOT;
  if (isSlot(value)) return value;
  throw unexpected('invalid-slot', `a slot as a number from 1 to ${LARGEST_SLOT}`, value);
}

/** A slot that must be there. */
export function slotGiven(value: unknown): number {
  if (value == null) throw unexpected('invalid-slot', 'a slot', value);
  return slotNumber(value);
}

/** A time or a length of time: finite, and not before the beginning of the clock. */
export function milliseconds(value: unknown, name: string): number {
  if (typeof value === 'number' && value >= 0 && value < Infinity) return value;
  throw unexpected(
    'invalid-options',
    `\`${name}\` to be a number of milliseconds, zero or more`,
    value,
  );
}

/** True, false, or what holds where nobody says. */
export function flag(value: unknown, name: string, usual: boolean): boolean {
  if (value == null) return usual;
  if (typeof value === 'boolean') return value;
  throw unexpected('invalid-options', `\`${name}\` to be true or false`, value);
}

/** One of a few words, or the first of them where nobody says. */
export function word<W extends string>(
  value: unknown,
  name: string,
  words: readonly [W, ...W[]],
): W {
  if (value == null) return words[0];
  const known = words.find((one) => one === value);
  if (known) return known;
  const listed = words.map((one) => `'${one}'`).join(' or ');
  throw unexpected('invalid-options', `\`${name}\` to be ${listed}`, value);
}

/** How many slots there are. */
export function slotCount(value: unknown): number {
  if (value == null) return 9;
  if (isSlot(value)) return value;
  throw unexpected('invalid-options', `\`slots\` to be a number from 1 to ${LARGEST_SLOT}`, value);
}

/** Several slots that must be there, at most one of each. */
export function slotList(value: unknown): number[] {
  const isList = tried(() => Array.isArray(value) && value.length <= LARGEST_SLOT);
  const expected = `\`slots\` to be a list of at most ${LARGEST_SLOT} slots`;
  if (!isList) throw unexpected('invalid-options', expected, value);
  try {
    return Array.from(value as unknown[], slotGiven);
  } catch (cause) {
    if (isValetError(cause)) throw cause;
    throw error(
      'invalid',
      'invalid-options',
      `expected ${expected}, found one that cannot be read`,
      {
        cause,
      },
    );
  }
}

/** The named fields of an object, each read once; of nothing, none. */
export function fields<T extends object, K extends keyof T>(
  value: T | null | undefined,
  names: readonly K[],
  code: ErrorCode,
  what: string,
): { [N in K]: unknown } {
  if (value != null && typeof value !== 'object') {
    throw unexpected(code, `${what} to be an object`, value);
  }
  try {
    return Object.fromEntries(names.map((name) => [name, value?.[name]])) as { [N in K]: unknown };
  } catch (cause) {
    throw error('invalid', code, `expected ${what} to let its fields be read`, { cause });
  }
}

/** A question, in the order in which the core takes its parts. */
export function questionParts(question: Question): [string, string, string, number] {
  const names = ['extension', 'call', 'action', 'slot'] as const;
  const given = fields(question, names, 'invalid-action', 'a question');
  const { extension, call, action, slot } = given;
  return [
    extensionName(extension),
    callName(call),
    text(action, 'invalid-action', "the action 'park', 'bridge' or 'slots'"),
    slotNumber(slot),
  ];
}

export function extensionName(value: unknown): string {
  return text(value, 'invalid-extension', "an extension as a text, like '34414'");
}

/** A dialect, in the order in which the core takes its parts. */
export function dialectParts(dialect?: Dialect): [number, boolean, boolean] {
  const names = ['slots', 'slotFormat', 'slotRequired'] as const;
  const given = fields(dialect, names, 'invalid-options', 'a dialect');
  const { slots, slotFormat, slotRequired } = given;
  return [
    slotCount(slots),
    word(slotFormat, 'slotFormat', ['string', 'integer']) === 'integer',
    flag(slotRequired, 'slotRequired', false),
  ];
}

/** The status of an HTTP answer. */
export function httpStatus(value: unknown): number {
  const isStatus = Number.isInteger(value) && (value as number) >= 0 && (value as number) < 1000;
  if (!isStatus) throw unexpected('invalid-options', '`status` to be an HTTP status', value);
  return value as number;
}

/** How many names and values are taken. An event has some thirty. */
const MOST_FIELDS = 10_000;

/** Names and values in turn, as the core takes them, of an object or of pairs. */
export function flatTexts(source: unknown, code: ErrorCode, expected: string): string[] {
  if (typeof source !== 'object' || source === null) throw unexpected(code, expected, source);
  const flat: string[] = [];
  try {
    const isList = Symbol.iterator in source;
    const pairs = isList ? (source as Iterable<[unknown, unknown]>) : Object.entries(source);
    for (const [name, value] of pairs) {
      if (flat.length >= 2 * MOST_FIELDS) {
        throw error(
          'invalid',
          code,
          `expected ${expected}, found more than ${MOST_FIELDS} of them`,
        );
      }
      flat.push(text(name, code, expected), text(value, code, expected));
    }
    return flat;
  } catch (cause) {
    if (isValetError(cause)) throw cause;
    throw error('invalid', code, `expected ${expected}, found what cannot be read`, { cause });
  }
}

/** What a value is, in the words of whoever wrote it. */
function described(value: unknown): string {
  if (typeof value === 'string') {
    const line = value.replace(/\p{Cc}/gu, ' ');
    const chars = [...line];
    return `the text \`${chars.length > 40 ? `${chars.slice(0, 40).join('')}…` : line}\``;
  }
  if (typeof value === 'number' || typeof value === 'bigint')
    return `the ${typeof value} \`${value}\``;
  if (value === null || value === undefined) return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
