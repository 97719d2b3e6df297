// A command carries an `Idempotency-Key`, if the switch says that it honours this header.

import type { ValetParkOptions } from 'valet-park';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { following } from './fake_feed.ts';
import { ann, bob, cem, opened, rejection, settled, talking } from './host.ts';
import { lostAfter, says, well, type Arrived } from './switch.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Returns the action and the key of the requests since the last call. */
function keys(arrived: Arrived[]): [string, string | null][] {
  return arrived.splice(0).map(({ body, headers }) => {
    const { action } = JSON.parse(body) as { action: string };
    return [action, headers.get('idempotency-key')];
  });
}

afterEach(() => vi.unstubAllGlobals());

describe('a key', () => {
  it('is never sent to a switch that did not announce the header', async () => {
    const { panel, pbx } = await talking();
    await panel.refresh();
    await panel.park(ann, { slot: 5 });
    await panel.bridge(bob, { slot: 5 });
    expect(keys(pbx.arrived).filter(([, key]) => key !== null)).toEqual([]);
  });

  it('goes with each park and bridge after the announcement, and with no question', async () => {
    const { panel, pbx } = await talking();
    pbx.announces = 'lot,  Idempotency-Key';
    await panel.park(ann, { slot: 5 });
    await panel.park(bob, { slot: 6 });
    await panel.bridge(cem, { slot: 6 });
    await panel.refresh();
    const sent = keys(pbx.arrived);
    const commands = sent.filter(([action]) => action !== 'slots');
    expect(commands.map(([action]) => action)).toEqual(['park', 'park', 'bridge']);
    for (const [, key] of commands) expect(key).toMatch(uuid);
    expect(new Set(commands.map(([, key]) => key)).size).toBe(3);
    expect(sent.filter(([action, key]) => action === 'slots' && key !== null)).toEqual([]);
  });

  it('is sent first with the request after the announcement', async () => {
    const { panel, pbx } = await opened();
    pbx.announces = 'idempotency-key';
    await panel.park(ann);
    await panel.park(bob);
    const commands = keys(pbx.arrived).filter(([action]) => action === 'park');
    expect(commands).toEqual([
      ['park', null],
      ['park', expect.stringMatching(uuid)],
    ]);
  });

  it.each(['idempotency-keys', 'x-idempotency-key', '', 'idempotency key', 'idempotency-key=no'])(
    'is not announced by the words `%s`',
    async (words) => {
      const { panel, pbx } = await talking();
      pbx.announces = words;
      await panel.park(ann, { slot: 5 });
      expect(keys(pbx.arrived).filter(([, key]) => key !== null)).toEqual([]);
    },
  );

  it('stays the same when the request is repeated after a 401', async () => {
    const { panel, pbx } = await talking();
    pbx.announces = 'idempotency-key';
    pbx.faults.push(well, says(401));
    await panel.park(ann, { slot: 5 });
    const parks = keys(pbx.arrived).filter(([action]) => action === 'park');
    expect(parks).toHaveLength(2);
    expect(parks[0]?.[1]).toMatch(uuid);
    expect(parks[1]?.[1]).toBe(parks[0]?.[1]);
  });

  it('is no longer sent after an answer without the announcement', async () => {
    const { panel, pbx } = await talking();
    pbx.announces = 'idempotency-key';
    await panel.refresh();
    pbx.announces = null;
    await panel.park(ann, { slot: 5 });
    expect(keys(pbx.arrived).filter(([, key]) => key !== null)).toEqual([]);
  });

  it('is still sent after an error of a proxy', async () => {
    const { panel, pbx } = await opened();
    pbx.announces = 'idempotency-key';
    await panel.inspect(5, { call: ann });
    pbx.faults.push(says(502, '<html>'));
    await rejection(panel.inspect(5, { call: ann }));
    pbx.arrived.splice(0);
    await panel.park(ann);
    expect(keys(pbx.arrived)[0]).toEqual(['park', expect.stringMatching(uuid)]);
  });

  it('is left out after a command with a key got no answer', async () => {
    const { panel, pbx } = await opened();
    pbx.announces = 'idempotency-key';
    await panel.inspect(5, { call: ann });
    pbx.faults.push(lostAfter, lostAfter, lostAfter, lostAfter);
    panel.park(ann).catch(() => {});
    await settled();
    panel.park(bob).catch(() => {});
    await settled();
    const parks = keys(pbx.arrived).filter(([action]) => action === 'park');
    expect(parks).toEqual([
      ['park', expect.stringMatching(uuid)],
      ['park', null],
    ]);
  });

  it.each([
    ['is missing', undefined],
    ['has no random values', {}],
    [
      'refuses',
      {
        getRandomValues: () => {
          throw new DOMException('no', 'SecurityError');
        },
      },
    ],
  ])('is left out if `crypto` %s, and the command works', async (_, crypto) => {
    vi.stubGlobal('crypto', crypto);
    const { panel, pbx } = await talking();
    pbx.announces = 'idempotency-key';
    await expect(panel.park(ann, { slot: 5 })).resolves.toMatchObject({ slot: 5 });
    expect(keys(pbx.arrived).filter(([, key]) => key !== null)).toEqual([]);
  });
});

describe('the announcement of a feed', () => {
  const announces = { 'content-type': 'text/event-stream', 'X-Valet-Park': 'idempotency-key' };
  async function first(options: Partial<ValetParkOptions>): Promise<string | null> {
    const { panel, pbx, stream, clock } = await following(options);
    stream.headers = announces;
    await stream.end();
    await clock.forward(500);
    panel.park(ann).catch(() => {});
    await settled();
    return keys(pbx.arrived).find(([action]) => action === 'park')?.[1] ?? null;
  }

  it('counts for the same origin', async () => {
    expect(await first({ feed: 'https://pbx.example/feed' })).toMatch(uuid);
  });

  it.each([
    'https://relay.example/feed',
    'http://pbx.example/feed',
    'https://pbx.example:8443/feed',
    '/feed',
    'data:text/event-stream,x',
  ])('does not count for another origin: %s', async (feed) => {
    expect(await first({ feed })).toBe(null);
  });

  it('counts if both URLs are relative', async () => {
    vi.stubGlobal('location', { href: 'https://desk.example/panel/' });
    const carries: RequestInit[] = [];
    const fetch: typeof globalThis.fetch = async (url, init) => {
      if (String(url) === '/feed') return new Response(': \n\n', { headers: announces });
      carries.push(init ?? {});
      throw new TypeError('no');
    };
    const { panel } = await opened({ baseUrl: '/api', feed: '/feed', fetch });
    await settled();
    panel.park(ann).catch(() => {});
    await settled();
    expect(new Headers(carries[0]?.headers).get('idempotency-key')).toMatch(uuid);
  });
});
