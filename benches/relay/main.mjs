// Compares the feed of a relay with a loop of `res.write`, in one run: `node benches/relay/main.mjs`,
// after `npm run build`. Exits with 1 above a limit.
// `node benches/relay/main.mjs lines` measures one part: `lines`, `memory`, `stalled`, `restart` or
// `redis`. The last one compares a relay whose log is in Redis with a relay whose log is in a file.

import { openRedis, redisProgram } from '../../scripts/redis/server.mjs';
import { startProcess } from './child.mjs';
import { report, row } from './table.mjs';

const LINES = 2_000;
const ROUNDS = 10;
const MESSAGES_PER_ROUND = 20;
const EVERY_MS = 100;
const STALLED_LINES = 200;
const STALLED_MESSAGES = 20_000;
/** The loop gets fewer messages, because it keeps all of them in memory. */
const LOOP_MESSAGES = 2_000;
const PANELS = 200;
/** For how long the questions after a restart are counted, in ms. */
const WATCH_MS = 12_000;

/** @type {('loop' | 'relay')[]} */
const KINDS = ['loop', 'relay'];

/** @typedef {{ p50: number[], p99: number[], cpu: number[] }} Times */

const parts = {
  lines: compareLines,
  memory: measureMemory,
  stalled: compareStalledLines,
  restart: restartRelay,
  redis: compareWithRedis,
};
const wanted = process.argv[2];
for (const [name, measure] of Object.entries(parts)) {
  if (wanted === undefined || wanted === name) await measure();
}
report();

/** Compares a relay with a loop of `res.write`. */
async function compareLines() {
  const [relay, loop] = await timesOf([{ kind: 'relay' }, { kind: 'loop' }]);
  compareTimes(`a message to ${LINES} lines`, relay, loop, 1.5);
}

/** Compares a relay whose log is in Redis with a relay whose log is in a file. */
async function compareWithRedis() {
  if (redisProgram === null) return console.error('!! redis is skipped: there is no redis-server');
  const redis = await openRedis();
  const { proxy } = redis;
  const given = { kind: /** @type {const} */ ('relay'), redis: proxy.url };
  const [shared, file] = await timesOf([given, { kind: 'relay' }]);
  compareTimes(`over Redis, a message to ${LINES} lines`, shared, file, 2);
  const results = [];
  for (const url of [proxy.url, undefined]) {
    const company = startProcess('panels.mjs');
    results.push(await company.call('restart', PANELS, WATCH_MS, url));
    company.end();
  }
  await redis.close();
  const [ours, theirs] = results.map(({ backAfter }) => backAfter / 1000);
  row(
    `over Redis, ${PANELS} panels after a restart`,
    `${ours?.toFixed(1)} s`,
    `${theirs?.toFixed(1)} s`,
    { value: (ours ?? NaN) / (theirs ?? NaN), limit: 2 },
  );
}

/**
 * Sends messages to many lines of both servers, in turns.
 *
 * @param {{ kind: 'loop' | 'relay', redis?: string }[]} servers
 */
async function timesOf(servers) {
  const sides = [];
  for (const { kind, redis } of servers) {
    const server = startProcess('server.mjs');
    const lines = startProcess('lines.mjs');
    const address = await server.call('start', kind, redis);
    await lines.call('open', address, LINES);
    await server.call('publish', MESSAGES_PER_ROUND, EVERY_MS); // Compiles the code.
    await lines.call('takeDelays', LINES * MESSAGES_PER_ROUND);
    /** @type {Times} */
    const times = { p50: [], p99: [], cpu: [] };
    sides.push({ server, lines, times });
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { server, lines, times } of round % 2 === 0 ? sides : [...sides].reverse()) {
      times.cpu.push(await server.call('publish', MESSAGES_PER_ROUND, EVERY_MS));
      /** @type {number[]} */
      const delays = await lines.call('takeDelays', LINES * MESSAGES_PER_ROUND);
      delays.sort((one, other) => one - other);
      times.p50.push(delays[Math.floor(delays.length * 0.5)] ?? NaN);
      times.p99.push(delays[Math.floor(delays.length * 0.99)] ?? NaN);
    }
  }
  for (const { server, lines } of sides) {
    server.end();
    lines.end();
  }
  return sides.map(({ times }) => times);
}

/**
 * Adds a row for each time. The ratio is that of the same round.
 *
 * @param {string} what
 * @param {Times | undefined} one
 * @param {Times | undefined} other
 * @param {number} limit
 */
