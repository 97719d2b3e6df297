// The example in the specification of the resource, step by step, over real HTTP.

import { expect, test } from 'vitest';
import { openDesk, RECEPTION, uuidOf } from './desk.ts';
import { listen } from './listener.ts';

test('a call is parked in slot 6, found there, and fetched by the next call', async () => {
  const desk = await openDesk();
  const feed = await listen(desk, RECEPTION);
  await feed.next();

  // A call comes to an extension and is answered. The `answer` event has the `CallAPIID`.
  desk.talk();
  expect((await feed.next()).fields['EventType']).toBe('dial-in');
  const first = (await feed.next()).fields['CallAPIID'] ?? '';
  expect(first).toMatch(/^\d+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

  // The call is parked, and the conversation ends at the extension.
  expect(await desk.ask(first, { action: 'park', slot: '6' })).toMatchObject({ status: 200 });
  const hangup = await feed.next();
  expect(hangup.fields).toMatchObject({ EventType: 'hangup', CallAPIID: first });

  // A second call, this time an outgoing one, has another `CallAPIID`.
  desk.pbx.exchange.answer(desk.pbx.exchange.dial(RECEPTION, '+79169998877').call);
  await feed.next();
  const second = (await feed.next()).fields['CallAPIID'] ?? '';
  expect(second).not.toBe(first);

  const taken = await desk.ask(second, { action: 'park', slot: '6' });
  expect(taken.status).toBeGreaterThanOrEqual(400);
  expect(taken.json).toMatchObject({ message: 'slot already have parked member, slot is full' });

  const held = await desk.ask(second, { action: 'slots', slot: '6' });
  expect(held).toMatchObject({ status: 200, json: { slot: '6', UUID: uuidOf(first) } });

  const free = await desk.ask(second, { action: 'slots' });
  expect(free.status).toBe(200);
  expect(free.text.match(/[1-9]/g)).toEqual(['1', '2', '3', '4', '5', '7', '8', '9']);

  expect(await desk.ask(second, { action: 'bridge', slot: '6' })).toMatchObject({ status: 200 });
  expect(desk.stateOf(first)).toBe('bridged');
  expect(desk.stateOf(second)).toBe('talking');
  const after = await desk.ask(second, { action: 'slots' });
  expect(after.text.match(/[1-9]/g)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
});

test('without a slot, `park` takes the first free slot and `bridge` fetches a call', async () => {
  const desk = await openDesk();
  const first = desk.talk();
  const second = desk.talk();
  await desk.ask(first, { action: 'park' });
  expect(await desk.ask(second, { action: 'slots', slot: '1' })).toMatchObject({
    json: { slot: '1', UUID: uuidOf(first) },
  });
  expect(await desk.ask(second, { action: 'bridge' })).toMatchObject({ status: 200 });
  expect(desk.stateOf(first)).toBe('bridged');
});

test('after three minutes the call returns to the extension that parked it', async () => {
  const desk = await openDesk();
  const feed = await listen(desk, RECEPTION);
  const call = desk.talk(RECEPTION, '+79161112233', 'Анна');
  await desk.ask(call, { action: 'park', slot: '6' });
  await feed.next();
  const first = await feed.next();
  await feed.next();
  await feed.next();

  desk.pbx.forward(179_999);
  expect(desk.stateOf(call)).toBe('parked');
  desk.pbx.forward(1);
  expect(desk.stateOf(call)).toBe('ringing');

  const { fields } = await feed.next();
  const { EventTime = '', SubCallID, ...same } = fields;
  expect(same).toMatchObject({
    EventType: 'dial-in',
    CallAPIID: call,
    CallID: first.fields['CallID'],
    CallerIDNum: '+79161112233',
    CallerIDName: 'Анна',
  });
  expect(SubCallID).not.toBe(first.fields['SubCallID']);
  expect(Number(EventTime) - Number(first.fields['EventTime'])).toBe(180_000_000);

  desk.pbx.exchange.answer(call);
  expect(await desk.ask(call, { action: 'slots', slot: '6' })).toMatchObject({ json: {} });
  expect(await desk.ask(call, { action: 'park', slot: '6' })).toMatchObject({ status: 200 });
});
