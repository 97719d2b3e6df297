// When a feed is opened again: after the pause that the server wants, not by all clients at once, more
// rarely without a valid token, and never after a 204.

import { describe, expect, it, vi } from 'vitest';
import { answers, following, ring } from './fake_feed.ts';
import { ann, settled } from './host.ts';
import { FakePage } from './page.ts';

describe('the pause before a feed is opened again', () => {
  it.each([
    [0, 500],
    [0.5, 625],
    [0.999, 750],
  ])('is longer by chance: %d makes it %d ms', async (chance, ms) => {
    const { stream, clock } = await following();
    vi.spyOn(Math, 'random').mockReturnValue(chance);
    await stream.end();
    await clock.forward(ms - 1);
    expect(stream.opened).toHaveLength(1);
    await clock.forward(1);
    expect(stream.opened).toHaveLength(2);
  });

  it('is never shorter than the server wants', async () => {
    const { stream, clock } = await following();
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    await stream.write('retry: 4000\n\n');
    await stream.end();
    await clock.forward(4_999);
    expect(stream.opened).toHaveLength(1);
    await clock.forward(1);
    expect(stream.opened).toHaveLength(2);
  });
});

describe('a feed that answers 204', () => {
  it('is not opened again, and is reported once', async () => {
    const { stream, clock, troubles } = await following();
    stream.instead.push(answers(204, null));
    await stream.end();
    await clock.forward(3_600_000);
    expect(stream.opened).toHaveLength(2);
    expect(troubles).toMatchObject([{ code: 'unreachable', status: 204, retryable: false }]);
  });

  it('is opened again when a page that works alone is shown again', async () => {
    const page = new FakePage();
    const { stream, clock, calls } = await following({ tabs: 'solo' });
    stream.instead.push(answers(204, null));
    await stream.end();
    await clock.forward(60_000);
    expect(stream.opened).toHaveLength(2);
    page.hidden = true;
    await settled();
    page.hidden = false;
    await settled();
    expect(stream.opened).toHaveLength(3);
    await stream.write(ring(ann, 41));
    expect(calls()).toEqual([ann]);
  });
});

describe.each([
  [401, 'unauthorized', 2],
  [403, 'forbidden', 1],
] as const)('a feed that answers %i', (status, code, requests) => {
  it('is opened more and more rarely, up to every ten minutes', async () => {
    const { stream, openings, troubles } = await following();
    stream.instead.push(...Array.from({ length: 40 }, () => answers(status)));
    await stream.end();
    const opened = await openings(3_600);
    expect(opened.slice(0, 12)).toEqual([
      0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 63.5, 127.5, 255.5, 511.5, 1_023.5, 1_623.5,
    ]);
    expect(stream.opened).toHaveLength(1 + opened.length * requests);
    expect(troubles[0]).toMatchObject({ code, kind: 'refusal', status, retryable: true });
  });

  it('is opened with short pauses again after it worked', async () => {
    const { stream, clock, openings } = await following();
    stream.instead.push(...Array.from({ length: 8 * requests }, () => answers(status)));
    await stream.end();
    await openings(260);
    await stream.write(ring(ann));
    const before = stream.opened.length;
    await stream.end();
    await clock.forward(500);
    expect(stream.opened.length).toBe(before + 1);
  });
});

describe('a feed that is silent for 20 seconds', () => {
  it('is not live, and is live again after the next comment', async () => {
    const { stream, clock, panel, troubles } = await following();
    const state = (): string => panel.getSnapshot().sync.state;
    await stream.write(ring(ann, 41));
    expect(state()).toBe('live');
    await clock.forward(19_999);
    expect(state()).toBe('live');
    await clock.forward(1);
    expect(state()).not.toBe('live');
    await stream.write(':\n\n');
    expect(state()).toBe('live');
    expect(stream.opened).toHaveLength(1);
    expect(troubles).toEqual([]);
  });

  it('is opened again after 40 seconds, counted from the last data', async () => {
    const { stream, clock, troubles } = await following();
    await stream.write(ring(ann, 41));
    await clock.forward(39_999);
    expect(troubles).toEqual([]);
    await clock.forward(1);
    expect(troubles).toMatchObject([{ code: 'unreachable' }]);
  });
});
