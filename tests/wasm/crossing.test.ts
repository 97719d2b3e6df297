// Values cross the boundary to the core and come back unchanged, as plain objects without handles.

import {
  type Answer,
  buildRequest,
  type Dialect,
  parseCallApiId,
  parseCallEvent,
  type Question,
  readAnswer,
  type RefusalCode,
  sameCall,
  ValetPark,
} from 'valet-park';
import { type FeedReport, Lot, readRequest, writeAnswer, writeMessage } from 'valet-park/lot';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { expectInvalid, thrownBy } from './thrown.ts';

const call = '3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0';
const uuid = '37b98fb2-a66c-11ea-ae69-6fd86d94a0e0';
const extension = '34414';

const park: Question = { extension, call, action: 'park', slot: 6 };
const bridge: Question = { extension, call, action: 'bridge', slot: 6 };
const look: Question = { extension, call, action: 'slots', slot: 6 };
const list: Question = { extension, call, action: 'slots' };

/** All codes of a refusal. The compiler reports a missing one. */
const refusals = Object.keys({
  taken: 0,
  'lot-full': 0,
  'already-parked': 0,
  vacant: 0,
  'nobody-waiting': 0,
  'different-call': 0,
  'same-call': 0,
  'no-such-slot': 0,
  'slot-required': 0,
  'no-such-call': 0,
  'no-such-extension': 0,
  unauthorized: 0,
  forbidden: 0,
  'rate-limited': 0,
  'bad-request': 0,
} satisfies Record<RefusalCode, 0>) as RefusalCode[];

function refused(code: RefusalCode, more: Partial<Answer & { kind: 'refused' }> = {}): Answer {
  return { kind: 'refused', code, slot: 6, message: `why ${code}`, retryAfterMs: null, ...more };
}

/** Checks that a value is plain JSON: no class, no handle, no hidden field. */
function expectPlain(value: unknown): void {
  expect(structuredClone(value)).toEqual(value);
  expect(JSON.parse(JSON.stringify(value))).toEqual(value);
  expect(JSON.stringify(value)).not.toMatch(/ptr|inst|handle/);
}

describe('answers', () => {
  const there: [Question, Answer][] = [
    [park, { kind: 'parked', slot: 6, uuid }],
    [
      { extension, call, action: 'park' },
      { kind: 'parked', slot: null, uuid: null },
    ],
    [bridge, { kind: 'bridged', slot: 6, uuid }],
    [
      { extension, call, action: 'bridge' },
      { kind: 'bridged', slot: null, uuid: null },
    ],
    [look, { kind: 'held', slot: 6, uuid }],
    [look, { kind: 'vacant', slot: 6 }],
    [list, { kind: 'free', slots: [1, 2, 9] }],
    [list, { kind: 'free', slots: [] }],
    ...refusals
      .filter((code) => code !== 'taken')
      .map((code): [Question, Answer] => [look, refused(code)]),
    [park, refused('taken', { message: 'slot already have parked member, slot is full' })],
    [look, refused('rate-limited', { retryAfterMs: 60_000 })],
  ];

  for (const [question, answer] of there) {
    const name = answer.kind === 'refused' ? answer.code : JSON.stringify(answer);
    it(`come back unchanged: ${name}`, () => {
      const frozen = Object.freeze(answer);
      for (const slotFormat of ['string', 'integer'] as const) {
        const reply = writeAnswer(frozen, { slotFormat });
        expectPlain(reply);
        const back = readAnswer(question, reply.status, reply.body, reply.headers);
        expectPlain(back);
        expect(back).toEqual(answer);
      }
    });
  }

  it('that are unclear keep their status and the start of their text', () => {
    const back = readAnswer(look, 502, '<html>Bad Gateway\nnginx', { 'Retry-After': '30' });
    const found = '<html>Bad Gateway nginx';
    expect(back).toEqual({ kind: 'unclear', status: 502, found, retryAfterMs: 30_000 });
    const { status, body, headers } = writeAnswer(back);
    expect(readAnswer(look, status, body, headers)).toEqual(back);
    expectPlain(back);
  });

  it('keep every character of a message', () => {
    const message = 'Нет такого звонка — "\\" \u2028 😀';
    const { status, body } = writeAnswer(refused('no-such-call', { message }));
    expect(readAnswer(look, status, body)).toMatchObject({ message });
  });

  it('are read from a very long body', () => {
    const found = readAnswer(look, 200, `{"message":"${'x'.repeat(2_000_000)}"}`);
    expect(found).toMatchObject({ kind: 'unclear', status: 200 });
    expect(JSON.stringify(found).length).toBeLessThan(300);
  });

  it('accept headers in every iterable form', () => {
    const wait = { 'retry-after': '7' };
    for (const headers of [wait, new Headers(wait), new Map(Object.entries(wait))]) {
      const answer = readAnswer(look, 429, '', headers as Readonly<Record<string, string>>);
      expect(answer).toMatchObject({ code: 'rate-limited', retryAfterMs: 7000 });
    }
  });
});

