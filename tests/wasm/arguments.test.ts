// Goal: every value from JavaScript is either accepted, or refused with a ValetError that says what
// would be right. No value causes a trap or a TypeError, and none is converted to another type.
// Method: every argument and every field of the exported functions gets every odd value.

import {
  type Answer,
  buildRequest,
  type Dialect,
  type ErrorCode,
  initSync,
  isValetError,
  parseCallApiId,
  parseCallEvent,
  type Question,
  readAnswer,
  sameCall,
} from 'valet-park';
import {
  type FeedReport,
  Lot,
  type LotOptions,
  readRequest,
  writeAnswer,
  writeMessage,
} from 'valet-park/lot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replacedCount } from './instance.ts';
import { bareObjects, nothing, type Odd, odd, texts } from './odd.ts';
import { expectInvalid, thrownBy } from './thrown.ts';

const call = '3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0';
const question = { extension: '34414', call, action: 'slots', slot: 6 } as const;
const body = '{"action":"park","slot":"6"}';
const path = `/extension/34414/valet_park/${call}`;

type Use = (value: never) => unknown;
interface Seat {
  readonly put: Use;
  readonly code: ErrorCode | readonly ErrorCode[];
  readonly takes?: readonly Odd[];
  /** Values that throw their own error when they are read. */
  readonly leaves?: readonly Odd[];
}

const asks = (field: keyof Question, code: Seat['code'], takes: readonly Odd[] = []): Seat => ({
  put: (value) => buildRequest({ ...question, [field]: value }),
  code,
  takes,
});
const speaks = (field: keyof Dialect, takes: readonly Odd[] = []): Seat => ({
  put: (value) => buildRequest({ ...question, slot: 1 }, { [field]: value }),
  code: 'invalid-options',
  takes: [...nothing, ...takes],
});
const says = (
  answer: object,
  field: string,
  code: Seat['code'],
  takes: readonly Odd[] = [],
): Seat => ({
  put: (value) => writeAnswer({ ...answer, [field]: value } as unknown as Answer),
  code,
  takes,
});
const reports = (
  report: object,
  field: string,
  code: Seat['code'],
  takes: readonly Odd[] = [],
): Seat => ({
  put: (value) => writeMessage({ ...report, [field]: value } as unknown as FeedReport),
  code,
  takes,
});
const moved = { kind: 'lot', move: 'parked', slot: 6, call, extension: '34414' } as const;
const moves = (field: string, code: Seat['code'], takes: readonly Odd[] = []): Seat =>
  reports(moved, field, code, takes);
const notes = (field: string, code: Seat['code'], takes: readonly Odd[]): Seat =>
  reports({ kind: 'note', call, slot: 6 }, field, code, takes);
const opens = (field: keyof LotOptions, takes: readonly Odd[] = []): Seat => ({
  put: (value) => new Lot({ [field]: value }).dispose(),
  code: 'invalid-options',
  takes: [...nothing, ...takes],
});

const lot = new Lot();
afterAll(() => lot.dispose());
const times = ['zero', 'a number', 'a fraction', 'a huge number'] as const;
/** Any text that fits into the path of a request is a valid name of a call. */
const names = ['a text'] as const;
/** The codes for a value that is no question, and for a question without an extension. */
const questionCodes = ['invalid-action', 'invalid-extension'] as const;
const hostile = ['a revoked proxy', 'a proxy that refuses'] as const;

