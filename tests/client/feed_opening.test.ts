// Opening the feed: which answers are accepted, how long the server may take, when it is tried
// again.

import { describe, expect, it } from 'vitest';
import { type FeedListener, follow } from '../../src/client/feed.ts';
import type { FeedState } from '../../src/client/engine.ts';
import { FakeClock } from './clock.ts';
import { answers, FakeFeed, following, ring } from './fake_feed.ts';
import { ann, bob, dan, event, settled } from './host.ts';
import { lineOf } from './line.ts';

const stream = { 'content-type': 'text/event-stream' };

describe('the answer to the opening of a feed', () => {
  it.each([
    ['HTML', answers(200, '<!doctype html>', { 'content-type': 'text/html' }), '`text/html`'],
    ['JSON', answers(200, '{}', { 'content-type': 'application/json' }), '`application/json`'],
    ['an answer without a type', () => new Response(new Uint8Array(9)), 'no `Content-Type`'],
    ['another stream', answers(200, '', { 'content-type': 'text/event-streams' }), '`text/event-'],
    ['status 206', answers(206, ': \n\n', stream), 'status 206'],
    ['status 404', answers(404, 'x', stream), 'status 404'],
  ])('is reported, and the feed is not live: %s', async (_, instead, found) => {
    const { stream, clock, troubles, openings, panel } = await following();
    const states = new Set<string>();
    panel.on('change', ({ sync }) => states.add(sync.state));
    stream.instead.push(instead, instead, instead, instead);
    await stream.end();
    expect(await openings(16)).toEqual([0.5, 1.5, 3.5, 7.5, 15.5]);
    expect(troubles).toHaveLength(4);
    expect(troubles[0]).toMatchObject({ code: 'unreachable', kind: 'failure', retryable: true });
    const expected = 'expected the feed to answer 200 with `text/event-stream`, found ';
    expect(troubles[0]?.message.startsWith(expected)).toBe(true);
    expect(troubles[0]?.message).toContain(found);
    expect([...states]).not.toContain('live');
    await stream.write(ring(ann));
    await clock.forward(0);
    expect(panel.getSnapshot().sync.state).toBe('live');
  });

  it.each(['text/event-stream;charset=UTF-8', 'Text/Event-Stream ; x=y'])(
    'is a feed with the type %s',
    async (type) => {
      const { stream, clock, troubles, panel } = await following();
      stream.headers = { ...stream.headers, 'content-type': type };
      await stream.end();
      await clock.forward(500);
      await stream.write(ring(ann));
      expect(panel.getSnapshot().sync.state).toBe('live');
      expect(troubles).toEqual([]);
    },
  );

  it('is reported as unreachable after a redirect', async () => {
    const { stream, clock, troubles, calls } = await following();
    const followed = new Response(ring(ann), { headers: stream.headers });
    Object.defineProperty(followed, 'redirected', { value: true });
    stream.instead.push(() => followed);
    await stream.end();
    await clock.forward(500);
    expect(stream.opened.map(({ init }) => init.redirect)).toEqual(['error', 'error']);
    expect(troubles).toMatchObject([{ code: 'unreachable', retryable: true }]);
    expect(troubles[0]?.message).toContain('redirect');
    expect(calls()).toEqual([]);
  });
});

