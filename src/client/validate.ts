import { error, type ErrorCode, isValetError } from './error.js';
import type { Dialect, Question } from './types.js';

/*
 * Copies of what an application passes. The core reads the copies and checks them, so no code of
 * the application runs while the core works.
 */

/** A copy of an object: with all fields, which may hold anything. */
export type Copy<T> = { readonly [K in keyof T]-?: T[K] | undefined };

/** Returns the error for a value that is not what it should be. */
export function unexpected(code: ErrorCode, expected: string, found: unknown): Error {
  return error('invalid', code, `expected ${expected}, found ${described(found)}`);
}

/**
 * Returns a copy of an object of the application, or of an empty object where there is none.
 *
 * Throws an error with `code` if `value` is no object, or if one of its fields cannot be read.
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
    throw error('invalid', code, `expected ${what} to let its fields be read`, { cause });
  }
}

export function copyQuestion(question: Question): Copy<Question> {
  const fields = ({ extension, call, action, slot }: Partial<Question>): Copy<Question> => ({
    ...{ extension, call, action, slot },
  });
  return copied(question, 'invalid-action', 'a question', fields);
}

export function copyDialect(dialect: Dialect | undefined): Copy<Dialect> {
  const fields = ({ slots, slotFormat, slotRequired }: Dialect): Copy<Dialect> => ({
    ...{ slots, slotFormat, slotRequired },
  });
  return copied(dialect, 'invalid-options', 'a dialect', fields);
}

/** How many names and values are taken. An event has some thirty. */
const MOST_FIELDS = 10_000;

/** Returns the names and values of an object or of pairs, in turn. Throws if one is no text. */
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
    throw error('invalid', code, `expected ${expected}, found what cannot be read`, { cause });
  }
}

function text(value: unknown, code: ErrorCode, expected: string): string {
  if (typeof value !== 'string') throw unexpected(code, expected, value);
  return value;
}

/** Says what a value is, in the words of the program that passed it. */
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
