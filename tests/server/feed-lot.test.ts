import { expect, test } from 'vitest';
import { openDesk, RECEPTION, SALES, type Desk } from './desk.ts';
import { listen } from './listener.ts';

/** Makes a call to an extension, which answers it. */
function talk(desk: Desk, extension: string, number: string): string {
  const { call } = desk.pbx.exchange.ring(extension, number, 'Anna');
  desk.pbx.exchange.answer(call);
  return call;
}

async function put(desk: Desk, extension: string, call: string, body: object): Promise<Response> {
  return fetch(`${desk.pbx.url}/api/ver1.0/extension/${extension}/valet_park/${call}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${desk.pbx.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

test('all subscribers get all moves and all answers, in one order', async () => {
  const desk = await openDesk();
  const call = talk(desk, RECEPTION, '+7916');
  const feed = await listen(desk, SALES, undefined, 'all');
  await feed.next(); // The pause before a new connection.
  expect((await feed.next()).fields).toMatchObject({ status: '200', body: '{"action":"slots"}' });

  const reply = await put(desk, RECEPTION, call, { action: 'park', slot: '6' });
  const [moved, asked] = [await feed.next(), await feed.next()];
  expect([moved.event, moved.fields]).toEqual([
    'lot',
    {
      kind: 'parked',
      slot: '6',
      call,
      number: '+7916',
      name: 'Anna',
      extension: RECEPTION,
      ago: '0',
    },
  ]);
  expect([asked.event, asked.fields['path'], asked.fields['answer']]).toEqual([
    'asked',
    `/extension/${RECEPTION}/valet_park/${call}`,
    await reply.text(),
  ]);
  expect(Number(asked.id)).toBeGreaterThan(Number(moved.id));
  expect(reply.headers.get('x-feed-id')).toBe(asked.id);
});

test('a new subscriber gets the parked calls, and then the free slots', async () => {
  const desk = await openDesk();
  const call = talk(desk, RECEPTION, '+7916');
  await put(desk, RECEPTION, call, { action: 'park', slot: '6' });
  desk.pbx.forward(60_000);
  const feed = await listen(desk, SALES, undefined, 'all');
  const start = await feed.next();
  const [held, free] = [await feed.next(), await feed.next()];
  expect(held.fields).toMatchObject({ kind: 'parked', slot: '6', call, name: 'Anna' });
  expect(Number(held.fields['ago'])).toBeGreaterThanOrEqual(60_000);
  expect(JSON.parse(free.fields['answer'] ?? '')).toEqual({
    slots: ['1', '2', '3', '4', '5', '7', '8', '9'],
  });
  expect([held.id, free.id]).toEqual([start.id, start.id]);
});

test.for(['bridged', 'returned', 'abandoned'])(
  'the feed reports that a call was %s',
  async (kind) => {
    const desk = await openDesk();
    const [call, other] = [talk(desk, RECEPTION, '1'), talk(desk, RECEPTION, '2')];
    await put(desk, RECEPTION, call, { action: 'park', slot: '6' });
    const feed = await listen(desk, SALES, undefined, 'all');
    for (let block = 0; block < 3; block += 1) await feed.next();
    if (kind === 'bridged') await put(desk, RECEPTION, other, { action: 'bridge', slot: '6' });
    if (kind === 'returned') desk.pbx.forward(180_000);
    if (kind === 'abandoned') desk.pbx.exchange.hangup(call);
    expect((await feed.next()).fields).toMatchObject({ kind, slot: '6', call });
  },
);

test('for a bridged call the feed names the other call and its extension', async () => {
  const desk = await openDesk();
  const [call, other] = [talk(desk, RECEPTION, '1'), talk(desk, SALES, '2')];
  await put(desk, RECEPTION, call, { action: 'park', slot: '6' });
  const feed = await listen(desk, SALES, undefined, 'all');
  while ((await feed.next()).event !== 'asked');
  const name = other.slice(other.indexOf('-') + 1).toUpperCase(); // Another spelling of the call.
  await put(desk, SALES, name, { action: 'bridge', slot: '6' });
  const { fields } = await feed.next();
  expect(fields).toMatchObject({ kind: 'bridged', call, by: other, taken_by: SALES });
  expect(fields).toMatchObject({ extension: RECEPTION });
});

test.for(['parked', 'returned', 'abandoned'])(
  'for a call that was %s the feed names no other call',
  async (kind) => {
    const desk = await openDesk();
    const call = talk(desk, RECEPTION, '1');
    const feed = await listen(desk, SALES, undefined, 'all');
    while ((await feed.next()).event !== 'asked');
    await put(desk, RECEPTION, call, { action: 'park', slot: '6' });
    if (kind === 'returned') desk.pbx.forward(180_000);
    if (kind === 'abandoned') desk.pbx.exchange.hangup(call);
    let { fields } = await feed.next();
    while (fields['kind'] !== kind) ({ fields } = await feed.next());
    expect(Object.keys(fields)).not.toContain('by');
    expect(Object.keys(fields)).not.toContain('taken_by');
  },
);

test('with the profile `freeswitch` the feed reports answers only', async () => {
  const desk = await openDesk({ profile: 'freeswitch', now: Date.now });
  const call = talk(desk, RECEPTION, '1');
  const feed = await listen(desk, SALES, undefined, 'all');
  await feed.next();
  await put(desk, RECEPTION, call, { action: 'park', slot: '6' });
  expect((await feed.next()).event).toBe('asked');
});

test('a new subscriber gets the events of the calls that ring or talk at the extension', async () => {
  const desk = await openDesk();
  const talking = talk(desk, RECEPTION, '+7916');
  const ringing = desk.pbx.exchange.ring(RECEPTION, '+7917', 'Boris').call;
  talk(desk, SALES, '+7918');
  const feed = await listen(desk, RECEPTION, undefined, 'all');
  await feed.next(); // The pause before a new connection.
  const blocks = [await feed.next(), await feed.next(), await feed.next()];
  expect(
    blocks.map(({ event, fields }) => [event, fields['EventType'], fields['CallAPIID']]),
  ).toEqual([
    ['call', 'dial-in', talking],
    ['call', 'answer', talking],
    ['call', 'dial-in', ringing],
  ]);
  expect((await feed.next()).event).toBe('asked');
});
