// Measures 1,000 lots with 5 panels each in one process, in memory and over Redis:
// `npm run lots`, or `npm run lots -- 200` for 200 lots.
//
// Fails if the process needs more than ten seconds to start, or if a change in one lot takes longer than
// a change in a process with one lot only.

import { parseArgs } from 'node:util';
import { now, startProcess } from '../benches/relay/child.mjs';
import { build } from './build.mjs';
import { tableOf } from './capacity/table.mjs';
import { openRedis, redisProgram } from './redis/server.mjs';
import { redisRemedy } from './setup/redis.mjs';
import { Failure, whenStarted } from './step.mjs';

const PROCESS = '../../scripts/relay-lots/process.mjs';
const EXTENSION = '34414';
const LEG = '262077ef325f4868aa49bf22309229f7';
const PANELS = 5;
/** The changes whose times are compared, in each process. */
const CHANGES = 400;
/** The changes before them, which compile the code. */
const FIRST_CHANGES = 100;

const START_LIMIT_MS = 10_000;
/** How many times longer a change may take than in a process with one lot. */
const RATIO_LIMIT = 1.2;

await whenStarted(import.meta.url, async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const count = Number(positionals[0] ?? 1_000);
  const what = 'many lots in one process';
  if (redisProgram === null) throw new Failure(what, 'there is no redis-server', redisRemedy);
  if (process.env.VALET_PARK_BUILT === undefined) await build();
  const inMemory = await measure(count, null);
  const inRedis = await measureOverRedis(count);
  /** @type {[string, (measured: Measured) => number][]} */
  const rows = [
    ['until the process listens, s', ({ listensMs }) => listensMs / 1_000],
    ['until all lots have asked, s', ({ asksMs }) => asksMs / 1_000],
    ['memory of an idle lot, KB', ({ lotKB }) => lotKB],
    ['memory of a line, KB', ({ lineKB }) => lineKB],
    ['a change until all panels have it, ms', ({ manyMs }) => manyMs],
    ['the same with one lot in the process, ms', ({ oneMs }) => oneMs],
    ['ratio', ({ manyMs, oneMs }) => manyMs / oneMs],
  ];
  const heads = [`${count} lots with ${PANELS} panels`, 'in memory', 'over Redis'];
  const cells = rows.map(([name, of]) => [name, of(inMemory).toFixed(2), of(inRedis).toFixed(2)]);
  console.log(`\n${tableOf(heads, cells)}`);
  const problems = [...problemsOf('in memory', inMemory), ...problemsOf('over Redis', inRedis)];
  if (problems.length === 0) return;
  const remedy = 'run it again on a machine that does nothing else, then profile a process of lots';
  throw new Failure(what, problems.join('\n        '), remedy);
});

/** @typedef {Awaited<ReturnType<typeof measure>>} Measured */

/** @param {number} count */
async function measureOverRedis(count) {
  const redis = await openRedis();
  try {
    return await measure(count, redis.url);
  } finally {
    await redis.close();
  }
}

/** @param {number} count @param {string | null} redis */
async function measure(count, redis) {
  const names = Array.from({ length: count }, (_, at) => `lot-${at}`);
  const many = startProcess(PROCESS);
  const one = startProcess(PROCESS);
  const others = startProcess('lines.mjs');
  const linesOfMany = startProcess('lines.mjs');
  const linesOfOne = startProcess('lines.mjs');
  try {
    const before = await many.call('memory');
    const times = await many.call('start', names, redis);
    const idle = await many.call('memory');
    for (const name of names.slice(1)) {
      const { feeds } = await panelsOf(many, name);
      await Promise.all(feeds.map((feed) => others.call('open', feed, 1)));
    }
    const full = await many.call('memory');
    await one.call('start', ['alone'], redis);
    return {
      .../** @type {{ listensMs: number, asksMs: number }} */ (times),
      lotKB: (idle - before) / count,
      lineKB: (full - idle) / (PANELS * (count - 1)),
      ...(await compare(
        await openLot(many, linesOfMany, 'lot-0'),
        await openLot(one, linesOfOne, 'alone'),
      )),
    };
  } finally {
    for (const process of [many, one, others, linesOfMany, linesOfOne]) process.end();
  }
}

/** @typedef {Awaited<ReturnType<typeof openLot>>} TestLot */

/** @typedef {ReturnType<typeof startProcess>} Process */

/** Opens the panels of a lot. @param {Process} relay @param {Process} lines @param {string} name */
async function openLot(relay, lines, name) {
  const { feeds, hook } = await panelsOf(relay, name);
  for (const feed of feeds) await lines.call('open', feed, 1);
  return {
    /** Sends a call event. Resolves to the time in ms until the last panel has it. */
    async change() {
      const body = new URLSearchParams({
        // The relay would look for a call that goes on at the switch, and report its end.
        ...{ EventType: 'hangup', CallStatus: 'CALLING' },
        ...{ EventTime: String(Date.now() * 1_000), CallFlow: 'in', CalledExtensionID: EXTENSION },
        ...{ CallID: LEG, SubCallID: `${EXTENSION}-${LEG}`, CallAPIID: `3584709739-${LEG}` },
        ...{ CallerIDNum: '+79161112233', CallerIDName: `T${now().toFixed(3)}` },
      });
      const { status } = await fetch(hook, { method: 'POST', body });
      if (status !== 200) throw new Error(`a web hook got ${status}`);
      return Math.max(...(await lines.call('takeDelays', PANELS)));
    },
  };
}

/**
 * Creates the panels of a lot.
 *
 * @param {Process} relay @param {string} name
 * @returns {Promise<{ feeds: import('../benches/relay/server.mjs').Address[], hook: string }>}
 */
async function panelsOf(relay, name) {
  return relay.call('panels', name, PANELS);
}

/** Changes two lots in turns. Resolves to the medians in ms. @param {TestLot} many @param {TestLot} one */
async function compare(many, one) {
  /** @type {number[]} */
  const ofMany = [];
  /** @type {number[]} */
  const ofOne = [];
  for (let done = 0; done < FIRST_CHANGES + CHANGES; done += 1) {
    ofMany.push(await many.change());
    ofOne.push(await one.change());
  }
  return {
    manyMs: median(ofMany.slice(FIRST_CHANGES)),
    oneMs: median(ofOne.slice(FIRST_CHANGES)),
  };
}

/** @param {number[]} values */
function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** @param {string} where @param {Measured} measured */
function problemsOf(where, { asksMs, manyMs, oneMs }) {
  const ratio = manyMs / oneMs;
  return [
    ...(asksMs > START_LIMIT_MS
      ? [`the start ${where} takes ${(asksMs / 1_000).toFixed(1)} s`]
      : []),
    ...(ratio > RATIO_LIMIT ? [`a change ${where} takes ${ratio.toFixed(2)} times as long`] : []),
  ];
}
