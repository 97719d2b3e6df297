// Reading the text of the feed, by the standard for server-sent events, whatever the server sends.

import { describe, expect, it } from 'vitest';
import { EventStream, MESSAGE_LIMIT, type Message } from '../../src/client/event_stream.ts';
import { following, ring } from './fake_feed.ts';
import { ann, bob, event, settled } from './host.ts';

/** Returns the messages of a stream, and the id after which the stream would be resumed. */
function read(...chunks: (string | Uint8Array)[]) {
  const messages: Message[] = [];
  const stream = new EventStream('before');
  for (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
    messages.push(...stream.read(bytes));
  }
  return { messages, lastId: stream.lastId, retryMs: stream.retryMs };
}

describe('an id', () => {
  it.each([
    ['with NUL', 'bad\0id'],
    ['that is NUL', '\0'],
    ['with a control character', 'a\u0001b'],
    ['with DEL', 'a\u007f'],
    ['with a letter beyond Latin-1', '☎'],
    ['with half a pair', '\ud83d'],
    ['longer than 1,000 characters', 'x'.repeat(1_001)],
    ['that ends with a space', '7 '],
    ['that begins with two spaces', ' 7'],
  ])('%s is ignored, but its message counts', async (_, id) => {
    const { messages, lastId } = read(`id: ${id}\nevent: call\ndata: x\n\n`);
    expect(messages).toEqual([{ kind: 'call', data: 'x', id: null }]);
    expect(lastId).toBe('before');
    const { stream, clock, calls, troubles } = await following();
    await stream.write(ring(ann, 7) + ring(bob, id));
    expect(calls()).toEqual([ann, bob]);
    await stream.end();
    await clock.forward(500);
    expect(stream.opened[1]?.headers.get('last-event-id')).toBe('7');
    expect(troubles).toEqual([]);
  });

  it.each(['0', 'x'.repeat(1_000), 'a b', 'é', '1764000000017'])('may be %s', (id) => {
    const { messages, lastId } = read(`id: ${id}\ndata: x\n\n`);
    expect(messages).toEqual([{ kind: 'message', data: 'x', id }]);
    expect(lastId).toBe(id);
  });

  it('that is empty clears the previous one', () => {
    expect(read('id: 7\n\n', 'id\n\n').lastId).toBe('');
  });

  it('counts once its message is complete', () => {
    expect(read('id: 7\ndata: x\n').lastId).toBe('before');
  });
});

describe('a field', () => {
  it.each([
    ['data without a colon', 'data\n\n', ['']],
    ['data twice without a colon', 'data\ndata\n\n', ['\n']],
    ['data without a space', 'data:x\n\n', ['x']],
    ['data after two spaces', 'data:  x\n\n', [' x']],
    ['data with colons', 'data: a:b: c\n\n', ['a:b: c']],
    ['no data', 'event: call\n\n', []],
    ['a comment alone', ': hello\n\n:\n\n', []],
    ['a comment within', 'data: a\n: data: b\ndata: c\n\n', ['a\nc']],
    ['a name in capitals', 'DATA: x\n\n', []],
    ['a name with a space', 'data : x\n data: x\n\n', []],
    ['a name that is unknown', 'datas: x\nid2: 5\n\n', []],
    ['a name that every object has', '__proto__: x\nconstructor: x\ntoString\n\n', []],
    ['an end without an empty line', 'data: x\n', []],
    ['an end within a line', 'data: x', []],
    ['nothing', '\n\n\n', []],
    ['a byte order mark', '\ufeffdata: x\n\n', ['x']],
    ['a later byte order mark', 'data: x\n\n\ufeffdata: y\n\n', ['x']],
    ['CR', 'data: x\r\rdata: y\r\r', ['x', 'y']],
    ['CRLF', 'data: x\r\n\r\ndata: y\r\n\r\n', ['x', 'y']],
    ['all line endings together', 'data: x\r\n\rdata: y\n\r\ndata: z\r\n\n', ['x', 'y', 'z']],
    ['characters that end no line', 'data: x\u2028y\u0085z\u000b\n\n', ['x\u2028y\u0085z\u000b']],
  ])('is read in pieces of any size: %s', (_, text, expected) => {
    const bytes = new TextEncoder().encode(text);
    expect(read(text).messages.map(({ data }) => data)).toEqual(expected);
    const single = [...bytes].map((byte) => Uint8Array.of(byte));
    expect(read(...single).messages.map(({ data }) => data)).toEqual(expected);
    for (let at = 1; at < bytes.length; at += 1) {
      const { messages } = read(bytes.slice(0, at), new Uint8Array(), bytes.slice(at));
      expect(
        messages.map(({ data }) => data),
        `cut at ${at}`,
      ).toEqual(expected);
    }
  });

  it('`event` may be any text, and names one message only', () => {
    const odd = Uint8Array.of(...new TextEncoder().encode('event: '), 0xff, 0xfe, 10);
    const { messages } = read(odd, 'data: x\n\n', 'event\ndata: y\n\n', 'data: z\n\n');
    expect(messages.map(({ kind }) => kind)).toEqual(['\ufffd\ufffd', 'message', 'message']);
  });

  it.each([
    ['3000', 3_000],
    ['0', 0],
    ['99999999999999999999', 30_000],
    ['', null],
    ['soon', null],
    ['1e3', null],
    ['-5', null],
    ['5.5', null],
    ['٣', null],
  ])('`retry` may be %j', (value, expected) => {
    expect(read(`retry: ${value}\n\n`).retryMs).toBe(expected);
  });
});