const seats: Record<string, Seat> = {
  'parseCallApiId(text)': { put: (v) => parseCallApiId(v), code: 'invalid-call', takes: names },
  'sameCall(a)': { put: (v) => sameCall(v, call), code: 'invalid-call', takes: names },
  'sameCall(b)': { put: (v) => sameCall(call, v), code: 'invalid-call', takes: names },
  'buildRequest(question)': { put: (v) => buildRequest(v), code: questionCodes },
  'question.extension': asks('extension', 'invalid-extension'),
  'question.call': asks('call', 'invalid-call', names),
  'question.action': asks('action', 'invalid-action'),
  'question.slot': asks('slot', 'invalid-slot', [...nothing, 'a number']),
  'buildRequest(, dialect)': {
    put: (v) => buildRequest(question, v),
    code: 'invalid-options',
    takes: bareObjects,
  },
  'dialect.slots': speaks('slots', ['a number']),
  'dialect.slotFormat': speaks('slotFormat'),
  'dialect.slotRequired': speaks('slotRequired', ['true']),
  'readAnswer(question)': { put: (v) => readAnswer(v, 200, ''), code: questionCodes },
  'readAnswer(, status)': {
    put: (v) => readAnswer(question, v, ''),
    code: 'invalid-options',
    takes: ['zero', 'a number'],
  },
  'readAnswer(, body)': {
    put: (v) => readAnswer(question, 200, v),
    code: 'invalid-options',
    takes: texts,
  },
  'readAnswer(, headers)': {
    put: (v) => readAnswer(question, 200, '', v),
    code: 'invalid-options',
    takes: [
      'undefined',
      'an empty object',
      'an object without a prototype',
      'a Date',
      'a boxed number',
      'a proxy',
      // Every iterable counts as a list of pairs, and a text of two characters as one pair.
      'an array',
    ],
  },
  'a header': {
    put: (v) => readAnswer(question, 200, '', { 'Retry-After': v }),
    code: 'invalid-options',
    takes: texts,
  },
  'readRequest(method)': {
    put: (v) => readRequest(v, path, body),
    code: ['invalid-options', 'invalid-action'],
  },
  'readRequest(, path)': {
    put: (v) => readRequest('PUT', v, body),
    code: ['invalid-options', 'invalid-call'],
  },
  'readRequest(, body)': {
    put: (v) => readRequest('PUT', path, v),
    code: ['invalid-options', 'invalid-action'],
  },
  'readRequest(, dialect)': {
    put: (v) => readRequest('PUT', path, body, v),
    code: 'invalid-options',
    takes: bareObjects,
  },
  'writeAnswer(answer)': { put: (v) => writeAnswer(v), code: 'invalid-options' },
  'answer.kind': says({ slot: 6 }, 'kind', 'invalid-options'),
  'parked.slot': says({ kind: 'parked' }, 'slot', 'invalid-slot', [...nothing, 'a number']),
  'bridged.uuid': says({ kind: 'bridged' }, 'uuid', 'invalid-call', [...nothing, ...names]),
  'held.uuid': says({ kind: 'held', slot: 6 }, 'uuid', 'invalid-call', names),
  'vacant.slot': says(
    { kind: 'vacant' },
    'slot',
    ['invalid-slot', 'invalid-options'],
    ['a number'],
  ),
  'free.slots': {
    ...says({ kind: 'free' }, 'slots', ['invalid-options', 'invalid-slot']),
    leaves: hostile,
  },
  'refused.code': says({ kind: 'refused' }, 'code', 'invalid-options'),
  'refused.message': says({ kind: 'refused', code: 'taken' }, 'message', 'invalid-options', [
    ...nothing,
    ...texts,
  ]),
  'refused.retryAfterMs': says(
    { kind: 'refused', code: 'rate-limited' },
    'retryAfterMs',
    'invalid-options',
    [...nothing, ...times],
  ),
  'unclear.status': says({ kind: 'unclear' }, 'status', 'invalid-options', ['zero', 'a number']),
  'unclear.found': says({ kind: 'unclear', status: 500 }, 'found', 'invalid-options', [
    ...nothing,
    ...texts,
  ]),
  'writeMessage(report)': { put: (v) => writeMessage(v), code: 'invalid-options' },
  'report.kind': reports(moved, 'kind', 'invalid-options'),
  'call.fields': reports({ kind: 'call' }, 'fields', 'invalid-event'),
  'asked.question': reports(
    { kind: 'asked', answer: { kind: 'vacant', slot: 6 } },
    'question',
    questionCodes,
  ),
  'asked.answer': reports({ kind: 'asked', question }, 'answer', 'invalid-options'),
  'asked.since': reports(
    { kind: 'asked', question, answer: { kind: 'vacant', slot: 6 } },
    'since',
    'invalid-options',
    [...nothing, 'zero', 'a number'],
  ),
  'note.call': reports({ kind: 'note', slot: 6 }, 'call', 'invalid-call', names),
  'note.slot': reports({ kind: 'note', call }, 'slot', 'invalid-slot', ['a number']),
  'note.note': notes('note', 'invalid-options', [...nothing, ...texts]),
  'note.forWhom': notes('forWhom', 'invalid-options', [...nothing, ...texts]),
  'note.by': notes('by', 'invalid-extension', nothing),
  'lot.move': moves('move', 'invalid-options'),
  'lot.slot': moves('slot', 'invalid-slot', ['a number']),
  'lot.call': moves('call', 'invalid-call', names),
  'lot.extension': moves('extension', 'invalid-extension'),
  'lot.number': moves('number', 'invalid-options', [...nothing, ...texts]),
  'lot.name': moves('name', 'invalid-options', [...nothing, ...texts]),
  'lot.by': moves('by', 'invalid-call', [...nothing, ...names]),
  'lot.takenBy': moves('takenBy', 'invalid-extension', nothing),
  'lot.agoMs': moves('agoMs', 'invalid-options', [...nothing, ...times]),
  'parseCallEvent(source)': { put: (v) => parseCallEvent(v), code: 'invalid-event' },
  'a field of an event': {
    put: (v) => parseCallEvent({ EventType: 'answer', CallID: v }),
    code: 'invalid-event',
    takes: texts,
  },
  'new Lot(options)': {
    put: (v) => new Lot(v).dispose(),
    code: 'invalid-options',
    takes: bareObjects,
  },
  'options.slots': opens('slots', ['a number']),
  'options.patienceMs': opens('patienceMs', times),
  'options.allocate': opens('allocate'),
  'options.bridgeAny': opens('bridgeAny'),
  'options.seed': opens('seed', [...times, 'a negative number']),
  'lot.ask(now)': { put: (v) => lot.ask(v, question), code: 'invalid-options', takes: times },
  'lot.ask(, question)': { put: (v) => lot.ask(0, v), code: questionCodes },
  'lot.hangup(now)': { put: (v) => lot.hangup(v, call), code: 'invalid-options', takes: times },
  'lot.hangup(, call)': { put: (v) => lot.hangup(0, v), code: 'invalid-call', takes: names },
  'lot.advance(now)': { put: (v) => lot.advance(v), code: 'invalid-options', takes: times },
  'initSync(input)': { put: (v) => initSync(v), code: 'invalid-options', leaves: hostile },
  'input.module': {
    put: (v) => initSync({ module: v }),
    code: 'invalid-options',
    leaves: hostile,
  },
};

