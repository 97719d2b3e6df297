// The feed: server-sent events, read with `fetch`, resumed after the last event, tried again for
// ever.

import { ValetPark } from 'valet-park';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { FakeClock } from './clock.ts';
import { answers, following, ring } from './fake_feed.ts';
import { ann, bob, event, extension, settled } from './host.ts';
import { base } from './switch.ts';

describe('the feed', () => {
  it('is opened with the headers of the options, and asks for a stream', async () => {
    const { stream } = await following({ headers: () => ({ Authorization: 'Bearer 1' }) });
    const [{ headers } = { headers: new Headers() }] = stream.opened;
    expect(headers.get('authorization')).toBe('Bearer 1');
    expect(headers.get('accept')).toBe('text/event-stream');
    expect(headers.has('last-event-id')).toBe(false);
  });

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ])('is read in pieces of any size, with %s', async (_, newline) => {
    const text =
      ': heartbeat\n\n' +
      `id: 1\nevent: call\ndata: ${event('dial-in', ann)}&CallerIDName=Анна 😀\n\n` +
      'event: other\ndata: x\n\n' +
      `:\nretry: 5\nid:2\nevent:call\ndata:${event('dial-in', bob)}\n\n\n`;
    const bytes = new TextEncoder().encode(text.replaceAll('\n', newline));
    const whole = await following();
    await whole.stream.write(bytes);
    const { calls: expected } = whole.panel.getSnapshot();
    expect(expected).toMatchObject([{ call: ann, caller: { name: 'Анна 😀' } }, { call: bob }]);

    const single = await following();
    for (const byte of bytes) await single.stream.write(Uint8Array.of(byte));
    expect(single.panel.getSnapshot().calls).toEqual(expected);
    expect(single.troubles).toEqual([]);

    // Cuts the text in two at every end of a line, and inside every character of several bytes.
    for (let at = 1; at < bytes.length; at += 1) {
      if ((bytes[at] ?? 0) > 32 && (bytes[at] ?? 0) < 128 && (bytes[at - 1] ?? 0) > 32) continue;
      const { stream, panel } = await following();
      await stream.write(bytes.slice(0, at));
      await stream.write(bytes.slice(at));
      expect(panel.getSnapshot().calls, `cut at ${at}`).toEqual(expected);
      await stream.end();
    }
  });

  it('may end its lines with CR, and have data of several lines', async () => {
    const { stream, panel } = await following();
    const data = `${event('dial-in', ann)}&CallerIDName=A\u2028B&Note=`;
    await stream.write(`event: call\rdata: ${data}\rdata: two lines\r\rdata: x\r\r.`);
    expect(panel.getSnapshot().calls).toMatchObject([{ call: ann, caller: { name: 'A\u2028B' } }]);
  });

  it('is resumed after the last event', async () => {
    const { stream, clock, calls, troubles } = await following();
    await stream.write(ring(ann, 41));
    await stream.write('id: 42\n\n');
    await stream.end();
    await clock.forward(500);
    expect(stream.opened).toHaveLength(2);
    expect(stream.opened[1]?.headers.get('last-event-id')).toBe('42');
    await stream.write(ring(bob, 43));
    expect(calls()).toEqual([ann, bob]);
    expect(troubles).toEqual([]);
  });

  it.each([
    ['begins again after a loss of more than 5 seconds, because it repeats changes only', 16, true],
    ['does not begin again after a short loss', 4, false],
  ])('%s', async (_, seconds, begins) => {
    const { stream, clock } = await following();
    await stream.write(ring(ann, 41));
    stream.instead.push(...Array.from({ length: begins ? 4 : 2 }, () => answers(503)));
    await stream.end();
    await clock.forward(seconds * 1000);
    expect(stream.opened.at(-1)?.headers.get('last-event-id')).toBe('41');
    const before = stream.opened.length;
    await stream.write(ring(bob, 42));
    expect(stream.opened).toHaveLength(begins ? before + 1 : before);
    expect(stream.opened.at(-1)?.headers.has('last-event-id')).toBe(!begins);
    await stream.write(':\n\n');
    expect(stream.opened).toHaveLength(begins ? before + 1 : before);
  });

  it('calls `headers` each time that it is opened', async () => {
    let tokens = 0;
    const headers = (): Record<string, string> => ({ Authorization: `Bearer ${(tokens += 1)}` });
    const { stream, clock } = await following({ headers });
    await stream.end();
    await clock.forward(500);
    expect(stream.opened[1]?.headers.get('authorization')).toBe('Bearer 2');
  });

  it('is tried again after growing pauses, and reported as trouble', async () => {
    const { stream, clock, troubles } = await following();
    stream.instead.push(
      ...Array.from({ length: 9 }, () => () => new Response('', { status: 503 })),
    );
    await stream.end();
    const opened: number[] = [];
    for (let second = 0; second < 200; second += 1) {
      const before = stream.opened.length;
      await clock.forward(500);
      if (stream.opened.length > before) opened.push((clock.now() - clock.start) / 1000);
    }
    expect(opened.slice(0, 9)).toEqual([0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 61.5, 91.5]);
    expect(troubles[0]).toMatchObject({ code: 'unreachable', kind: 'failure', retryable: true });
    expect(troubles[0]?.message).toBe(
      'expected the feed to answer 200 with `text/event-stream`, found status 503',
    );
  });

  it('starts with short pauses again after a message', async () => {
    const { stream, clock } = await following();
    stream.instead.push(
      ...Array.from({ length: 4 }, () => () => new Response('', { status: 503 })),
    );
    await stream.end();
    await clock.forward(15_500);
    expect(stream.opened).toHaveLength(6);
    await stream.write(ring(ann));
    await stream.end();
    await clock.forward(500);
    expect(stream.opened).toHaveLength(7);
  });

  it('leaves no listener behind after many failures', async () => {
    const { stream, clock } = await following();
    const warnings: string[] = [];
    const note = ({ name }: Error): void => void warnings.push(name);
    process.on('warning', note);
    onTestFinished(() => void process.off('warning', note));
    stream.instead.push(
      ...Array.from({ length: 20 }, () => () => new Response('', { status: 503 })),
    );
    await stream.end();
    await clock.forward(600_000);
    expect(stream.opened.length).toBeGreaterThan(20);
    expect(warnings).toEqual([]);
  });

  it('survives a network failure in the middle of a message', async () => {
    const { stream, clock, troubles, calls } = await following();
    await stream.write(ring(ann, 7).slice(0, -1));
    stream.fail(new TypeError('network error'));
    await settled();
    expect(calls()).toEqual([]);
    expect(troubles).toMatchObject([{ code: 'unreachable', retryable: true }]);
    await clock.forward(500);
    expect(stream.opened[1]?.headers.has('last-event-id')).toBe(false);
    await stream.write(ring(ann, 7));
    expect(calls()).toEqual([ann]);
  });

  it('reports an invalid event as trouble, and reads on', async () => {
    const { stream, troubles, calls } = await following();
    await stream.write('event: call\ndata: <html>oops</html>\n\n');
    expect(troubles).toMatchObject([{ code: 'invalid-event', kind: 'invalid' }]);
    await stream.write(ring(ann));
    expect(calls()).toEqual([ann]);
    expect(stream.opened).toHaveLength(1);
  });

  it('asks about all slots after a `reset`', async () => {
    const { stream, panel, pbx, troubles } = await following();
    panel.track(event('answer', ann));
    pbx.park(bob, 3);
    await stream.write('event: reset\ndata: \n\n');
    expect(pbx.taken()).toEqual(['slots', 'slots 3']);
    expect(panel.getSnapshot().slots[2]).toMatchObject({ state: 'held' });
    expect(troubles).toEqual([]);
  });

  it('reports that it cannot ask after a `reset` without a live call', async () => {
    const { stream, pbx, troubles } = await following();
    await stream.write('event: reset\ndata: \n\n');
    expect(troubles).toMatchObject([{ code: 'no-live-call', kind: 'invalid' }]);
    expect(pbx.arrived).toEqual([]);
  });

  it('stops when the panel is disposed', async () => {
    const { stream, panel, clock, troubles } = await following();
    await stream.write(ring(ann));
    panel.dispose();
    await settled();
    expect(stream.opened[0]?.signal.aborted).toBe(true);
    await stream.write(ring(bob)).catch(() => {});
    await clock.forward(120_000);
    expect(stream.opened).toHaveLength(1);
    expect(troubles).toEqual([]);
    expect(clock.waiting).toBe(0);
    expect(panel.getSnapshot().calls).toHaveLength(1);
  });

  it('stops during the pause before the next try', async () => {
    const { stream, panel, clock } = await following();
    await stream.end();
    expect(clock.waiting).toBe(1);
    panel.dispose();
    await clock.forward(120_000);
    expect(stream.opened).toHaveLength(1);
    expect(clock.waiting).toBe(0);
  });

  it('is not opened without a URL', async () => {
    const fetch = vi.fn();
    for (const none of [null, undefined]) {
      const own = { baseUrl: base, extension, fetch, clock: new FakeClock() };
      const options = { ...own, currentCalls: 'off' } as const;
      const panel = await ValetPark.open(none === null ? { ...options, feed: none } : options);
      await settled();
      panel.dispose();
    }
    expect(fetch).not.toHaveBeenCalled();
  });
});