function compareTimes(what, one, other, limit) {
  if (one === undefined || other === undefined) return;
  for (const [name, of] of /** @type {const} */ ([
    ['p50', 'p50'],
    ['p99', 'p99'],
    ['processor', 'cpu'],
  ])) {
    const [ours, theirs] = [one[of], other[of]];
    const ratio = median(ours.map((ms, round) => ms / (theirs[round] ?? NaN)));
    row(`${what}, ${name}`, `${median(ours).toFixed(1)} ms`, `${median(theirs).toFixed(1)} ms`, {
      value: ratio,
      limit,
    });
  }
}

/**
 * Opens many lines, and measures how much memory as many further lines cost. The first lines also
 * make the heap of V8 grow to its usual size, once.
 */
async function measureMemory() {
  /** @type {Partial<Record<'loop' | 'relay', number>>} */
  const sizes = {};
  for (const kind of KINDS) {
    const server = startProcess('server.mjs');
    const lines = startProcess('lines.mjs');
    const address = await server.call('start', kind);
    await lines.call('open', address, LINES);
    const before = await server.call('memory');
    await lines.call('open', address, LINES);
    const after = await server.call('memory');
    sizes[kind] = (after.rss - before.rss) / LINES / 1000;
    server.end();
    lines.end();
  }
  const { relay = NaN, loop = NaN } = sizes;
  const what = `memory of one of ${LINES} further lines`;
  row(what, `${relay.toFixed(1)} KB`, `${loop.toFixed(1)} KB`, {
    value: relay,
    limit: 25,
    unit: 'KB',
  });
}

/** Sends messages to lines that do not read. */
async function compareStalledLines() {
  /** @type {Partial<Record<'loop' | 'relay', number>>} */
  const grown = {};
  for (const kind of KINDS) {
    const server = startProcess('server.mjs');
    const lines = startProcess('lines.mjs');
    await lines.call('open', await server.call('start', kind), STALLED_LINES, true);
    await server.call('publish', 1_000, 0); // The log of the relay is full from here on.
    const before = await server.call('memory');
    await server.call('publish', kind === 'relay' ? STALLED_MESSAGES : LOOP_MESSAGES, 0);
    const after = await server.call('memory');
    grown[kind] = (after.heap - before.heap) / 1e6;
    server.end();
    lines.end();
  }
  const { relay = NaN, loop = NaN } = grown;
  const what = `heap, ${STALLED_LINES} stalled lines, ${STALLED_MESSAGES} messages`;
  row(what, `${relay.toFixed(1)} MB`, `${LOOP_MESSAGES} messages ${loop.toFixed(1)} MB`, {
    value: relay,
    limit: 10,
    unit: 'MB',
  });
}

/** Restarts a relay with many panels, and with one. */
async function restartRelay() {
  const results = [];
  for (const panels of [1, PANELS]) {
    const company = startProcess('panels.mjs');
    results.push(await company.call('restart', panels, WATCH_MS));
    company.end();
  }
  const [one, many] = results;
  // All panels are in one process, so many panels would measure their own work.
  /** @type {number[]} */
  const delays = one.delays;
  const p99 = delays.sort((a, b) => a - b)[Math.floor(delays.length * 0.99)] ?? NaN;
  row('a web hook to a panel, p99', `${p99.toFixed(1)} ms`, '', {
    value: p99,
    limit: 50,
    unit: 'ms',
  });
  const inTime = `${PANELS} panels, questions in ${WATCH_MS / 1000} s`;
  // The relay asks every few seconds, so the time may hold one question more.
  row(inTime, String(many.quiet), `1 panel ${one.quiet}`, {
    value: many.quiet - one.quiet,
    limit: 1,
    unit: 'more',
  });
  const what = `${PANELS} panels after a restart`;
  const [ours, theirs] = [many, one].map(({ backAfter }) => `${(backAfter / 1000).toFixed(1)} s`);
  row(`${what}, until the last is back`, ours ?? '', `1 panel ${theirs}`, {
    value: many.backAfter / 1000,
    limit: 10,
    unit: 's',
  });
  row(`${what}, questions`, String(many.questions), `1 panel ${one.questions}`, {
    value: many.questions - one.questions,
    limit: 0,
    unit: 'more',
  });
}

function median(/** @type {number[]} */ values) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
