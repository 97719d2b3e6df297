// Several relays that share a log in Redis, at each fault, in the middle of traffic:
// `node scripts/relay-redis.mjs`, or `node scripts/relay-redis.mjs 50 60` for 50 panels and 60 seconds.
//
// The script kills and pauses the relay that asks, and kills, pauses and rewinds Redis. Afterwards every
// panel must equal the lot, no command may have reached the switch twice, all feeds must have the same
// messages in the same order, and no id may have come twice.

import { fork } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from './build.mjs';
import { openRedis, redisProgram } from './redis/server.mjs';
import {
  agree,
  BETWEEN_MS,
  CLIENT,
  openRelay,
  openSwitch,
  readFeed,
  SLOTS,
  use,
} from './relay-restarts/traffic.mjs';
import { redisRemedy } from './setup/redis.mjs';
import { at, Failure, whenStarted } from './step.mjs';

const RELAYS = 3;
/** How long a relay may take to notice that Redis is back, in ms. */
const BACK_MS = 20_000;
/** How long it may take until another relay asks, in ms. */
const NEXT_ASKER_MS = 10_000;

/** @typedef {import('./relay-restarts/traffic.mjs').Told} Told */
/** @typedef {ReturnType<typeof openRelay>} TestRelay */

await whenStarted(import.meta.url, async () => {
  const what = 'relays that share a log';
  if (redisProgram === null) throw new Failure(what, 'there is no redis-server', redisRemedy);
  if (process.env.VALET_PARK_BUILT === undefined) await build();
  const [panels = '200', seconds = '120'] = process.argv.slice(2);
  const problems = await run(Number(panels), Number(seconds) * 1_000);
  if (problems.length === 0) return;
  const remedy = 'compare with tests/server/redis/relays.test.ts, and add a test there';
  throw new Failure(what, problems.join('\n        '), remedy);
});