describe('the first pause', () => {
  it.each([
    ['3000', [3, 9, 21, 45, 75]],
    ['99999999', [30, 60, 90]],
    ['never', [0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 61.5, 91.5]],
  ])('follows `retry: %s`, up to 30 s', async (retry, expected) => {
    const { stream, openings } = await following();
    const lost = (): Response => new Response('', { status: 503 });
    await stream.write(`retry: ${retry}\n\n`);
    stream.instead.push(...Array.from({ length: 9 }, () => lost));
    await stream.end();
    expect((await openings(95)).slice(0, 8)).toEqual(expected);
  });

  it('is never zero', async () => {
    const { stream, clock } = await following();
    await stream.write('retry: 0\n\n');
    stream.instead.push(
      ...Array.from({ length: 999 }, () => () => new Response('', { status: 503 })),
    );
    await stream.end();
    await clock.forward(60_000);
    expect(stream.opened.length).toBeLessThan(15);
  });
});

describe('a message that is too long', () => {
  const endless = (
    piece: string,
    pulled: { pieces: number; cancelled: boolean },
  ): ReadableStream => {
    const bytes = new TextEncoder().encode(piece);
    return new ReadableStream(
      {
        pull: (sink) => {
          pulled.pieces += 1;
          if (pulled.pieces > 16_384) sink.close();
          else sink.enqueue(bytes);
        },
        cancel: () => void (pulled.cancelled = true),
      },
      { highWaterMark: 0 },
    );
  };

  it.each([
    ['in one line', 'x'.repeat(1_024)],
    ['in many lines', `data: ${'x'.repeat(1_017)}\n`],
    ['as a comment', ':'.repeat(1_024)],
  ])('%s ends the connection, and the feed is tried again', async (_, piece) => {
    const { stream, clock, troubles, calls } = await following();
    const pulled = { pieces: 0, cancelled: false };
    stream.instead.push(() => new Response(endless(piece, pulled), { headers: stream.headers }));
    await stream.end();
    await clock.forward(500);
    while (troubles.length === 0 && pulled.pieces < 16_384) await settled();
    expect(pulled.pieces).toBeLessThan(1_100);
    expect(pulled.cancelled).toBe(true);
    expect(troubles).toMatchObject([{ code: 'unreachable', retryable: true }]);
    expect(troubles[0]?.message).toContain('1048576');
    await clock.forward(1_000);
    await stream.write(ring(ann));
    expect(calls()).toEqual([ann]);
  });

  it('does not include one just below the limit', () => {
    const data = 'x'.repeat(MESSAGE_LIMIT - 100);
    expect(read(`data: ${data}\n\n`, `data: ${data}\n\n`).messages).toHaveLength(2);
  });

  it('does not include an endless stream of comments', () => {
    const comments = ': still here\n'.repeat(200_000);
    expect(read(comments, `data: ${event('dial-in', ann)}\n\n`).messages).toHaveLength(1);
  });
});

it('the cost of a message grows with its length, not with the square of its length', () => {
  const piece = new TextEncoder().encode('x'.repeat(16));
  const cost = (pieces: number): number => {
    const stream = new EventStream('');
    const before = process.cpuUsage();
    for (let count = 0; count < pieces; count += 1) stream.read(piece);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  cost(8_000);
  const best = (pieces: number): number => Math.min(...[1, 2, 3].map(() => cost(pieces)));
  expect(best(64_000) / best(8_000)).toBeLessThan(32);
});
