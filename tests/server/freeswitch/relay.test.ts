// A relay on FreeSWITCH: the documented resource, the feed and the journal, over the stand-in.

import { expect, onTestFinished, test } from 'vitest';
import { ValetPark } from 'valet-park';
import type { Access } from '../../../www/server/access/access.ts';
import { Metrics } from '../../../www/server/metrics/metrics.ts';
import { openRelay } from '../../../www/server/relay/relay.ts';
import { openStandIn } from './stand-in.ts';

const SOON = { timeout: 30_000 };

const access: Access = {
  identify: (header) =>
    header === 'Bearer desk'
      ? { id: 'desk', name: 'desk', extensions: 'all', may: ['look', 'act'] }
      : null,
  onRevoked: () => () => {},
};

async function open() {
  const { pbx, socket, restart } = await openStandIn();
  const logger = { info: () => {}, warn: () => {}, error: () => {} };
  const relay = openRelay(
    {
      freeswitch: { port: socket.port, password: socket.password, lot: 'L', probeMs: 200 },
      ...{ extensions: ['1001', '1002'], access, logger, patienceMs: 180_000 },
    },
    new Metrics(),
  );
  onTestFinished(() => relay.dispose());
  await expect.poll(() => relay.health.ok, SOON).toBe(true);
  const headers = { Authorization: 'Bearer desk' };
  const send = async (method: string, path: string, body?: object) => {
    const response = await relay.fetch(
      new Request(`http://relay.invalid/api/ver1.0${path}`, {
        ...{ method, headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    return { status: response.status, json: (await response.json()) as unknown };
  };
  return {
    ...{ pbx, socket, restart, relay, send },
    /** The `call_api_id` of a call that the relay knows of. */
    async talk(extension: string, number: string, name: string): Promise<string> {
      const uuid = pbx.talk(extension, number, name);
      await expect
        .poll(
          async () =>
            JSON.stringify((await send('GET', `/extension/${extension}/current_calls/`)).json),
          SOON,
        )
        .toContain(uuid);
      return `2130706433-${uuid}`;
    },
    ask: (extension: string, call: string, body: object) =>
      send('PUT', `/extension/${extension}/valet_park/${call}`, body),
    async openClient(extension: string): Promise<ValetPark> {
      const park = await ValetPark.open({
        ...{ baseUrl: 'http://relay.invalid/api/ver1.0', extension, tabs: 'solo' },
        ...{ feed: `http://relay.invalid/feed?extension=${extension}`, headers: () => headers },
        fetch: async (input, init) => relay.fetch(new Request(input, init)),
      });
      onTestFinished(() => park.dispose());
      park.subscribe(() => {});
      return park;
    },
  };
}

test('the example of the specification: park, see, bridge', async () => {
  const { talk, ask } = await open();
  const [first, second] = [
    await talk('1001', '+79161112233', 'Anna'),
    await talk('1002', '+79169998877', 'Boris'),
  ];
  expect(await ask('1001', first, { action: 'park', slot: '6' })).toMatchObject({ status: 200 });
  const taken = await ask('1002', second, { action: 'park', slot: '6' });
  expect(taken.status).toBeGreaterThanOrEqual(400);
  expect(taken.json).toMatchObject({ message: 'slot already have parked member, slot is full' });
  const uuid = first.slice(first.indexOf('-') + 1);
  expect(await ask('1002', second, { action: 'slots', slot: '6' })).toMatchObject({
    ...{ status: 200, json: { slot: '6', UUID: uuid } },
  });
  const free = await ask('1002', second, { action: 'slots' });
  expect(JSON.stringify(free.json).match(/[1-9]/g)).toEqual([
    '1',
    '2',
    '3',
    '4',
    '5',
    '7',
    '8',
    '9',
  ]);
  expect(await ask('1002', second, { action: 'bridge', slot: '6' })).toMatchObject({ status: 200 });
  expect(await ask('1001', second, { action: 'slots' })).toMatchObject({ status: 404 });
});

test('each client sees who waits, without asking, and how the call left', async () => {
  const { talk, openClient, pbx } = await open();
  const [one, other] = [await openClient('1001'), await openClient('1002')];
  const call = await talk('1001', '+79161112233', 'Anna');
  await expect.poll(() => one.getSnapshot().calls.map((view) => view.call), SOON).toContain(call);
  await one.park(call, { slot: 6 });
  const slotOf = (client: ValetPark) => client.getSnapshot().slots.find(({ slot }) => slot === 6);
  for (const client of [one, other]) {
    await expect.poll(() => slotOf(client), SOON).toMatchObject({ state: 'held', confirmed: true });
  }
  expect(JSON.stringify(slotOf(other))).toContain('Anna');
  pbx.hangup(call.slice(call.indexOf('-') + 1));
  for (const client of [one, other]) {
    await expect.poll(() => slotOf(client)?.state, SOON).toBe('free');
  }
});

test('a client parks and another one bridges, and both promises are true', async () => {
  const { talk, openClient, pbx } = await open();
  const [one, other] = [await openClient('1001'), await openClient('1002')];
  const first = await talk('1001', '+79161112233', 'Anna');
  const second = await talk('1002', '+79169998877', 'Boris');
  for (const [client, call] of [
    [one, first],
    [other, second],
  ] as const) {
    await expect
      .poll(() => client.getSnapshot().calls.map((view) => view.call), SOON)
      .toContain(call);
  }
  expect(await one.park(first, { slot: 3 })).toMatchObject({ slot: 3 });
  const uuid = first.slice(first.indexOf('-') + 1);
  expect(await other.bridge(second, { slot: 3 })).toMatchObject({ slot: 3, uuid });
  const partner = pbx.engine.channels.get(uuid)?.partner?.uuid;
  expect(`2130706433-${partner}`).toBe(second);
});

test('while FreeSWITCH is away, nothing is claimed, and afterwards every client equals the lot', async () => {
  const { talk, ask, openClient, pbx, socket, relay } = await open();
  const client = await openClient('1002');
  const [a, b] = [await talk('1001', '100', 'Anna'), await talk('1001', '200', 'Boris')];
  await ask('1001', a, { action: 'park', slot: '6' });
  await ask('1001', b, { action: 'park', slot: '7' });
  const held = () =>
    client
      .getSnapshot()
      .slots.filter(({ state }) => state === 'held')
      .map(({ slot }) => slot);
  await expect.poll(held, SOON).toEqual([6, 7]);
  await socket.stop();
  await expect.poll(() => relay.health.ok, SOON).toBe(false);
  expect((await ask('1001', a, { action: 'slots', slot: '6' })).status).toBe(503);
  pbx.hangup(a.slice(a.indexOf('-') + 1));
  await socket.start();
  await expect.poll(() => relay.health.ok, SOON).toBe(true);
  await expect.poll(held, SOON).toEqual([7]);
});
