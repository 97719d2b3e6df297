// Starts a real Redis for tests. Programs reach it through a proxy only.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findRedis } from '../setup/redis.mjs';
import { openProxy } from './proxy.mjs';

/** The path of redis-server. Null: what needs it is skipped. */
export const redisProgram = findRedis();

/** @typedef {Awaited<ReturnType<typeof openRedis>>} TestRedis */

export async function openRedis() {
  const folder = mkdtempSync(join(tmpdir(), 'valet-park-redis-'));
  const socket = join(folder, 'redis.sock');
  /** @type {import('node:child_process').ChildProcess | null} */
  let child = null;

  async function start() {
    rmSync(socket, { force: true });
    const place = ['--port', '0', '--unixsocket', socket, '--dir', folder];
    const storage = ['--save', '', '--appendonly', 'no', '--loglevel', 'warning'];
    const own = spawn(redisProgram ?? '', [...place, ...storage], { stdio: 'ignore' });
    child = own;
    const failed = new Promise((_, reject) => {
      own.once('error', reject);
      own.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    });
    failed.catch(() => {});
    await Promise.race([failed, isUp()]);
  }

  async function isUp() {
    while ((await command('PING').catch(() => '')) !== '+PONG') await pause(10);
  }

  /**
   * Sends a command, without a proxy, and resolves to the first line of the answer.
   *
   * @param {...string} words @returns {Promise<string>}
   */
  function command(...words) {
    return new Promise((resolve, reject) => {
      const connection = connect(socket);
      let text = '';
      connection.setEncoding('utf8');
      connection.on('error', reject);
      connection.on('close', () => reject(new Error('Redis has closed the connection')));
      connection.on('data', (/** @type {string} */ part) => {
        text += part;
        if (!text.includes('\r\n')) return;
        resolve(text.slice(0, text.indexOf('\r\n')));
        connection.destroy();
      });
      const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
      connection.write(`*${words.length}\r\n${parts.join('')}`);
    });
  }

  /** Kills the process. What it did not save is lost. */
  async function kill() {
    const killed = child;
    if (killed?.exitCode !== null || killed.signalCode !== null) return;
    const ended = new Promise((resolve) => killed.once('exit', resolve));
    killed.kill('SIGKILL');
    await ended;
  }

  await start();
  const proxy = await openProxy(socket);
  const proxies = [proxy];
  return {
    ...{ url: proxy.url, socket, proxy, command, kill },
    /** Starts the process again, with what was saved. */
    start,
    /** Opens a proxy for one relay, so that a test can break the connections of that relay only. */
    async openProxy() {
      const another = await openProxy(socket);
      proxies.push(another);
      return another;
    },
    /** Lets the process stand still. */
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    async close() {
      for (const one of proxies) await one.close();
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
