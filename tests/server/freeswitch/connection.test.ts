// The connections to the event socket, with all faults of a socket.

import { expect, onTestFinished, test, vi } from 'vitest';
import { Connection } from '../../../www/server/freeswitch/connection.ts';
import { Link, type LinkOptions } from '../../../www/server/freeswitch/link.ts';
import { timersOf } from '../../../www/server/relay/timers.ts';
import { openSocket } from './open.ts';
import type { StandInSocket } from './stand-in-socket.ts';

/** Long enough for a slow machine, and short enough for a test that waits for a missing answer. */
const TIMEOUT_MS = 2_000;
/** How long `expect.poll` tries on a slow machine. */
const SOON = { timeout: 30_000 };

async function open({ port, password }: StandInSocket, timeoutMs = 8_000): Promise<Connection> {
  const connection = await Connection.open({ host: '127.0.0.1', port, password, timeoutMs });
  onTestFinished(() => connection.close());
  return connection;
}

/** Opens a link, and keeps a list of what it tells. */
function openLink({ port, password }: StandInSocket, options: Partial<LinkOptions> = {}) {
  const told: string[] = [];
  const link = new Link({
    ...{ host: '127.0.0.1', port, password, wakeIn: timersOf(undefined), random: () => 0 },
    timeoutMs: 20_000,
    events: ['HEARTBEAT', 'CUSTOM', 'valet_parking::info'],
    onEvent: ({ name }) => told.push(name),
    onUp: () => told.push('up'),
    onDown: ({ code }) => told.push(code),
    ...options,
  });
  onTestFinished(() => link.close());
  link.open();
  return { link, told };
}

const heartbeat = { name: 'HEARTBEAT', headers: {} };

test('answers belong to their commands, also if the first one takes longer', async () => {
  const release: (() => void)[] = [];
  const socket = await openSocket((command) => {
    if (command !== 'slow') return `+OK ${command}\n`;
    return new Promise((resolve) => release.push(() => resolve('+OK slow\n')));
  });
  const connection = await open(socket);
  const answers = ['slow', 'fast', 'other'].map((command) => connection.api(command));
  await expect.poll(() => release.length, SOON).toBe(1);
  release[0]?.();
  expect(await Promise.all(answers)).toEqual(['+OK slow', '+OK fast', '+OK other']);
});

test('an output that begins with - is an error of the command, and the connection stays open', async () => {
  const connection = await open(await openSocket(() => '-ERR No such channel!\n'));
  const error = { code: 'failed', message: '-ERR No such channel!' };
  await expect(connection.api('uuid_kill x')).rejects.toMatchObject(error);
  await expect(connection.send('linger')).rejects.toMatchObject({ code: 'failed' });
  expect(connection.isOpen).toBe(true);
});

test('a command of two lines is never sent', async () => {
  const socket = await openSocket();
  const connection = await open(socket);
  await expect(connection.api('echo x\n\napi shutdown')).rejects.toThrow('one line');
  await connection.api('status');
  expect(socket.commands).toEqual(['api status']);
});

test('a wrong password, a foreign machine and a closed port are told apart', async () => {
  const socket = await openSocket();
  const { port } = socket;
  const opening = (password: string) => Connection.open({ host: '127.0.0.1', port, password });
  const wrong = { code: 'refused', message: expect.stringContaining('password') };
  await expect(opening('wrong')).rejects.toMatchObject(wrong);
  socket.rejects = true;
  const foreign = { code: 'refused', message: expect.stringContaining('apply-inbound-acl') };
  await expect(opening(socket.password)).rejects.toMatchObject(foreign);
  await socket.stop();
  await expect(opening(socket.password)).rejects.toMatchObject({ code: 'unreachable' });
});

test('an error never contains the password', async () => {
  const { port } = await openSocket();
  const opening = Connection.open({ host: '127.0.0.1', port, password: 'hunter2' });
  const error = await opening.catch((one: unknown) => one);
  expect(JSON.stringify([error, String(error)])).not.toContain('hunter2');
});

test('without an answer a command fails, and so do the commands behind it', async () => {
  const socket = await openSocket();
  const connection = await open(socket, TIMEOUT_MS);
  socket.stall();
  const answers = [connection.api('one'), connection.api('two')];
  for (const answer of answers) await expect(answer).rejects.toMatchObject({ code: 'no-answer' });
  // A late answer cannot count for the next command.
  socket.resume();
  await expect(connection.api('three')).rejects.toMatchObject({ code: 'unreachable' });
});

