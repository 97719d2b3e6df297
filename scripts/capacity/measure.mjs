// Measures the unit costs of scripts/capacity/model.mjs on this machine, in about half a minute.

import { pause, startProcess } from '../../benches/relay/child.mjs';
import { openRedis } from '../redis/server.mjs';

const PROCESS = '../../scripts/capacity/process.mjs';
const LINES = 1_000;

/** Measures all unit costs. @returns {Promise<import('./model.mjs').Costs>} */
export async function measure() {
  const redis = await openRedis();
  try {
    return await measureWith(redis.url);
  } finally {
    await redis.close();
  }
}

/** @param {string} url */
async function measureWith(url) {
  const lots = startProcess(PROCESS);
  const lotKB = await lots.call('lots', 100);
  lots.end();
  const reader = startProcess(PROCESS);
  const shares = await reader.call('shares', url, 1_000);
  reader.end();

  const relay = startProcess(PROCESS);
  const lines = startProcess('lines.mjs');
  const address = await relay.call('start', url);
  const alone = await relay.call('messages', url, 2_000);
  await lines.call('open', address, LINES); // The heap grows once.
  const [before, usedBefore] = [await relay.call('memory'), await relay.call('used')];
  await lines.call('open', address, LINES);
  const openMs = ((await relay.call('used')) - usedBefore) / LINES;
  const lineKB = ((await relay.call('memory')) - before) / LINES;
  const told = await relay.call('messages', url, 200);
  await pause(500);
  relay.end();
  lines.end();
  const lineMessageMs = Math.max(told.messageMs - alone.messageMs, 0) / (2 * LINES);
  return { ...{ lotKB, lineKB, ...alone, lineMessageMs, openMs, ...shares }, storedKB: STORED_KB };
}

/** A message has up to 400 bytes, and Redis packs many into one node of a stream. */
const STORED_KB = 0.5;
