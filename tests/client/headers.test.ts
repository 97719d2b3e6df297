// Authorisation: the client calls `headers` for every request, and once more after a 401.

import { describe, expect, it, vi } from 'vitest';
import { ann, opened, rejection, settled, talking } from './host.ts';
import { says } from './switch.ts';

const expired = says(401, '{"error":"invalid_token"}');

function tokens(): { headers: () => Record<string, string>; given: () => number } {
  let given = 0;
  return {
    headers: () => ({ Authorization: `Bearer ${(given += 1)}` }),
    given: () => given,
  };
}

describe('headers', () => {
  it('are requested for every request', async () => {
    const { headers } = tokens();
    const { panel, pbx } = await opened({ headers });
    await panel.park(ann, { slot: 5 });
    const sent = pbx.arrived.map((request) => request.headers.get('authorization'));
    expect(sent).toEqual(['Bearer 1', 'Bearer 2']);
    expect(pbx.arrived[0]?.headers.get('content-type')).toBe('application/json');
  });

  it('are requested again after a 401, because a 401 did nothing', async () => {
    const { headers } = tokens();
    const { panel, pbx } = await opened({ headers: () => Promise.resolve(headers()) });
    pbx.faults.push(expired);
    await expect(panel.park(ann)).resolves.toMatchObject({ slot: 1 });
    const sent = pbx.arrived.map((request) => request.headers.get('authorization'));
    expect(sent).toEqual(['Bearer 1', 'Bearer 2']);
    expect(panel.getSnapshot().sync.state).toBe('idle');
  });

  it('are requested twice at most', async () => {
    const { headers, given } = tokens();
    const { panel, pbx } = await opened({ headers });
    pbx.faults.push(expired, expired);
    const error = await rejection(panel.park(ann));
    expect(error).toMatchObject({ code: 'unauthorized', kind: 'refusal', outcome: 'not-done' });
    expect(given()).toBe(2);
    expect(pbx.arrived).toHaveLength(2);
    expect(panel.getSnapshot().sync.state).toBe('unauthorized');
  });

  it('that reject count as a network failure, with their own message', async () => {
    const { panel, pbx } = await talking({
      headers: () => Promise.reject(new Error('no token today')),
    });
    const error = await rejection(panel.refresh());
    expect(error).toMatchObject({ code: 'unreachable', kind: 'failure' });
    expect(error.message).toMatch(/no token today/);
    expect(pbx.arrived).toEqual([]);
  });

  it('that reject stop the command as not done', async () => {
    const { panel, pbx } = await opened({ headers: () => Promise.reject(new Error('no token')) });
    const error = await rejection(panel.park(ann));
    expect(error).toMatchObject({ code: 'unreachable', outcome: 'not-done', retryable: true });
    expect(pbx.arrived).toEqual([]);
  });

  it('that reject after a 401 stop the command as not done', async () => {
    const { headers } = tokens();
    const { panel, pbx } = await opened({
      headers: () => (pbx.arrived.length ? Promise.reject(new Error('no token')) : headers()),
    });
    pbx.faults.push(expired);
    const error = await rejection(panel.park(ann));
    expect(error).toMatchObject({ code: 'unreachable', outcome: 'not-done' });
    expect(pbx.arrived).toHaveLength(1);
  });

  it('that come after the timeout send nothing', async () => {
    let come = (): void => {};
    const headers = (): Promise<Record<string, string>> =>
      new Promise((resolve) => (come = () => resolve({})));
    const carries = vi.fn();
    const { panel, clock } = await opened({ headers, fetch: carries });
    const parking = rejection(panel.park(ann));
    await clock.forward(10_000);
    expect(await parking).toMatchObject({ code: 'timed-out', outcome: 'not-done' });
    come();
    await settled();
    expect(carries).not.toHaveBeenCalled();
  });

  it('may come from a function that throws', async () => {
    const headers = (): never => {
      throw new Error('not today');
    };
    const { panel } = await talking({ headers });
    expect(await rejection(panel.refresh())).toMatchObject({ code: 'unreachable' });
  });

  it('may come from a function that uses the panel itself', async () => {
    const world = await talking({
      headers: () => {
        world.panel.track('EventType=dial-in&CallAPIID=1-x');
        world.panel.whereIs('1-x');
        void world.panel.getSnapshot();
        return {};
      },
    });
    await expect(world.panel.refresh()).resolves.toMatchObject({ calls: [{}, { call: '1-x' }] });
  });

  it('may come from a function that disposes the panel', async () => {
    const world = await talking({
      headers: () => {
        world.panel.dispose();
        return {};
      },
    });
    expect(await rejection(world.panel.refresh())).toMatchObject({ code: 'disposed' });
    await settled();
    expect(world.panel.getSnapshot().sync.state).toBe('closed');
  });
});

describe('a `fetch` of the application', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'HTTP/1.1 200 OK'],
    ['an empty object', {}],
    ['a status that is a text', { status: 'fine', text: (): string => '', headers: [] }],
    ['a status that is a bigint', { status: 200n, text: (): string => '', headers: [] }],
    ['a huge status', { status: 1e9, text: (): string => '', headers: [] }],
    ['a body that is a number', { status: 200, text: (): number => 5, headers: [] }],
    ['a body that is a symbol', { status: 200, text: (): symbol => Symbol('x'), headers: [] }],
    ['headers that are numbers', { status: 200, text: (): string => '', headers: [[1, 2], [3]] }],
    ['headers that are missing', { status: 200, text: (): string => '' }],
  ])('may answer %s without harm to the core', async (_, answer) => {
    const fetch = vi.fn().mockResolvedValueOnce(answer);
    const world = await talking({ fetch: (...args) => fetch(...args) ?? world.pbx.fetch(...args) });
    const error = await rejection(world.panel.inspect(5));
    expect(['unreachable', 'unclear', 'server-error']).toContain(error.code);
    await expect(world.panel.inspect(5)).resolves.toMatchObject({ state: 'free' });
  });
});
