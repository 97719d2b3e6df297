// Limits of an answer: its length, its time, and its origin.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { readAnswer } from 'valet-park';
import { writeAnswer } from 'valet-park/lot';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ann, extension, rejection, settled, talking } from './host.ts';
import type { Fault } from './switch.ts';

const mebibyte = 1_048_576;

/** Returns a body of `bytes` bytes in pieces of 1 KiB, and counts the bytes that were read. */
function bodyOf(bytes: number) {
  const taken = { bytes: 0, isCancelled: false };
  const piece = new TextEncoder().encode(' '.repeat(1_024));
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: (sink) => {
        if (taken.bytes >= bytes) return sink.close();
        taken.bytes += piece.length;
        sink.enqueue(piece);
      },
      cancel: () => void (taken.isCancelled = true),
    },
    { highWaterMark: 0 },
  );
  return { taken, stream };
}

describe('a body', () => {
  it('beyond 1 MiB is cancelled, and the answer is unclear', async () => {
    const { taken, stream } = bodyOf(50 * mebibyte);
    const { panel, pbx } = await talking();
    pbx.faults.push(() => new Response(stream));
    const error = await rejection(panel.inspect(5));
    expect(error).toMatchObject({ code: 'unclear', kind: 'unclear', status: 200 });
    expect(error.message).toContain('longer than 1048576 bytes');
    expect(taken.bytes).toBeLessThan(mebibyte + 10_000);
    expect(taken.isCancelled).toBe(true);
    await expect(panel.inspect(5)).resolves.toMatchObject({ state: 'free' });
  });

  it('beyond 1 MiB after decompression is cancelled', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * mebibyte));
    const server = createServer((_, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    onTestFinished(() => void server.close());
    server.unref();
    const { port } = server.address() as AddressInfo;
    const options = { baseUrl: `http://127.0.0.1:${port}`, fetch: globalThis.fetch };
    const { panel } = await talking(options);
    const error = await rejection(panel.inspect(5));
    expect(error.message).toContain('longer than 1048576 bytes');
  });

  it('of a `fetch` without streams has the same limit', async () => {
    const text = (): string => 'x'.repeat(mebibyte + 1);
    const fetch = (async () => ({ status: 200, headers: [], text })) as never;
    const { panel } = await talking({ fetch });
    const error = await rejection(panel.inspect(5));
    expect(error).toMatchObject({ code: 'unclear', status: 200 });
    expect(error.message).toContain('longer than 1048576 bytes');
  });

  it.each(['stream', 'text'])('of 1 MiB is read to its end, as a %s', async (how) => {
    const { body } = writeAnswer({ kind: 'vacant', slot: 5 });
    const whole = body.padStart(mebibyte, ' ');
    const says: Fault = () => new Response(whole);
    const bare = { status: 200, headers: [], text: () => whole } as never;
    const { panel, pbx } = await talking();
    pbx.faults.push(how === 'stream' ? says : () => bare);
    await expect(panel.inspect(5)).resolves.toMatchObject({ state: 'free' });
  });

  it('is read as UTF-8 in pieces of any size', async () => {
    const bytes = new TextEncoder().encode('\ufeffАнна 😀');
    const stream = new ReadableStream<Uint8Array>({
      start: (sink) => {
        for (const byte of bytes) sink.enqueue(Uint8Array.of(byte));
        sink.close();
      },
    });
    const { panel, pbx } = await talking();
    pbx.faults.push(() => new Response(stream));
    const { message } = await rejection(panel.inspect(5));
    expect(message).toContain('Анна 😀');
    expect(message).not.toContain('\ufeff');
  });

  it('that never ends is cancelled after the timeout', async () => {
    let isCancelled = false;
    const stream = new ReadableStream({ cancel: () => void (isCancelled = true) });
    const { panel, pbx, clock } = await talking();
    pbx.faults.push(() => new Response(stream));
    const inspecting = rejection(panel.inspect(5));
    await clock.forward(10_000);
    expect(await inspecting).toMatchObject({ code: 'timed-out' });
    expect(isCancelled).toBe(true);
  });

  it('that is too long is unclear for every question', () => {
    const said = 'the answer is longer than 1048576 bytes';
    for (const action of ['park', 'bridge', 'slots'] as const) {
      for (const slot of [undefined, 5]) {
        const question = { extension, call: ann, action, ...(slot ? { slot } : {}) };
        expect(readAnswer(question, 200, said)).toMatchObject({ kind: 'unclear', status: 200 });
      }
    }
  });
});

describe('a redirect', () => {
  it('is not followed', async () => {
    const carries = vi.fn();
    const world = await talking({
      fetch: (url, init) => (carries(init?.redirect), world.pbx.fetch(url, init)),
    });
    await world.panel.inspect(5);
    expect(carries.mock.calls).toEqual([['error']]);
  });

  it.each([302, 303, 307])('%i to another origin sends nothing there', async (status) => {
    const arrived: string[] = [];
    const elsewhere = createServer((request, response) => {
      arrived.push(String(request.headers.authorization));
      response.end('{"slot":5,"UUID":null}');
    }).listen(0, '127.0.0.1');
    const server = createServer((request, response) => {
      const { port } = elsewhere.address() as AddressInfo;
      const location = `http://127.0.0.1:${port}${request.url}`;
      request.resume();
      response.writeHead(status, { Location: location }).end();
    }).listen(0, '127.0.0.1');
    for (const one of [elsewhere, server]) {
      if (!one.listening) await new Promise((resolve) => one.once('listening', resolve));
      onTestFinished(() => void one.close());
    }
    const { port } = server.address() as AddressInfo;
    const headers = (): Record<string, string> => ({ Authorization: 'Bearer 1' });
    const options = { baseUrl: `http://127.0.0.1:${port}`, fetch: globalThis.fetch, headers };
    const { panel } = await talking(options);
    expect(await rejection(panel.inspect(5))).toMatchObject({ code: 'unreachable' });
    expect(arrived).toEqual([]);
  });

  it('that a `fetch` followed does not count as an answer', async () => {
    const { panel, pbx } = await talking();
    pbx.faults.push((carryOut) => {
      return Object.defineProperty(carryOut(), 'redirected', { value: true });
    });
    const error = await rejection(panel.inspect(5));
    expect(error).toMatchObject({ code: 'unreachable' });
    expect(error.message).toContain('redirect');
    await settled();
  });
});

describe('the reason of a rejected `fetch` or `headers`', () => {
  const throwing = Object.defineProperty(new Error(), 'message', {
    get: () => {
      throw new Error('not to be read');
    },
  });
  it.each([
    ['an object without a prototype', Object.create(null)],
    ['a symbol', Symbol('x')],
    ['null', null],
    ['an error whose message cannot be read', throwing],
    ['an error whose message is a number', Object.assign(new Error(), { message: 5 })],
  ])('may be %s', async (_, thrown: unknown) => {
    const refuse = (): Promise<never> => Promise.reject(thrown);
    for (const options of [{ fetch: refuse }, { headers: refuse }]) {
      const { panel } = await talking(options);
      expect(await rejection(panel.inspect(5))).toMatchObject({ code: 'unreachable' });
    }
  });
});
