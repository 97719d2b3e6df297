// A relay on FreeSWITCH: the documented resource, the feed and the journal, over the stand-in.

import { expect, test } from 'vitest';
import type { ValetPark } from 'valet-park';
import { uuidOf } from '../desk.ts';
import { openEngineRelay, SOON } from './engine-relay.ts';

test('the example of the specification: park, see, bridge', async () => {
  const { talk, ask } = await openEngineRelay();
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
  const { talk, openClient, pbx } = await openEngineRelay();
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
  const { talk, openClient, pbx } = await openEngineRelay();
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
  for (const client of [one, other]) {
    const third = () => client.getSnapshot().slots[2];
    await expect.poll(third, SOON).toMatchObject({ state: 'free', confirmed: true });
  }
  const partner = pbx.engine.channels.get(uuid)?.partner?.uuid;
  expect(`2130706433-${partner}`).toBe(second);
});

test('a caller who was picked up talks in the panel of the telephone', async () => {
  const { talk, ask, openClient, pbx } = await openEngineRelay();
  const other = await openClient('1002');
  const call = await talk('1001', '+79161112233', 'Anna');
  await ask('1001', call, { action: 'park', slot: '6' });
  await expect.poll(() => other.getSnapshot().slots[5]?.state, SOON).toBe('held');
  const phone = () =>
    [...pbx.engine.channels.values()].find(({ variables }) => variables.has('valet_park_pick_up'));
  const picked = other.pickUp(6);
  await expect.poll(() => phone()?.uuid, SOON).not.toBe(undefined);
  const ringing = phone();
  if (ringing !== undefined) pbx.answer(ringing);
  expect(await picked).toEqual({ slot: 6, uuid: uuidOf(call) });
  await expect
    .poll(() => other.getSnapshot().calls, SOON)
    .toMatchObject([{ call, state: 'talking', caller: { name: 'Anna' } }]);
  expect(await other.park(call, { slot: 4 })).toMatchObject({ slot: 4 });
});

test('while FreeSWITCH is away, nothing is claimed, and afterwards every client equals the lot', async () => {
  const { talk, ask, openClient, pbx, socket, relay } = await openEngineRelay();
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
  // The panels learn it without asking, also a panel that opens now.
  const late = await openClient('1001');
  for (const panel of [client, late]) {
    await expect.poll(() => panel.getSnapshot().sync.state, SOON).toBe('offline');
  }
  expect(late.getSnapshot().slots.map(({ state }) => state)).toEqual(Array(9).fill('unknown'));
  expect((await ask('1001', a, { action: 'slots', slot: '6' })).status).toBe(503);
  pbx.hangup(a.slice(a.indexOf('-') + 1));
  await socket.start();
  await expect.poll(() => relay.health.ok, SOON).toBe(true);
  await expect.poll(held, SOON).toEqual([7]);
  for (const panel of [client, late]) {
    await expect.poll(() => panel.getSnapshot().sync.state, SOON).toBe('live');
    await expect
      .poll(() => panel.getSnapshot().slots.every((slot) => slot.confirmed), SOON)
      .toBe(true);
  }
});