describe('questions', () => {
  const dialects: Dialect[] = [{}, { slotFormat: 'integer' }, { slots: 65_535 }];

  for (const question of [park, bridge, look, list, { ...park, extension: '@1844*101' }]) {
    it(`come back unchanged: ${question.action} ${question.slot ?? 'anywhere'}`, () => {
      for (const dialect of dialects) {
        const request = buildRequest(Object.freeze(question), Object.freeze(dialect));
        expectPlain(request);
        const back = readRequest(request.method, `/api${request.path}`, request.body, dialect);
        expectPlain(back);
        expect(back).toEqual(question);
      }
    });
  }

  it('are read from proxies and from inherited fields', () => {
    const plain = buildRequest(park);
    expect(buildRequest(new Proxy({ ...park }, {}))).toEqual(plain);
    expect(buildRequest(Object.create(park) as Question)).toEqual(plain);
  });

  it('do not change the objects of the caller', () => {
    const given = { ...park };
    buildRequest(given);
    expect(given).toEqual(park);
  });
});

describe('feed messages', () => {
  /** Writes a message and returns its kind and the fields of its data. */
  function written(report: FeedReport): [kind: string, fields: Record<string, string>] {
    const message = writeMessage(Object.freeze(report));
    expectPlain(message);
    expect(message.data).toMatch(/^[!-~]+$/);
    return [message.kind, Object.fromEntries(new URLSearchParams(message.data))];
  }

  it('have the fields of a call event', () => {
    const fields = { EventType: 'answer', CallAPIID: call, CallerIDName: 'Zoë & Co = 1?#' };
    expect(written({ kind: 'call', fields })).toEqual(['call', fields]);
  });

  it('have a question and its answer as they go over HTTP', () => {
    const answer = refused('rate-limited', { retryAfterMs: 60_000 });
    const { status, body } = writeAnswer(answer);
    const { path, body: asked } = buildRequest(park);
    expect(written({ kind: 'asked', question: park, answer })).toEqual([
      'asked',
      { path, body: asked, status: String(status), answer: body, retry_after: '60' },
    ]);
    const [, fields] = written({ kind: 'asked', question: park, answer, since: 1_764_000_000_017 });
    expect(fields).toMatchObject({ since: '1764000000017' });
  });

  it('have a note, and only the texts that are known', () => {
    const note = { kind: 'note', slot: 6, call } as const;
    expect(written(note)).toEqual(['note', { slot: '6', call }]);
    const texts = { note: '<b>Zoë</b> & "co"', forWhom: 'Анна', by: '@101' };
    expect(written({ ...note, ...texts })).toEqual([
      'note',
      { slot: '6', call, note: texts.note, for: 'Анна', by: '@101' },
    ]);
  });

  it('have a move, and only the optional fields that are known', () => {
    const moved = { kind: 'lot', slot: 6, call, extension } as const;
    const required = { slot: '6', call, extension };
    expect(written({ ...moved, move: 'parked' })).toEqual([
      'lot',
      { ...required, kind: 'parked', number: '', name: '', ago: '0' },
    ]);
    const who = { number: '+7916', name: 'Anna' };
    const taker = { by: '1-ann', takenBy: '@101' };
    expect(written({ ...moved, move: 'bridged', ...who, ...taker, agoMs: 1_500 })).toEqual([
      'lot',
      { ...required, kind: 'bridged', ...who, ago: '1500', by: '1-ann', taken_by: '@101' },
    ]);
    for (const move of ['returned', 'abandoned', 'unknown'] as const) {
      expect(written({ ...moved, move })[1]).toMatchObject({ kind: move });
    }
  });
});

describe('names', () => {
  it('are split into their parts', () => {
    const name = parseCallApiId(call.toUpperCase());
    expect(name).toEqual({ text: call.toUpperCase(), node: '3232240860', uuid });
    expectPlain(name);
    expect(sameCall(call, uuid.replaceAll('-', ''))).toBe(true);
    expect(sameCall(call, `${uuid.slice(0, -1)}1`)).toBe(false);
  });
});