/** @param {number} count @param {number} ms */
async function run(count, ms) {
  const { ValetPark } = await import('valet-park');
  const extensions = Array.from({ length: count }, (_, index) => String(40_000 + index));
  const pbx = await openSwitch(extensions);
  const redis = await openRedis();
  const proxy = await forkProxy(redis.socket);
  const relays = Array.from({ length: RELAYS }, () =>
    openRelay({
      ...{ state: mkdtempSync(join(tmpdir(), 'valet-park-')), url: pbx.url, client: CLIENT },
      ...{ extensions, slots: SLOTS, redis: proxy.url },
    }),
  );
  const addresses = await Promise.all(relays.map((relay) => relay.start()));
  pbx.sendHooksTo(...addresses.map(({ url, hookPath }) => url + hookPath));
  const panels = await Promise.all(
    extensions.map(async (extension, index) => {
      const address = addresses[index % RELAYS];
      const panel = await ValetPark.open({
        baseUrl: `${address?.url}/api/ver1.0`,
        feed: `${address?.url}/feed?extension=${extension}`,
        ...{ extension, tabs: 'solo', dialect: { slots: SLOTS } },
        headers: () => ({ Authorization: `Bearer ${address?.tokens[index]}` }),
      });
      panel.subscribe(() => {});
      return panel;
    }),
  );
  const readers = addresses.map((address) => readFeed(address, extensions[0] ?? ''));

  /** @type {string[]} */
  const problems = [];
  const acts = { done: 0, failed: 0, unknown: 0, codes: {} };
  const state = { isOver: false };
  const traffic = panels.map((panel, index) =>
    use(panel, extensions[index] ?? '', pbx, acts, state, count * BETWEEN_MS),
  );
  /** When relays were alone, as times in ms. @type {[number, number][]} */
  const outages = [];
  const greatest = () => Math.max(...readers.map((reader) => reader.greatest()));

  /** Waits until all relays share the log, and one asks. @param {number} limitMs @param {string} after */
  async function recovered(limitMs, after) {
    const since = performance.now();
    for (;;) {
      const states = await Promise.all(relays.map((relay) => relay.state()));
      const askers = states.filter(({ asks }) => asks).length;
      if (states.every(({ ok }) => ok) && askers === 1) break;
      if (performance.now() - since > limitMs) {
        const found = states.flatMap((state) => state.problems).join(', ');
        problems.push(`${after}: ${askers} relays ask, and relays have problems: ${found}`);
        return;
      }
      await pause(100);
    }
    console.log(`  recovered after ${((performance.now() - since) / 1_000).toFixed(1)} s`);
  }

  async function findAsker() {
    for (;;) {
      const states = await Promise.all(relays.map((relay) => relay.state()));
      const index = states.findIndex(({ asks }) => asks);
      if (index >= 0) return /** @type {TestRelay} */ (relays[index]);
      await pause(100);
    }
  }

  /** Waits until one of the others asks. @param {TestRelay} old @param {string} after */
  async function anotherAsks(old, after) {
    const since = performance.now();
    const others = relays.filter((relay) => relay !== old);
    while (!(await Promise.all(others.map((relay) => relay.state()))).some(({ asks }) => asks)) {
      await pause(100);
    }
    const tookMs = performance.now() - since;
    console.log(`  another relay asks after ${(tookMs / 1_000).toFixed(1)} s`);
    if (tookMs > NEXT_ASKER_MS) problems.push(`${after}: no other relay asked in time`);
  }

  /** Breaks something, and notes that relays may be alone meanwhile. @param {() => Promise<void>} fault */
  async function outage(fault) {
    const startedAt = Date.now();
    await fault();
    await recovered(BACK_MS, 'after an outage');
    outages.push([startedAt - 5_000, Date.now() + 1_000]);
  }

  const part = ms / 6;
  await pause(part);
  console.log('▸ killing the asker');
  const killed = await findAsker();
  killed.kill();
  await anotherAsks(killed, 'after the asker was killed');
  await killed.start();
  await recovered(BACK_MS, 'after the asker was killed');

  await pause(part);
  console.log('▸ pausing the asker');
  const paused = await findAsker();
  // The relay that stood still has missed messages, so its panels read the state again.
  await outage(async () => {
    paused.pause();
    await anotherAsks(paused, 'after the asker was paused');
    paused.resume();
  });

  await pause(part);
  console.log('▸ killing Redis');
  await outage(async () => {
    await redis.kill();
    await pause(3_000);
    await redis.start();
  });

  await pause(part);
  console.log('▸ pausing Redis');
  await outage(async () => {
    redis.pause();
    await pause(5_000);
    redis.resume();
  });

  await pause(part);
  console.log('▸ losing the newest messages of Redis');
  await redis.command('SAVE');
  await pause(5_000);
  let given = 0;
  await outage(async () => {
    proxy.stall();
    await redis.kill();
    await redis.start();
    await pause(3_000);
    given = greatest();
    proxy.heal();
  });
  const placesAfter = readers.map((reader) => reader.length());
  await pause(part);
  state.isOver = true;
  await Promise.all(traffic);

  const disagreeing = await agree(panels, pbx);
  if (disagreeing !== '') problems.push(`panels do not show the lot: ${disagreeing}`);
  const twice = [...pbx.commands].filter(([, times]) => times > 1);
  if (twice.length > 0) problems.push(`${twice.length} commands reached the switch twice`);
  await pause(1_000);
  const feeds = readers.map((reader) => reader.stop());
  for (const [index, { told }] of feeds.entries()) {
    if (told.some(({ id }, place) => place > 0 && id <= (told[place - 1]?.id ?? 0)))
      problems.push('a feed has a message twice, or in the wrong order');
    if (told.slice(placesAfter[index]).some(({ id }) => id <= given))
      problems.push('an id after the loss is not greater than every id before');
  }
  problems.push(
    ...differences(
      feeds.map(({ told }) => told),
      outages,
    ),
  );
  console.log(
    `${RELAYS} relays, ${count} panels, ${pbx.commands.size} commands at the switch, ` +
      `${acts.done} done, ${acts.failed} refused, ${acts.unknown} with an unknown outcome, ` +
      `${feeds.map(({ told }) => told.length).join(', ')} messages in the feeds, ` +
      `${feeds.map(({ resets }) => resets).join(', ')} resets`,
    acts.codes,
  );
  for (const panel of panels) panel.dispose();
  for (const relay of relays) relay.kill();
  proxy.end();
  await redis.close();
  await pbx.close();
  return problems;
}

/** Starts a proxy before Redis in a separate process. @param {string} socket */
async function forkProxy(socket) {
  const child = fork(at('scripts/redis/proxy-process.mjs'), [socket]);
  /** @type {string} */
  const url = await new Promise((resolve) => child.once('message', resolve));
  return {
    url,
    stall: () => child.send('stall'),
    heal: () => child.send('heal'),
    end: () => child.kill(),
  };
}

/**
 * Compares the feeds of all relays. While relays are alone, each of them has its own messages.
 *
 * @param {readonly Told[][]} feeds @param {readonly [number, number][]} outages
 */
function differences([first = [], ...others], outages) {
  const isShared = (/** @type {Told} */ { id }) =>
    !outages.some(([from, to]) => id >= from && id <= to);
  const linesOf = (/** @type {readonly Told[]} */ told) =>
    told.filter(isShared).map(({ id, text }) => `${id} ${text}`);
  const expected = linesOf(first);
  return others.flatMap((told) => {
    const found = linesOf(told);
    const place = expected.findIndex((line, at) => line !== found[at]);
    if (place < 0 && found.length === expected.length) return [];
    return [`two feeds differ at ${expected[place] ?? 'the end'} and ${found[place] ?? 'the end'}`];
  });
}