describe('a feed that answers 401', () => {
  const tokens = () => {
    let given = 0;
    return () => ({ Authorization: `Bearer ${(given += 1)}` });
  };

  it('is opened again at once, with new headers', async () => {
    const { stream, clock, troubles, calls } = await following({ headers: tokens() });
    stream.instead.push(answers(401));
    await stream.end();
    await clock.forward(500);
    const sent = stream.opened.map(({ headers }) => headers.get('authorization'));
    expect(sent).toEqual(['Bearer 1', 'Bearer 2', 'Bearer 3']);
    await stream.write(ring(ann));
    expect(calls()).toEqual([ann]);
    expect(troubles).toEqual([]);
  });

  it('twice is reported as unauthorized, and tried again after growing pauses', async () => {
    const { stream, clock, troubles, openings } = await following({ headers: tokens() });
    stream.instead.push(...Array.from({ length: 4 }, () => answers(401)));
    await stream.end();
    expect(await openings(4)).toEqual([0.5, 1.5, 3.5]);
    expect(stream.opened).toHaveLength(6);
    const unauthorized = { code: 'unauthorized', kind: 'refusal', status: 401, retryable: true };
    expect(troubles).toMatchObject([unauthorized, unauthorized]);
    expect(troubles[0]?.message).toMatch(/^expected .* feed .*401/);
    await clock.forward(0);
  });
});

describe('a feed that takes too long to open', () => {
  it('because of its headers is tried again', async () => {
    let asked = 0;
    const headers = (): Promise<never> => {
      asked += 1;
      return new Promise(() => {});
    };
    const { clock, stream, troubles } = await following({ headers });
    await clock.forward(10_000);
    expect(troubles).toMatchObject([{ code: 'timed-out', kind: 'failure', retryable: true }]);
    expect(troubles[0]?.message).toContain('10000 ms');
    await clock.forward(500);
    expect(asked).toBe(2);
    expect(stream.opened).toEqual([]);
  });

  it('because `fetch` ignores its signal is tried again', async () => {
    const { clock, stream, troubles, panel } = await following({ timeoutMs: 2_000 });
    let answer = (_: Response): void => {};
    stream.instead.push(() => new Promise((resolve) => (answer = resolve)));
    await stream.end();
    await clock.forward(2_500);
    expect(troubles).toMatchObject([{ code: 'timed-out' }]);
    await clock.forward(1_000);
    expect(stream.opened).toHaveLength(3);
    // A late answer is cancelled, so that it keeps no connection open.
    let cancelled = false;
    const late = new ReadableStream({ cancel: () => void (cancelled = true) });
    answer(new Response(late, { headers: stream.headers }));
    await settled();
    expect(cancelled).toBe(true);
    await stream.write(ring(bob));
    expect(panel.getSnapshot().calls).toMatchObject([{ call: bob }]);
  });

  it('leaves no timer behind after it is open', async () => {
    const { clock, panel } = await following();
    expect(clock.waiting).toBe(1);
    panel.dispose();
    await settled();
    expect(clock.waiting).toBe(0);
  });

  it('is dropped when the panel is disposed', async () => {
    const headers = (): Promise<never> => new Promise(() => {});
    const { clock, panel, troubles } = await following({ headers });
    panel.dispose();
    await settled();
    expect(clock.waiting).toBe(0);
    expect(troubles).toEqual([]);
  });
});

it('a silent stream is cancelled, even if it ignores its signal', async () => {
  const { clock, stream } = await following();
  let cancelled = false;
  const deaf = new ReadableStream({ cancel: () => void (cancelled = true) });
  stream.instead.push(() => new Response(deaf, { headers: stream.headers }));
  await stream.end();
  await clock.forward(500 + 40_000 + 1_000);
  expect(cancelled).toBe(true);
  expect(stream.opened).toHaveLength(3);
});

it('a feed that was open during a sleep is opened again at once, without trouble', async () => {
  const { clock, stream, troubles, calls } = await following();
  await stream.write(ring(ann, 41));
  clock.jump(3_600_000);
  await clock.forward(0);
  expect(stream.opened).toHaveLength(2);
  expect(stream.opened[0]?.signal.aborted).toBe(true);
  expect(stream.opened[1]?.headers.get('last-event-id')).toBe('41');
  await stream.write(ring(bob, 42));
  expect(calls()).toEqual([ann, bob]);
  expect(troubles).toEqual([]);
  await clock.forward(40_000);
  expect(troubles).toMatchObject([{ code: 'unreachable' }]);
});

