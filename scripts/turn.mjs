// Lets only one build run in this folder. A second one, as of `npm test` beside `npm start`, waits.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { at } from './step.mjs';

const lock = at('.cache/building');

/**
 * Runs `work` when no other build is running.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inTurn(work) {
  mkdirSync(at('.cache'), { recursive: true });
  for (let told = false; !taken(); told = true) {
    if (!told) console.log('▸ waiting for another build (its process id is in .cache/building)');
    await sleep(200);
  }
  const release = () => rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/** Takes the lock and returns true. A lock whose process has ended is removed first. */
function taken() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!alive(holder())) rmSync(lock, { force: true });
    return false;
  }
}

/** Returns the id of the process that has the lock, or 0 if the lock is empty or gone. */
function holder() {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return 0;
  }
}

/** Whether the process runs. An empty lock (0) was just taken, and its owner is still writing. */
function alive(/** @type {number} */ pid) {
  if (pid === 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
