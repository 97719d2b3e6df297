import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRedis } from '../../../scripts/setup/redis.mjs';
import { openProxy, type Proxy } from './proxy.ts';

/** The path of redis-server. Null: the tests that need it are skipped. */
export const redisProgram = findRedis();

/** A real Redis, which only the proxy before it reaches. */
export interface TestRedis {
  /** The address of the proxy. */
  readonly url: string;
  readonly proxy: Proxy;
  /** Opens a proxy for one relay, so that a test can break the connections of that relay only. */
  openProxy(): Promise<Proxy>;
  /** Sends a command, without the proxy, and resolves to the first line of the answer. */
  command(...words: string[]): Promise<string>;
  /** Lets the process stand still. */
  pause(): void;
  resume(): void;
  /** Kills the process. What it did not save is lost. */
  kill(): Promise<void>;
  /** Starts the process again, with what was saved. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function openRedis(): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'valet-park-redis-'));
  const socket = join(folder, 'redis.sock');
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    rmSync(socket, { force: true });
    const words = ['--port', '0', '--unixsocket', socket, '--dir', folder];
    const rest = ['--save', '', '--appendonly', 'no', '--loglevel', 'warning'];
    child = spawn(redisProgram ?? '', [...words, ...rest], { stdio: 'ignore' });
    const failed = new Promise<never>((_, reject) => {
      child?.once('error', reject);
      child?.once('exit', (code) => reject(new Error(`redis-server ended with ${String(code)}`)));
    });
    failed.catch(() => undefined);
    await Promise.race([failed, isUp()]);
  }

  async function isUp(): Promise<void> {
    for (;;) {
      const answer = await command('PING').catch(() => '');
      if (answer === '+PONG') return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  function command(...words: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const connection = connect(socket);
      let text = '';
      connection.setEncoding('utf8');
      connection.on('error', reject);
      connection.on('close', () => reject(new Error('Redis has closed the connection')));
      connection.on('data', (part: string) => {
        text += part;
        if (!text.includes('\r\n')) return;
        resolve(text.slice(0, text.indexOf('\r\n')));
        connection.destroy();
      });
      const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
      connection.write(`*${words.length}\r\n${parts.join('')}`);
    });
  }

  async function kill(): Promise<void> {
    const killed = child;
    if (killed === null || killed.exitCode !== null || killed.signalCode !== null) return;
    const ended = new Promise((resolve) => killed.once('exit', resolve));
    killed.kill('SIGKILL');
    await ended;
  }

  await start();
  const proxy = await openProxy(socket);
  const proxies = [proxy];
  return {
    ...{ url: proxy.url, proxy, command, kill, start },
    async openProxy() {
      const another = await openProxy(socket);
      proxies.push(another);
      return another;
    },
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    async close() {
      for (const one of proxies) await one.close();
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
