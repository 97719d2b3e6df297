import { error, type ErrorCode, isValetError } from './error.js';
import type { Dialect, Question } from './types.js';

/*
 * Copies of the values that an application passes. The core reads and checks the copies. So no code
 * of the application, for example a getter, runs while the core works.
 */

/** A copy of an object. It has all fields, and a field may have any value. */
export type Copy<T> = { readonly [K in keyof T]-?: T[K] | undefined };

/** Returns the error for a wrong value. `expected` says what would be right. */
export function unexpected(code: ErrorCode, expected: string, found: unknown): Error {
  return error('invalid', code, `expected ${expected}, found ${described(found)}`);
}

/**
 * Returns a copy of an object of the application. Null and undefined count as an empty object.
 *
 * Throws an error with `code` if `value` is not an object, or if one of its fields cannot be read.
 * `what` names the object in the message.
 */
export function copied<T extends object, C>(
  value: T | null | undefined,
  code: ErrorCode,
  what: string,
  copy: (value: Partial<T>) => C,
): C {
  if (value != null && typeof value !== 'object') {
    throw unexpected(code, `${what} to be an object`, value);
  }
  try {
    return copy(value ?? {});
  } catch (cause) {
    if (isValetError(cause)) throw cause;
    throw error('invalid', code, `expected ${what} whose fields can be read`, { cause });
  }
}

export function copyQuestion(question: Question | undefined): Copy<Question> {
  return copied(question, 'invalid-action', 'a question', questionFields);
}

export function copyDialect(dialect: Dialect | undefined): Copy<Dialect> | undefined {
  if (dialect === undefined) return undefined;
  return copied(dialect, 'invalid-options', 'a dialect', dialectFields);
}

function questionFields({ extension, call, action, slot }: Partial<Question>): Copy<Question> {
  return { extension, call, action, slot };
}

function dialectFields({ slots, slotFormat, slotRequired }: Dialect): Copy<Dialect> {
  return { slots, slotFormat, slotRequired };
}

/** The largest number of fields. A call event has about thirty. */
const MOST_FIELDS = 10_000;

/** Returns the names and values of an object or of pairs, in turn. Throws if one is not a text. */
export function flatTexts(source: unknown, code: ErrorCode, expected: string): string[] {
  if (typeof source !== 'object' || source === null) throw unexpected(code, expected, source);
  const flat: string[] = [];
  try {
    const isList = Symbol.iterator in source;
    const pairs = isList ? (source as Iterable<[unknown, unknown]>) : Object.entries(source);
    for (const [name, value] of pairs) {
      if (flat.length >= 2 * MOST_FIELDS) {
        const found = `found more than ${MOST_FIELDS} of them`;
        throw error('invalid', code, `expected ${expected}, ${found}`);
      }
      flat.push(text(name, code, expected), text(value, code, expected));
    }
    return flat;
  } catch (cause) {
    if (isValetError(cause)) throw cause;
    throw error('invalid', code, `expected ${expected}, found one that cannot be read`, { cause });
  }
}

function text(value: unknown, code: ErrorCode, expected: string): string {
  if (typeof value !== 'string') throw unexpected(code, expected, value);
  return value;
}

/** Returns a description of a value, for a message. */
function described(value: unknown): string {
  if (typeof value === 'string') {
    const line = value.replace(/\p{Cc}/gu, ' ');
    const chars = Array.from(line);
    return `the text \`${chars.length > 40 ? `${chars.slice(0, 40).join('')}…` : line}\``;
  }
  if (typeof value === 'number' || typeof value === 'bigint')
    return `the ${typeof value} \`${value}\``;
  if (value === null || value === undefined) return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
