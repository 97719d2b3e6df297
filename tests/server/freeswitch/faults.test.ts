// The event socket breaks while people park and bridge. Afterwards every panel equals the lot.

import { expect, test } from 'vitest';
import type { ValetPark } from 'valet-park';
import { uuidOf } from '../desk.ts';
import { openEngineRelay, SOON } from './engine-relay.ts';

type Relay = Awaited<ReturnType<typeof openEngineRelay>>;

/** Breaks the connection at once. Returns what must happen later to mend it. */
type Fault = (relay: Relay) => () => void | Promise<void>;

const cut: Fault = ({ socket }) => {
  socket.cut();
  return () => {};
};
const stall: Fault = ({ socket }) => {
  socket.stall();
  return () => socket.resume();
};
const stop: Fault = ({ socket }) => {
  const stopped = socket.stop();
  return () => stopped.then(() => socket.start());
};
const restart: Fault = ({ restart: again }) => {
  const done = again();
  return () => done;
};

test.for([
  ['the socket is killed', 'hold', cut],
  ['the socket is killed', 'bridge', cut],
  ['the socket stalls', 'hold', stall],
  ['the socket stalls', 'bridge', stall],
  ['the socket is closed for a while', 'hold', stop],
  ['the socket is closed for a while', 'bridge', stop],
  ['the engine is restarted', 'hold', restart],
  ['the engine is restarted', 'bridge', restart],
] as const)(
  '%s at a `%s`, and afterwards every panel equals the lot',
  async ([, moment, fault]) => {
    const relay = await openEngineRelay({ timeoutMs: 500 });
    const { pbx, talk, ask } = relay;
    const clients = await Promise.all(['1001', '1002', '1001'].map(relay.openClient));
    const calls = new Map<string, string>();
    for (const [name, extension] of [
      ['A', '1001'],
      ['B', '1002'],
      ['C', '1001'],
      ['D', '1002'],
      ['E', '1002'],
      ['F', '1001'],
    ] as const) {
      calls.set(name, await talk(extension, '100', name));
    }
    const send = (extension: string, name: string, action: string, slot: number) =>
      ask(extension, calls.get(name) ?? '', { action, slot: String(slot) });
    expect(await send('1001', 'A', 'park', 1)).toMatchObject({ status: 200 });
    expect(await send('1002', 'B', 'park', 2)).toMatchObject({ status: 200 });

    const broken = new Promise<() => void | Promise<void>>((resolve) => {
      pbx.onFire = ({ headers }) => {
        if (headers['Action'] !== moment) return;
        pbx.onFire = () => {};
        resolve(fault(relay));
      };
    });
    const commands = [
      send('1001', 'C', 'park', 3),
      send('1002', 'D', 'bridge', 1),
      send('1002', 'E', 'park', 4),
      send('1001', 'F', 'bridge', 2),
    ];
    const mend = await broken;
    pbx.hangup(uuidOf(calls.get('E') ?? ''));
    await expect.poll(() => relay.relay.health.ok, SOON).toBe(false);
    await mend();
    await Promise.all(commands); // Each one is answered.
    await expect.poll(() => relay.relay.health.ok, SOON).toBe(true);

    await expect
      .poll(
        () => [...lostIn(relay), ...clients.filter((one) => viewOf(one) !== lotOf(relay))],
        SOON,
      )
      .toEqual([]);
    if (fault === restart) expect(lotOf(relay)).toBe('');
    const names = new Map([...calls].map(([name, call]) => [uuidOf(call), name]));
    const pairs = [...pbx.engine.channels.values()].map(
      ({ uuid, partner }) => `${names.get(uuid)}${names.get(partner?.uuid ?? '')}`,
    );
    expect(pairs.filter((pair) => /^[A-F]{2}$/.test(pair) && !/AD|DA|BF|FB/.test(pair))).toEqual(
      [],
    );
  },
);

/** The calls that a panel shows, as `6 UUID`. */
function viewOf(client: ValetPark): string {
  return client
    .getSnapshot()
    .slots.filter(({ state }) => state !== 'free')
    .map(({ state, slot, uuid }) => (state === 'held' ? `${slot} ${uuid}` : `${slot} ${state}`))
    .join(', ');
}

/** The calls that wait on the engine, as `6 UUID`. */
function lotOf({ pbx }: Relay): string {
  const waiting = [...pbx.engine.channels.values()].filter(({ isUp, stay }) => isUp && stay);
  return waiting
    .map(({ stay, uuid }) => `${stay?.slot} ${uuid}`)
    .sort()
    .join(', ');
}

/** The calls that no person can reach: with an usher, or on hold in no list. */
function lostIn({ pbx }: Relay): string[] {
  const listed = new Set(pbx.engine.valet.list('L').map(({ uuid }) => uuid));
  const all = [...pbx.engine.channels.values()].filter(({ isUp }) => isUp);
  const isUsher = (variables: ReadonlyMap<string, string>) => variables.has('valet_park_usher');
  return all
    .filter(({ uuid, stay, variables }) => isUsher(variables) || (stay && !listed.has(uuid)))
    .map(({ uuid }) => uuid);
}