describe('every argument and field', () => {
  let before = 0;
  beforeAll(() => {
    before = replacedCount();
  });

  for (const [seat, { put, code, takes = [], leaves = [] }] of Object.entries(seats)) {
    it(`${seat} accepts the right values and refuses the others`, () => {
      for (const [name, value] of Object.entries(odd)) {
        if ((leaves as readonly string[]).includes(name)) continue;
        const use = (): unknown => put(value as never);
        if ((takes as readonly string[]).includes(name)) {
          expect(use, `${seat} with ${name}`).not.toThrow();
        } else {
          const error = thrownBy(use);
          const codes = [code].flat();
          expect(codes, `${seat} with ${name}: ${error.message}`).toContain(error.code);
          expectInvalid(error);
        }
      }
    });
  }

  it('makes no odd value fail the core', () => {
    expect(lot.stalls()).toEqual([]);
    expect(replacedCount()).toBe(before);
  });
});

describe('a message', () => {
  it.each([
    [() => parseCallApiId(5 as never), 'expected a `call_api_id` as a text, found the number `5`'],
    [() => sameCall(call, null as never), /as a text, found null$/],
    [
      () => new Lot({ slots: 0 }),
      'expected `slots` to be a number from 1 to 65535, found the number `0`',
    ],
    [() => new Lot({ slots: '9' as never }), /found the text `9`$/],
    [() => new Lot({ patienceMs: NaN }), /^expected `patienceMs` .*, found the number `NaN`$/],
    [() => new Lot({ seed: 1n as never }), /^expected `seed` to be a number, found .*bigint/],
    [
      () => new Lot({ allocate: 'last' as never }),
      "expected `allocate` to be 'first' or 'random', found the text `last`",
    ],
    [
      () => new Lot((() => {}) as never),
      'expected the options of a lot to be an object, found a function',
    ],
    [
      () => lot.ask(0, { ...question, slot: '6' as never }),
      'expected a slot as a number from 1 to 65535, found the text `6`',
    ],
    [
      () => lot.ask(0, { ...question, call: 'a/b' }),
      /^expected a `call_api_id` like .*, found `a\/b`$/,
    ],
    [() => lot.ask(-1, question), /^expected `now` to be .*milliseconds.*, found the number `-1`$/],
    [
      () => lot.ask(0, { ...question, extension: 'x'.repeat(99) }),
      `expected an extension like \`34414\`, \`@101\` or \`@1844*101\`, found \`${'x'.repeat(40)}…\``,
    ],
  ])('says what would be right: %#', (work, message) => {
    const found = thrownBy(work).message;
    if (typeof message === 'string') expect(found).toBe(message);
    else expect(found).toMatch(message);
  });
});

describe('isValetError', () => {
  it('is false for every other value', () => {
    for (const [name, value] of Object.entries(odd)) {
      if ((hostile as readonly string[]).includes(name)) continue;
      expect(isValetError(value), name).toBe(false);
    }
    expect(isValetError(new Error('lost'))).toBe(false);
  });
});
