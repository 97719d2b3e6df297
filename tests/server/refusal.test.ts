// The refusals of the resource. A refusal changes nothing.

import { expect, test } from 'vitest';
import { openDesk, resourcePath, SALES, uuidOf, type Desk } from './desk.ts';

const NOT_FOUND = { status: 404, json: { message: 'Not found' } };

/** Sends a request, expects a status of 4XX and returns the message. */
async function expectRefused(desk: Desk, call: string, body: object): Promise<string> {
  const { status, json } = await desk.ask(call, body);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  return json.message;
}

test('a call in a taken slot stays there', async () => {
  const desk = await openDesk();
  const [first, second] = [desk.talk(), desk.talk()];
  await desk.ask(first, { action: 'park', slot: '6' });
  expect(await expectRefused(desk, second, { action: 'park', slot: '6' })).toBe(
    'slot already have parked member, slot is full',
  );
  expect(desk.stateOf(first)).toBe('parked');
  expect(desk.stateOf(second)).toBe('talking');
});

test('a full lot refuses a call', async () => {
  const desk = await openDesk({ slots: 1 });
  const [first, second] = [desk.talk(), desk.talk()];
  await desk.ask(first, { action: 'park' });
  await expectRefused(desk, second, { action: 'park' });
  expect(desk.stateOf(second)).toBe('talking');
});

test('a bridge from an empty slot or an empty lot is refused, and parks nothing', async () => {
  const desk = await openDesk();
  const call = desk.talk();
  await expectRefused(desk, call, { action: 'bridge', slot: '6' });
  await expectRefused(desk, call, { action: 'bridge' });
  expect(desk.stateOf(call)).toBe('talking');
});

test('a parked call can neither be moved nor fetch a call', async () => {
  const desk = await openDesk();
  const [waiting, other] = [desk.talk(), desk.talk()];
  await desk.ask(waiting, { action: 'park', slot: '6' });
  await desk.ask(other, { action: 'park', slot: '7' });
  await expectRefused(desk, waiting, { action: 'park', slot: '5' });
  await expectRefused(desk, waiting, { action: 'bridge', slot: '6' });
  await expectRefused(desk, waiting, { action: 'bridge', slot: '7' });
  await expectRefused(desk, waiting, { action: 'bridge' });
  expect(desk.stateOf(waiting)).toBe('parked');
  expect(desk.stateOf(other)).toBe('parked');
});

test('parking a call again in its own slot succeeds, and does not restart its patience', async () => {
  const desk = await openDesk();
  const call = desk.talk();
  await desk.ask(call, { action: 'park', slot: '6' });
  desk.pbx.forward(100_000);
  expect(await desk.ask(call, { action: 'park', slot: '6' })).toMatchObject({ status: 200 });
  desk.pbx.forward(80_000);
  expect(desk.stateOf(call)).toBe('ringing');
});

test.for([
  ['a slot beyond the last', { action: 'park', slot: '10' }],
  ['slot zero', { action: 'park', slot: '0' }],
  ['a slot that is no number', { action: 'park', slot: 'six' }],
  ['an unknown action', { action: 'unpark' }],
  ['no action', { slot: '6' }],
  ['a list', []],
  ['nothing', null],
] as const)('%s is refused', async ([, body]) => {
  const desk = await openDesk();
  const call = desk.talk();
  const { status, json } = await desk.ask(call, body);
  expect(status).toBe(400);
  expect(json.message).toEqual(expect.any(String));
  expect(desk.stateOf(call)).toBe('talking');
});

test.for(['', '{', '{"action": "park"', 'action=park', '"park"'])(
  'the body `%s` is refused',
  async (body) => {
    const desk = await openDesk();
    const { status, json } = await desk.send('PUT', resourcePath(desk.talk()), body);
    expect(status).toBe(400);
    expect(json.message).toEqual(expect.any(String));
  },
);

test('an unknown extension gets the answer 404', async () => {
  const desk = await openDesk();
  const call = desk.talk();
  for (const extension of ['1', '34414x', '@999', '@022*999', '..', "' OR 1=1"]) {
    const reply = await desk.ask(call, { action: 'slots' }, encodeURIComponent(extension));
    expect(reply.status).toBe(404);
    expect(reply.json.message).toEqual(expect.any(String));
  }
});

test('an extension can be named by its number', async () => {
  const desk = await openDesk();
  const call = desk.talk();
  for (const extension of ['34414', '@341', '@022*341']) {
    expect((await desk.ask(call, { action: 'slots' }, extension)).status).toBe(200);
  }
});

test('a call of another extension gets the same answer as an unknown call', async () => {
  const desk = await openDesk();
  const call = desk.talk();
  const unknown = await desk.ask('3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0', {
    action: 'park',
    slot: '6',
  });
  const foreign = await desk.ask(call, { action: 'park', slot: '6' }, SALES);
  expect(unknown).toMatchObject(NOT_FOUND);
  expect({ status: foreign.status, text: foreign.text }).toEqual({
    status: unknown.status,
    text: unknown.text,
  });
  expect(desk.stateOf(call)).toBe('talking');
});

test('a call that has ended gets the answer 404', async () => {
  const desk = await openDesk();
  const call = desk.talk();
  desk.pbx.exchange.hangup(call);
  expect(await desk.ask(call, { action: 'slots' })).toMatchObject(NOT_FOUND);
});

test('a call that rings can ask for slots, but cannot park', async () => {
  const desk = await openDesk();
  const { call } = desk.pbx.exchange.ring('341', '+79161112233');
  expect((await desk.ask(call, { action: 'slots' })).status).toBe(200);
  expect(await expectRefused(desk, call, { action: 'park' })).toMatch(/answer the call first/);
  expect(desk.stateOf(call)).toBe('ringing');
});

test('a call can be named without prefix, without hyphens and in capitals', async () => {
  const desk = await openDesk();
  const call = desk.talk();
  const uuid = uuidOf(call);
  for (const name of [call.toUpperCase(), uuid, uuid.replaceAll('-', '')]) {
    expect((await desk.ask(name, { action: 'slots' })).status).toBe(200);
  }
});

test('the option `askWithParked` decides about questions with a parked call', async () => {
  for (const askWithParked of [true, false]) {
    const desk = await openDesk({ askWithParked });
    const call = desk.talk();
    await desk.ask(call, { action: 'park', slot: '6' });
    const { status } = await desk.ask(call, { action: 'slots', slot: '6' });
    expect(status).toBe(askWithParked ? 200 : 404);
    expect(await desk.ask(call, { action: 'slots' }, SALES)).toMatchObject(NOT_FOUND);
  }
});

test('a bridged call cannot ask any more, and the call that fetched it can', async () => {
  const desk = await openDesk();
  const [waiting, fetching] = [desk.talk(), desk.talk(SALES)];
  await desk.ask(waiting, { action: 'park', slot: '6' });
  await desk.ask(fetching, { action: 'bridge', slot: '6' }, SALES);
  expect(await desk.ask(waiting, { action: 'slots' })).toMatchObject(NOT_FOUND);
  expect((await desk.ask(fetching, { action: 'slots' }, SALES)).status).toBe(200);
});
