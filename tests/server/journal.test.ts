// The journal of the embedded switch: notes, stays, and how the calls left.

import { expect, test } from 'vitest';
import { openDesk, RECEPTION, resourcePath, SALES, uuidOf, type Desk } from './desk.ts';
import { listen } from './listener.ts';

async function annotate(desk: Desk, call: string, body: object, extension = RECEPTION) {
  const path = `${resourcePath(call, extension)}/note`;
  const { status, json, headers } = await desk.send('PUT', path, JSON.stringify(body));
  return { status, json, id: headers.get('x-feed-id') };
}

async function rowsOf(desk: Desk, after = 0) {
  const { json } = await desk.send('GET', `/journal?after=${after}`);
  return json.rows;
}

async function parkAt(desk: Desk, slot: string, number = '+79161112233', name = 'Anna') {
  const call = desk.talk(RECEPTION, number, name);
  expect((await desk.ask(call, { action: 'park', slot })).status).toBe(200);
  return call;
}

test('a note reaches every subscriber, the journal, and the beginning of later feeds', async () => {
  const desk = await openDesk();
  const call = await parkAt(desk, '6');
  const feed = await listen(desk, SALES, undefined, 'all');
  while ((await feed.next()).event !== 'asked');

  const text = 'asks for Ольга & Sales; line = 2\nurgent';
  const body = { slot: '6', note: text, for: 'Ольга' };
  const answer = await annotate(desk, call, body, SALES);
  const told = await feed.next();
  expect(answer).toEqual({ status: 200, json: {}, id: told.id });
  const fields = { call, slot: '6', note: text, for: 'Ольга', by: SALES };
  expect([told.event, told.fields]).toEqual(['note', fields]);

  const later = await listen(desk, RECEPTION, undefined, 'all');
  let block = await later.next();
  const before: (string | null)[] = [];
  for (; block.event !== 'note'; block = await later.next()) before.push(block.event);
  expect(before.slice(-2)).toEqual(['lot', 'asked']);
  expect(block.fields).toEqual(fields);
  expect(await rowsOf(desk)).toEqual([
    expect.objectContaining({
      ...{ slot: 6, call, extension: RECEPTION, number: '+79161112233', name: 'Anna' },
      ...{ note: text, forWhom: 'Ольга', notedBy: SALES, departure: null },
    }),
  ]);
});

test('a missing field keeps its text, null and an empty text remove it', async () => {
  const desk = await openDesk();
  const call = await parkAt(desk, '6');
  const noted = async (body: object) => {
    expect((await annotate(desk, call, { slot: 6, ...body })).status).toBe(200);
    const [{ note, forWhom }] = await rowsOf(desk);
    return [note, forWhom];
  };
  expect(await noted({ note: 'a', for: 'b' })).toEqual(['a', 'b']);
  expect(await noted({ for: 'c' })).toEqual(['a', 'c']);
  expect(await noted({ note: null })).toEqual([null, 'c']);
  expect(await noted({ note: ' d ', for: ' ' })).toEqual(['d', null]);
});

test('the call may be named by its UUID alone', async () => {
  const desk = await openDesk();
  const call = await parkAt(desk, '6');
  const uuid = uuidOf(call).toUpperCase();
  expect((await annotate(desk, uuid, { slot: '6', note: 'a' })).status).toBe(200);
});

test.for([
  [{ slot: '6', note: 'a'.repeat(201) }, /`note` must be a text of at most 200 characters/],
  [{ slot: '6', for: 'a'.repeat(201) }, /`for` must be a text of at most 200 characters/],
  [{ slot: '6', note: 5 }, /`note` must be a text/],
  [{ note: 'a' }, /`slot` must be the number of a slot/],
  [{ slot: '0', note: 'a' }, /`slot` must be the number of a slot/],
  [{ slot: 1.5, note: 'a' }, /`slot` must be the number of a slot/],
] as const)('the note %j is refused', async ([body, message]) => {
  const desk = await openDesk();
  const call = await parkAt(desk, '6');
  const refused = await annotate(desk, call, body);
  const json = { message: expect.stringMatching(message) };
  expect(refused).toEqual({ status: 400, json, id: null });
});

