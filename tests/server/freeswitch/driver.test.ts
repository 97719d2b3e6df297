// A lot on the stand-in over real sockets: the socket breaks, stalls, and the engine restarts. Afterwards
// what is known equals the lot.

import type { Question } from 'valet-park';
import { expect, onTestFinished, test } from 'vitest';
import { FreeswitchDriver } from '../../../www/server/freeswitch/driver.ts';
import type { LotMove } from '../../../www/server/freeswitch/state.ts';
import { timersOf } from '../../../www/server/relay/timers.ts';
import { openStandIn } from './open.ts';

const SOON = { timeout: 30_000 };

async function open() {
  const { pbx, socket, restart } = await openStandIn();
  const moves: LotMove[] = [];
  const problems: (string | null)[] = [];
  const warnings: string[] = [];
  const connect = () => {
    const driver = new FreeswitchDriver({
      ...{ host: '127.0.0.1', port: socket.port, password: socket.password },
      ...{ lot: 'L', context: 'default', slots: 9, patienceMs: 180_000, timeoutMs: 3_000 },
      ...{ now: () => Date.now(), wakeIn: timersOf(undefined), probeMs: 200 },
      listener: {
        call: () => {},
        moved: (move) => moves.push(move),
        changed: (problem) => problems.push(problem),
        warn: (sentence) => warnings.push(sentence),
      },
    });
    onTestFinished(() => driver.close());
    driver.start();
    return driver;
  };
  const driver = connect();
  await expect.poll(() => driver.isReady, SOON).toBe(true);
  const ask = (call: string, action: Question['action'], slot?: number) =>
    driver.ask({ extension: '1001', call, action, ...(slot === undefined ? {} : { slot }) });
  return {
    ...{ pbx, socket, restart, connect, driver, ask, moves, problems, warnings },
    /** A call that the driver knows of. */
    async talk(name: string): Promise<string> {
      const uuid = pbx.talk('1001', '+79161112233', name);
      await expect.poll(() => driver.state.calls.callsOf('1001').length > 0, SOON).toBe(true);
      await expect.poll(() => driver.state.channels.get(uuid)?.partner, SOON).toBeTruthy();
      return uuid;
    },
    /** The calls that wait, as the driver and as the engine know them. */
    lots: () => [
      driver.state.waiting().map(({ uuid }) => uuid),
      pbx.engine.valet.list('L').map(({ uuid }) => uuid),
    ],
  };
}

test('a call is parked and connected over the sockets', async () => {
  const { ask, talk, lots, moves } = await open();
  const [a, b] = [await talk('A'), await talk('B')];
  expect(await ask(a, 'park', 6)).toMatchObject({ kind: 'parked', slot: 6, uuid: a });
  expect(lots()).toEqual([[a], [a]]);
  expect(await ask(b, 'bridge', 6)).toMatchObject({ kind: 'bridged', uuid: a });
  expect(moves).toMatchObject([
    { kind: 'parked', slot: 6, extension: '1001', number: '+79161112233', name: 'A', by: null },
    { kind: 'bridged', slot: 6, by: { uuid: b, extension: '1001' } },
  ]);
});

test('what happens while the connection is broken is known afterwards', async () => {
  const { ask, talk, pbx, socket, driver, lots, moves, problems } = await open();
  const [a, b] = [await talk('A'), await talk('B')];
  await ask(a, 'park', 6);
  await ask(b, 'park', 7);
  await socket.stop();
  await expect.poll(() => driver.isReady, SOON).toBe(false);
  expect(await ask(a, 'slots', 6)).toMatchObject({ kind: 'unclear', status: 503 });
  pbx.hangup(a);
  const c = pbx.talk('1001', '100', 'C');
  pbx.api('uuid_transfer', `${c} 'valet_park:L 3' inline`);
  await socket.start();
  await expect.poll(() => driver.isReady, SOON).toBe(true);
  await expect.poll(() => new Set(lots()[0]), SOON).toEqual(new Set([b, c]));
  const since = moves.slice(2).map(({ kind, uuid }) => `${kind} ${uuid}`);
  expect(new Set(since)).toEqual(new Set([`parked ${c}`, `unknown ${a}`]));
  expect(problems).toEqual([null, expect.any(String), null]);
});

test('a command fails clearly if the engine stops in the middle of it', async () => {
  const { ask, talk, socket, driver, lots } = await open();
  const a = await talk('A');
  socket.stall();
  expect(await ask(a, 'park', 6)).toMatchObject({ kind: 'unclear', status: 504 });
  socket.resume();
  await expect.poll(() => driver.isReady, SOON).toBe(true);
  await expect.poll(() => lots()[0], SOON).toEqual(lots()[1]);
});

test('after a restart of the engine the lot is empty', async () => {
  const { ask, talk, restart, driver, moves, lots } = await open();
  const a = await talk('A');
  await ask(a, 'park', 6);
  await restart();
  await expect.poll(() => driver.isReady && lots()[0]?.length === 0, SOON).toBe(true);
  expect(moves.at(-1)).toMatchObject({ kind: 'unknown', uuid: a });
  expect(driver.state.channels.all()).toEqual([]);
  expect(await ask(await talk('B'), 'park', 6)).toMatchObject({ kind: 'parked' });
});

test('a new relay knows who parked which call, and when', async () => {
  const { ask, talk, connect, moves } = await open();
  const a = await talk('Anna');
  await ask(a, 'park', 6);
  const [first] = moves.splice(0);
  const other = connect();
  await expect.poll(() => other.isReady, SOON).toBe(true);
  await expect.poll(() => moves.length, SOON).toBe(1);
  const { number, extension, slot, at = 0 } = moves[0] ?? {};
  expect({ number, extension, slot }).toEqual({
    number: '+79161112233',
    extension: '1001',
    slot: 6,
  });
  expect(Math.abs(at - (first?.at ?? 0))).toBeLessThan(30_000);
});

test('while FreeSWITCH is away, a pick-up is unclear, and never vacant', async () => {
  const { driver, socket } = await open();
  await socket.stop();
  await expect.poll(() => driver.isReady, SOON).toBe(false);
  const wanted = { extension: '1001', slot: 6, expect: null };
  const answer = await driver.pickUp(wanted, new AbortController().signal);
  expect(answer).toMatchObject({ kind: 'unclear', status: 503 });
});