describe('a message `reset`', () => {
  it('opens the feed from the beginning, and asks about all slots', async () => {
    const { stream, clock, panel, pbx, troubles } = await following();
    await stream.write(ring(ann, 41));
    await stream.end();
    await clock.forward(500);
    expect(stream.opened[1]?.headers.get('last-event-id')).toBe('41');
    panel.track(event('answer', dan));
    await stream.write('id: 7\nevent: reset\ndata: x\n\n' + ring(bob, 8));
    expect(stream.opened).toHaveLength(3);
    expect(stream.opened[1]?.signal.aborted).toBe(true);
    expect(stream.opened[2]?.headers.has('last-event-id')).toBe(false);
    expect(pbx.taken()).toEqual(['slots']);
    await stream.write(ring(bob, 9));
    expect(panel.getSnapshot()).toMatchObject({ sync: { state: 'live' } });
    expect(troubles).toEqual([]);
  });

  it('confirms every slot again, because the switch may have restarted', async () => {
    const { stream, clock, panel, pbx } = await following();
    panel.subscribe(() => {});
    panel.track(event('answer', dan));
    await stream.write(ring(ann, 41));
    pbx.park(ann, 2);
    await panel.inspect(2);
    expect(panel.getSnapshot().slots[1]).toMatchObject({ state: 'held', confirmed: true });
    pbx.bridge(bob, 2);
    pbx.taken();
    await stream.write('event: reset\ndata: x\n\n');
    await clock.forward(2_000);
    expect(pbx.taken()).toContain('slots');
    expect(panel.getSnapshot().slots[1]).toMatchObject({ state: 'free', confirmed: true });
    await stream.write(ring(cem()));
    expect(panel.getSnapshot().sync.state).toBe('live');
  });

  it('at the start of every feed does not reopen the feed without a pause', async () => {
    const { stream, openings } = await following();
    const resets = () => new Response('event: reset\ndata: x\n\n', { headers: stream.headers });
    stream.instead.push(...Array.from({ length: 50 }, () => resets));
    await stream.end();
    expect(await openings(64)).toEqual([0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 61.5]);
  });

  const cem = (): string => '3232240860-37b98fb2-a66c-11ea-ae69-000000000003';
});

describe('the state of the feed', () => {
  async function states(headers: Record<string, string>, ...texts: string[]) {
    const told: FeedState[] = [];
    const listener: FeedListener = {
      message: () => {},
      state: (state) => void told.push(state),
      gap: () => {},
      trouble: (trouble) => {
        throw trouble;
      },
    };
    const stream = new FakeFeed();
    stream.headers = { 'content-type': 'text/event-stream', ...headers };
    const fetch: typeof globalThis.fetch = async (_, init) => stream.open(init);
    const line = lineOf({ clock: new FakeClock(), fetch });
    const stop = follow(line, '/feed', { lastId: '' }, listener);
    await settled();
    for (const text of texts) await stream.write(text);
    stop();
    return told.filter((state, at) => state !== told[at - 1]);
  }
  const lot = 'event: lot\ndata: kind=parked&slot=1\n\n';

  it.each([
    ['down before the first message', {}, [], []],
    ['partial if the server announces nothing', {}, [': \n\n'], ['partial']],
    [
      'partial if the server announces other words',
      { 'x-valet-park': 'idempotency-key, lots' },
      [':\n'],
      ['partial'],
    ],
    ['exact if the server announces the lot', { 'X-Valet-Park': 'a, LOT' }, [':\n'], ['exact']],
    ['exact after a `lot` message', {}, [':\n', lot, ':\n'], ['partial', 'exact']],
    [
      'partial if the server announces other words',
      { 'X-Valet-Park': 'relay' },
      [lot],
      ['partial'],
    ],
    ['exact after the first message if it is a `lot` message', {}, [lot, ':\n'], ['exact']],
  ] as const)('is %s', async (_, headers, texts, expected) => {
    expect(await states(headers, ...texts)).toEqual(expected);
  });
});