test('a note of 200 characters is allowed, in any script', async () => {
  const desk = await openDesk();
  const call = await parkAt(desk, '6');
  for (const letter of ['a', 'Ж', '☎', '🚗']) {
    const body = { slot: '6', note: letter.repeat(200) };
    expect((await annotate(desk, call, body)).status).toBe(200);
  }
});

test('a note needs a call that waits in the slot, an extension, and a token', async () => {
  const desk = await openDesk();
  const call = await parkAt(desk, '6');
  const other = desk.talk();
  const body = { slot: '6', note: 'a' };
  expect((await annotate(desk, other, body)).status).toBe(409);
  expect((await annotate(desk, call, { ...body, slot: '5' })).status).toBe(409);
  expect((await annotate(desk, call, body, '1')).status).toBe(404);
  const path = `${resourcePath(call)}/note`;
  const anyone = await desk.send('PUT', path, JSON.stringify(body), { authorization: '' });
  expect(anyone.status).toBe(401);
  expect((await desk.send('GET', '/journal', undefined, { authorization: '' })).status).toBe(401);
  expect((await desk.send('GET', path)).status).toBe(405);
  desk.pbx.exchange.hangup(call);
  expect((await annotate(desk, call, body)).status).toBe(409);
});

test.for(['bridged', 'returned', 'abandoned'])(
  'the journal says that a call was %s',
  async (how) => {
    const desk = await openDesk();
    const call = await parkAt(desk, '6');
    await annotate(desk, call, { slot: '6', note: 'a' });
    const [{ changed, parkedAt }] = await rowsOf(desk);
    desk.pbx.forward(1_000);
    const other = desk.talk(SALES);
    if (how === 'bridged') await desk.ask(other, { action: 'bridge', slot: '6' }, SALES);
    if (how === 'returned') desk.pbx.forward(180_000);
    if (how === 'abandoned') desk.pbx.exchange.hangup(call);
    const rows = await rowsOf(desk, changed);
    const takenBy = how === 'bridged' ? SALES : null;
    const at = parkedAt + (how === 'returned' ? 180_000 : 1_000);
    expect(rows).toEqual([
      expect.objectContaining({ call, note: 'a', departure: { at, reason: how, takenBy } }),
    ]);
    expect(await rowsOf(desk, rows[0].changed)).toEqual([]);
  },
);

test('with the profile `freeswitch` the journal follows the answers', async () => {
  const desk = await openDesk({ profile: 'freeswitch', now: Date.now });
  const call = await parkAt(desk, '6');
  expect(await annotate(desk, call, { slot: '6', note: 'a' })).toMatchObject({ status: 200 });
  const other = desk.talk(SALES);
  await desk.ask(other, { action: 'slots', slot: '6' }, SALES);
  expect(await rowsOf(desk)).toHaveLength(1);
  await desk.ask(other, { action: 'bridge', slot: '6' }, SALES);
  const departure = { reason: 'bridged', takenBy: SALES };
  expect(await rowsOf(desk)).toMatchObject([{ call, name: 'Anna', note: 'a', departure }]);
});

test('rows are deleted by number, in any spelling', async () => {
  const desk = await openDesk();
  const call = await parkAt(desk, '6');
  await parkAt(desk, '5', '+79162223344');
  desk.pbx.exchange.hangup(call);
  const forget = (number: string) =>
    desk.send('DELETE', `/journal?number=${encodeURIComponent(number)}`);
  expect((await forget('9161112233')).json).toEqual({ removed: 0 });
  expect((await forget('+7 (916) 111-22-33')).json).toEqual({ removed: 1 });
  expect(await rowsOf(desk)).toMatchObject([{ number: '+79162223344' }]);
  expect((await forget('')).status).toBe(400);
  expect((await desk.send('GET', '/journal?after=x')).status).toBe(400);
});

test('a restart of the switch forgets the journal', async () => {
  const desk = await openDesk();
  await parkAt(desk, '6');
  desk.pbx.setFaults('restart=1');
  await expect(desk.ask('1-aa', { action: 'slots' })).rejects.toThrow();
  desk.pbx.setFaults('calm');
  expect(await rowsOf(desk)).toEqual([]);
});