describe('events', () => {
  const fields = {
    EventType: 'dial-in',
    CallAPIID: call,
    CallFlow: 'IN',
    CallerIDNum: '+79161112233',
    CallerIDName: 'Анна & Co 😀',
    CalledExtensionID: extension,
    EventTime: '1502985686478202',
    Invented: 'yes',
  };

  it('are the same in every form', () => {
    const parsed = parseCallEvent(fields);
    expect(parsed).toMatchObject({
      type: 'dial-in',
      call,
      direction: 'in',
      extension,
      caller: { number: '+79161112233', name: 'Анна & Co 😀', extension: null },
      at: 1_502_985_686_478,
      raw: fields,
    });
    expectPlain(parsed);
    const form = new URLSearchParams(fields);
    for (const same of [
      form,
      form.toString(),
      `?${form.toString()}`,
      Object.freeze({ ...fields }),
    ]) {
      expect(parseCallEvent(same)).toEqual(parsed);
    }
  });

  it('may have fields of any name, and none changes a prototype', () => {
    const text = 'EventType=answer&__proto__=1&constructor=2&toString=3&hasOwnProperty=4';
    const { raw } = parseCallEvent(text);
    expect(Object.getPrototypeOf(raw)).toBe(Object.prototype);
    expect(Object.entries(raw)).toEqual([
      ['EventType', 'answer'],
      ['__proto__', '1'],
      ['constructor', '2'],
      ['toString', '3'],
      ['hasOwnProperty', '4'],
    ]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(parseCallEvent(raw)).toEqual(parseCallEvent(text));
  });

  it('keep a long name, and replace half a character', () => {
    const long = '😀'.repeat(100_000);
    expect(parseCallEvent({ ...fields, CallerIDName: long }).caller?.name).toBe(long);
    const half = parseCallEvent({ ...fields, CallerIDName: 'a\ud800b' });
    expect(half.caller?.name).toBe('a\ufffdb');
  });
});

describe('lots and panels', () => {
  const machines: { dispose(): void }[] = [];
  afterEach(() => machines.splice(0).forEach((machine) => machine.dispose()));

  it('have no visible internal fields', async () => {
    const lot = new Lot();
    const options = {
      baseUrl: '/',
      extension,
      fetch: () => Promise.reject(new Error('not asked')),
    };
    const panel = await ValetPark.open(options);
    machines.push(lot, panel);
    for (const machine of [lot, panel]) {
      expect(JSON.stringify(machine)).not.toMatch(/ptr|inst|handle|generation/i);
      let cloned: unknown = {};
      try {
        cloned = structuredClone(machine);
      } catch (thrown) {
        expect((thrown as Error).name).toBe('DataCloneError');
      }
      expect(JSON.stringify(cloned)).not.toMatch(/ptr|inst|handle|generation/i);
      expect(Reflect.ownKeys(machine).join()).not.toMatch(/ptr|inst|handle|generation/i);
    }
  });

  it('need a seed if the host has no random numbers', () => {
    vi.stubGlobal('crypto', undefined);
    onTestFinished(() => void vi.unstubAllGlobals());
    const error = thrownBy(() => new Lot());
    expectInvalid(error);
    expect(error.message).toMatch(/`crypto\.getRandomValues`.*pass the option `seed`/);
    machines.push(new Lot({ seed: 7 }));
  });

  it('return plain objects', () => {
    const lot = new Lot({ seed: 7 });
    machines.push(lot);
    expect(lot.ask(1000, park)).toEqual({ kind: 'parked', slot: 6, uuid });
    lot.ask(2000.7, { ...bridge, call: uuid.replaceAll('3', '4') });
    lot.ask(2001, { ...park, slot: 2 });
    const [stall] = lot.stalls();
    expect(stall).toEqual({
      ...{ slot: 2, call, uuid, extension },
      ...{ parkedAt: 2001, returnsAt: 182_001 },
    });
    const events = lot.takeEvents();
    expect(events.map(({ kind, at, by }) => [kind, at, by])).toEqual([
      ['parked', 1000, null],
      ['bridged', 2000, uuid.replaceAll('3', '4')],
      ['parked', 2001, null],
    ]);
    expect(lot.takeEvents()).toEqual([]);
    expect(lot.nextDeadline()).toBe(182_001);
    const impatient = new Lot({ patienceMs: 0.4 });
    machines.push(impatient);
    impatient.ask(5, park);
    expect(impatient.nextDeadline()).toBe(6);
    [stall, ...events].forEach(expectPlain);
  });
});
