// Lots are added, changed and removed while the process runs.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { RECEPTION } from '../desk.ts';
import { openLot, openWorld, readFeed, ringOf, viewOf, type TestLot, type World } from './world.ts';
import { openRedis, redisProgram, type TestRedis } from '../../../scripts/redis/server.mjs';

let redis: TestRedis | null = null;
beforeAll(async () => {
  if (redisProgram !== null) redis = await openRedis();
});
afterAll(() => redis?.close());

function stateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'valet-park-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('a lot is added and removed, and the other one notices nothing', async () => {
  const [a, b] = [await openLot('a'), await openLot('b')];
  const world = await openWorld([a]);
  const token = await world.token('a');
  const feed = await readFeed(world.lots, 'a', token);
  expect(await world.lots.change([a.options, b.options])).toMatchObject({
    ...{ added: ['b'], kept: ['a'], changed: [], removed: [], broken: [] },
  });
  expect((await world.send('b', '/access', { token: await world.token('b') })).status).toBe(200);
  expect(await world.lots.change([a.options])).toMatchObject({ removed: ['b'], kept: ['a'] });
  expect((await world.send('b', '/access', {})).status).toBe(404);
  expect(feed.isEnded()).toBe(false);
  await world.park(a, token, await world.talk(a));
  await feed.until('%22park%22');
});

test('a lot that is removed ends its feeds, and answers the requests under way first', async () => {
  let release = () => {};
  const isReleased = new Promise<void>((resolve) => (release = resolve));
  let reached = () => {};
  const isReached = new Promise<void>((resolve) => (reached = resolve));
  const a = await openLot('a', {
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if ((await request.clone().text()).includes('"park"')) {
        reached();
        await isReleased;
      }
      return fetch(request);
    },
  });
  const world = await openWorld([a]);
  const token = await world.token('a');
  const feed = await readFeed(world.lots, 'a', token);
  const parked = world.park(a, token, await world.talk(a));
  await isReached;
  const removed = world.lots.change([]);
  await feed.done;
  expect(feed.text()).toMatch(/retry: \d+\n\n$/);
  expect((await world.send('a', '/access', { token })).status).toBe(404);
  release();
  expect((await parked).status).toBe(200);
  expect(await removed).toMatchObject({ removed: ['a'] });
});

test('a lot with other options keeps its tokens, its web hooks and its messages', async () => {
  const a = await openLot('a');
  const world = await openWorld([a], { state: stateFolder() });
  const token = await world.token('a');
  const feed = await readFeed(world.lots, 'a', token);
  await world.park(a, token, await world.talk(a));
  await feed.until('%22park%22');
  const { hookPath } = viewOf(world.lots, 'a');

  const options = { ...a.options, names: { [RECEPTION]: 'Front desk' } };
  const changed = world.lots.change([options]);
  // A request during the change waits for the new options.
  const access = world.send('a', '/access', { token });
  expect(await changed).toMatchObject({ changed: ['a'], broken: [] });
  expect([200]).toContain((await access).status);
  const { json } = await world.send('a', '/access', { token });
  expect(json.extensions).toEqual([{ id: RECEPTION, name: 'Front desk' }]);
  expect(viewOf(world.lots, 'a').hookPath).toBe(hookPath);
  await feed.done;
  const ids = [...feed.text().matchAll(/^id: (\d+)$/gm)].map(([, id]) => id);
  const again = await readFeed(world.lots, 'a', token, ids.at(-1));
  await world.park(a, token, await world.talk(a), 3);
  await again.until('%223%22');
  expect(again.text()).not.toContain('event: reset');
});

test('a lot that cannot be opened with its new options goes on with the old ones', async () => {
  const a = await openLot('a');
  const world = await openWorld([a]);
  const report = await world.lots.change([{ ...a.options, extensions: ['x'] }]);
  expect(report).toMatchObject({ changed: [], broken: [{ name: 'a' }] });
  expect(report.broken[0]?.problem).toContain('an extension is a numeric id');
  expect(world.lots.health.problems.join()).toContain('an extension is a numeric id');
  expect((await world.send('a', '/access', { token: await world.token('a') })).status).toBe(200);
  expect(await world.lots.change([a.options])).toMatchObject({ broken: [], kept: ['a'] });
});

test('a broken lot stays, and a lot of the same name is not opened twice', async () => {
  const [a, b] = [await openLot('a'), await openLot('b')];
  const world = await openWorld([a, b]);
  const problem = 'lot a in lots.toml needs upstream';
  const broken = [{ name: 'a', problem }];
  expect(await world.lots.change([b.options], broken)).toMatchObject({
    ...{ kept: ['a', 'b'], removed: [], broken },
  });
  expect(world.lots.health.problems).toContain(problem);
  const twice = await world.lots.change([a.options, b.options, b.options]);
  expect(twice.kept).toEqual(['a', 'b']);
  expect(twice.broken[0]?.problem).toBe('two lots have the name b: give one of them another name');
});

const kinds = ['memory', ...(redisProgram === null ? [] : ['Redis'])];

test.each(kinds)(
  'a hundred lots are added and removed under traffic without a lost entry, log in %s',
  async (kind) => {
    const busy = await openLot('busy');
    const world = await openWorld([busy], kind === 'Redis' ? { redis: redis?.url ?? '' } : {});
    const token = await world.token('busy');
    const feed = await readFeed(world.lots, 'busy', token);
    const state = { isOver: false, sent: 0 };
    const traffic = keepBusy(world, busy, state);
    const others = Array.from({ length: 100 }, (_, at) => ({
      ...busy.options,
      name: `lot-${at}`,
    }));
    for (const some of [others, others.slice(0, 50), others, []]) {
      const { broken, kept } = await world.lots.change([busy.options, ...some]);
      expect([broken, kept.includes('busy')]).toEqual([[], true]);
    }
    expect(world.lots.names).toEqual(['busy']);
    state.isOver = true;
    await traffic;
    expect(state.sent).toBeGreaterThan(0);
    for (let at = 0; at < state.sent; at += 1) await feed.until(`caller-${at}.`);
    expect(feed.isEnded()).toBe(false);
    expect(feed.text()).not.toContain('event: reset');
  },
);

/** Tells the lot of call events, one after the other, until it is over. */
async function keepBusy(
  { lots }: World,
  { name }: TestLot,
  state: { isOver: boolean; sent: number },
): Promise<void> {
  const url = lots.url + viewOf(lots, name).hookPath;
  while (!state.isOver) {
    const body = ringOf(`${1_000 + state.sent}-x`, `caller-${state.sent}.`);
    const { status } = await fetch(url, { method: 'POST', body });
    expect(status).toBe(200);
    state.sent += 1;
  }
}