test('a server that says nothing is not waited for', async () => {
  const socket = await openSocket();
  socket.stall();
  await expect(open(socket, TIMEOUT_MS)).rejects.toMatchObject({ code: 'unreachable' });
});

test('a link opens two connections, and tells of events', async () => {
  const socket = await openSocket();
  const { link, told } = openLink(socket);
  await expect.poll(() => told, SOON).toEqual(['up']);
  expect(socket.connections).toBe(2);
  socket.fire(heartbeat);
  socket.fire({ name: 'CUSTOM', subclass: 'valet_parking::info', headers: {} });
  socket.fire({ name: 'CUSTOM', subclass: 'sofia::register', headers: {} });
  socket.fire(heartbeat);
  await expect
    .poll(() => told, SOON)
    .toEqual(['up', 'HEARTBEAT', 'CUSTOM valet_parking::info', 'HEARTBEAT']);
  expect(await link.api('status')).toBe('+OK status');
});

test('a command that is started answers at once, and an event tells its output', async () => {
  const socket = await openSocket(() => '-ERR USER_NOT_REGISTERED\n');
  const jobs: string[] = [];
  const { link, told } = openLink(socket, {
    events: ['BACKGROUND_JOB'],
    onEvent: ({ headers, body }) => jobs.push(`${headers['Job-Command-Arg']} ${body.trim()}`),
  });
  await expect.poll(() => told, SOON).toEqual(['up']);
  await link.start('originate user/1001 &park()');
  await expect.poll(() => jobs, SOON).toEqual(['user/1001 &park() -ERR USER_NOT_REGISTERED']);
});

test('a link that breaks comes back, and a command in between fails at once', async () => {
  const socket = await openSocket();
  const { link, told } = openLink(socket);
  await expect.poll(() => told, SOON).toEqual(['up']);
  socket.cut();
  await expect.poll(() => told, SOON).toContain('no-answer');
  await expect(link.api('status')).rejects.toMatchObject({ code: 'unreachable' });
  await expect.poll(() => told, SOON).toEqual(['up', 'no-answer', 'up']);
  expect(await link.api('status')).toBe('+OK status');
  expect(socket.connections).toBe(2);
});

test('a link waits for an engine that starts later', async () => {
  const socket = await openSocket();
  await socket.stop();
  const { link, told } = openLink(socket);
  await expect.poll(() => told.length, SOON).toBeGreaterThan(1);
  expect(new Set(told)).toEqual(new Set(['unreachable']));
  expect(link.problem).toContain('cannot be reached');
  await socket.start();
  await expect.poll(() => told.at(-1), SOON).toBe('up');
  expect(link.problem).toBe(null);
});

test('the pauses between attempts grow to two seconds', () => {
  const pauses: number[] = [];
  const link = new Link({
    ...{ host: '127.0.0.1', port: 1, password: 'x', events: [], random: () => 1 },
    wakeIn: (ms) => {
      pauses.push(ms);
      return () => {};
    },
    onEvent: () => {},
    onUp: () => {},
    onDown: () => {
      if (pauses.length < 8) link.open(); // As if the pause were over.
    },
  });
  onTestFinished(() => link.close());
  link.open();
  const expected = [250, 500, 1_000, 2_000, 2_000, 2_000, 2_000, 2_000];
  return expect.poll(() => pauses, SOON).toEqual(expected);
});

test('a link notices an engine that is stopped, although no one sends a command', async () => {
  const socket = await openSocket();
  const { told } = openLink(socket, { probeMs: 20, timeoutMs: TIMEOUT_MS });
  await expect.poll(() => told, SOON).toEqual(['up']);
  await expect
    .poll(() => socket.commands.filter((one) => one.includes('echo')).length > 3, SOON)
    .toBe(true);
  socket.stall();
  await expect.poll(() => told, SOON).toContain('no-answer');
  socket.resume();
  await expect.poll(() => told.at(-1), SOON).toBe('up');
});

test('a closed link stays closed, and closes its connections', async () => {
  const socket = await openSocket();
  const onDown = vi.fn();
  const { link, told } = openLink(socket, { onDown });
  await expect.poll(() => told, SOON).toEqual(['up']);
  link.close();
  link.close();
  await expect.poll(() => socket.connections, SOON).toBe(0);
  await expect(link.api('status')).rejects.toMatchObject({ code: 'unreachable' });
  expect(onDown).not.toHaveBeenCalled();
});
