// A process with many lots, for scripts/relay-lots.mjs. All lots have the same switch, in the process.

import { createSwitch, startLots } from 'valet-park/server';
import { pause, serve } from '../../benches/relay/child.mjs';

const EXTENSION = '34414';
const CLIENT = { id: 'relay', secret: 'a-secret' };

const pbx = createSwitch({ strict: CLIENT, hourlyLimit: 1e9 });
/** @type {import('valet-park/server').RunningLots | null} */
let lots = null;

serve({ start, panels, memory });

/**
 * Starts lots. Resolves to the time in ms until the process listens, and until each lot has asked for
 * the live calls.
 *
 * @param {readonly string[]} names @param {string | null} redis
 */
async function start(names, redis) {
  const startedAt = performance.now();
  const running = await startLots({
    lots: names.map((name) => ({
      ...{ name, extensions: [EXTENSION] },
      upstream: { url: 'http://pbx.test', clientId: CLIENT.id, clientSecret: CLIENT.secret },
      fetch: async (input, init) => pbx.fetch(new Request(input, init)),
    })),
    logger: { info() {}, warn: (text) => console.error(text) },
    ...(redis === null ? {} : { redis }),
  });
  lots = running;
  const listensMs = performance.now() - startedAt;
  const [wrong] = running.report.broken;
  if (wrong !== undefined) throw new Error(wrong.problem);
  await Promise.all(names.map(async (name) => running.lot(name)?.ready));
  return { listensMs, asksMs: performance.now() - startedAt };
}

/**
 * Creates the tokens of the panels of a lot. Resolves to their feeds, and to the address of web hooks.
 *
 * @param {string} name @param {number} count
 */
async function panels(name, count) {
  const lot = lots?.lot(name);
  if (lots === null || lot == null) throw new Error(`the lot ${name} does not run`);
  const feeds = [];
  for (let at = 0; at < count; at += 1) {
    const grant = { name: `Panel ${at}`, extensions: [EXTENSION] };
    const { token } = await lot.admin.addToken(grant);
    const path = `${lot.path}/feed?extension=${EXTENSION}`;
    feeds.push({ port: Number(new URL(lots.url).port), path, token });
  }
  return { feeds, hook: lots.url + lot.hookPath };
}

/** Returns the memory of this process in KB. */
async function memory() {
  for (let turn = 0; turn < 3; turn += 1) {
    await pause(50);
    globalThis.gc?.();
  }
  return process.memoryUsage().rss / 1000;
}
