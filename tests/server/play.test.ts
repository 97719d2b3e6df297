import { expect, test } from 'vitest';
import { openDesk, NOON, RECEPTION, SALES, type Desk } from './desk.ts';

/** Sends a request to /play without a token, as the page does. */
function play(desk: Desk, act: string, body: unknown) {
  return desk.send('POST', `/play/${act}`, JSON.stringify(body), { authorization: '' });
}

test('GET /play returns the whole state', async () => {
  const desk = await openDesk({ slots: 12, patienceMs: 60_000, token: 'demo' });
  const call = desk.talk(RECEPTION, '+79161112233', 'Анна');
  const { status, json } = await desk.send('GET', '/play', undefined, { authorization: '' });
  expect(status).toBe(200);
  expect(json).toEqual({
    token: 'demo',
    slots: 12,
    patienceMs: 60_000,
    now: NOON,
    profile: 'lot',
    accidents: [],
    preset: 'calm',
    faults: 'calm',
    extensions: [
      { id: '34414', number: '341', name: 'Reception' },
      { id: '32494', number: '200', name: 'Sales' },
      { id: '34415', number: '342', name: 'Service' },
    ],
    calls: [
      {
        call,
        callId: expect.stringMatching(/^[0-9a-f]{32}$/),
        extension: RECEPTION,
        direction: 'in',
        state: 'talking',
        slot: null,
        number: '+79161112233',
        name: 'Анна',
        since: NOON,
      },
    ],
  });
});

test('a call rings, is answered, waits, returns and ends', async () => {
  const desk = await openDesk();
  const rung = await play(desk, 'ring', { extension: '341', number: '1', name: 'Анна' });
  expect(rung).toMatchObject({ status: 201, json: { extension: RECEPTION, state: 'ringing' } });
  const { call } = rung.json;
  expect(await play(desk, 'answer', { call })).toMatchObject({
    status: 200,
    json: { call, state: 'talking' },
  });
  await desk.ask(call, { action: 'park', slot: '4' });
  expect((await desk.send('GET', '/play')).json.calls).toMatchObject([
    { call, state: 'parked', slot: 4 },
  ]);
  const clock = await play(desk, 'clock', { forwardMs: 180_000 });
  expect(clock).toMatchObject({ status: 200, json: { now: NOON + 180_000 } });
  expect((await desk.send('GET', '/play')).json.calls).toMatchObject([
    { call, state: 'ringing', slot: null, since: NOON + 180_000 },
  ]);
  expect(await play(desk, 'hangup', { call })).toMatchObject({
    status: 200,
    json: { call, state: 'gone' },
  });
  expect((await desk.send('GET', '/play')).json.calls).toEqual([]);
});

test('an extension calls out', async () => {
  const desk = await openDesk();
  expect(await play(desk, 'dial', { extension: SALES, number: '+74950000000' })).toMatchObject({
    status: 201,
    json: { direction: 'out', state: 'ringing', number: '+74950000000', name: '+74950000000' },
  });
});

test('calls without a number get different numbers', async () => {
  const desk = await openDesk();
  const [first, second] = [
    await play(desk, 'ring', { extension: RECEPTION }),
    await play(desk, 'ring', { extension: RECEPTION }),
  ];
  expect(first.json.number).toMatch(/^\+\d+$/);
  expect(second.json.number).not.toBe(first.json.number);
});

test('a reset ends every call and empties the lot', async () => {
  const desk = await openDesk();
  await desk.ask(desk.talk(), { action: 'park', slot: '6' });
  desk.talk(SALES);
  expect((await play(desk, 'reset', {})).status).toBe(200);
  expect(desk.pbx.exchange.calls()).toEqual([]);
  const free = await desk.ask(desk.talk(), { action: 'slots' });
  expect(free.text.match(/[1-9]/g)).toHaveLength(9);
});

test.for([
  ['ring', {}, 400],
  ['ring', { extension: 34414 }, 400],
  ['ring', { extension: '999' }, 404],
  ['ring', { extension: '341', number: '' }, 400],
  ['ring', { extension: '341', number: '1'.repeat(257) }, 400],
  ['ring', { extension: '341', name: 'x'.repeat(257) }, 400],
  ['ring', { extension: '341', name: {} }, 400],
  ['dial', { extension: '341' }, 400],
  ['answer', {}, 400],
  ['answer', { call: '' }, 404],
  ['answer', { call: '3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0' }, 404],
  ['hangup', { call: '../..' }, 404],
  ['clock', {}, 400],
  ['clock', { forwardMs: -1 }, 400],
  ['clock', { forwardMs: '1000' }, 400],
  ['clock', { forwardMs: 1e300 }, 400],
  ['reset', [], 400],
] as const)('/play/%s refuses %j', async ([act, body, status]) => {
  const desk = await openDesk();
  const reply = await play(desk, act, body);
  expect(reply.status).toBe(status);
  expect(reply.json).toEqual({ message: expect.any(String) });
});

test('a call can be answered once', async () => {
  const desk = await openDesk();
  const call = desk.talk();
  expect(await play(desk, 'answer', { call })).toMatchObject({
    status: 409,
    json: { message: 'a ringing call can be answered, this one is talking' },
  });
});

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  'a\r\ndata: EventType=hangup\r\n\r\nid: 9',
  '"\\\u0000\u2028\u2029',
  '\u202Egnp.exe',
  '\uD800',
  '&EventType=hangup#?=%00+',
  '📞'.repeat(128),
  '__proto__',
];

test.for(HOSTILE)('the name %j arrives unchanged and adds nothing', async (name) => {
  const desk = await openDesk();
  const { listen } = await import('./listener.ts');
  const feed = await listen(desk, RECEPTION);
  await feed.next();
  const rung = await play(desk, 'ring', { extension: RECEPTION, number: name, name });
  expect(rung.json.name).toBe(name);
  const { event, fields } = await feed.next();
  // A lone surrogate has no UTF-8 form. The replacement character is sent in its place.
  expect([event, fields['EventType'], fields['CallerIDName']]).toEqual([
    'call',
    'dial-in',
    name.replace(/^\uD800$/, '\uFFFD'),
  ]);
  const { json } = await desk.send('GET', `/api/ver1.0/extension/${RECEPTION}/current_calls/`);
  expect(json.call_list[0].caller_id_name).toBe(name);
});

test('the list of the current calls has the documented fields', async () => {
  const desk = await openDesk();
  const incoming = desk.talk(RECEPTION, '+79161112233', 'Анна');
  desk.pbx.forward(2_680);
  const { call: outgoing } = desk.pbx.exchange.dial(RECEPTION, '+79169998877');
  desk.talk(SALES);
  await desk.ask(desk.talk(), { action: 'park' });
  const { json } = await desk.send('GET', `/api/ver1.0/extension/${RECEPTION}/current_calls`);
  const extension = { id: 34414, name: '022*341@siptest.example' };
  expect(json).toEqual({
    call_list: [
      {
        call_api_id: incoming,
        call_flow: 'in',
        caller_id_number: '+79161112233',
        caller_id_name: 'Анна',
        called_number: '022*341',
        called_did: expect.any(String),
        called_extension: extension,
        caller_extension: null,
        extension_id: 34414,
        init_time_gmt: '2026-06-15 12:30:00,00',
        answer_time_gmt: '2026-06-15 12:30:00,00',
        real_call: true,
        record_uuid: null,
      },
      {
        call_api_id: outgoing,
        call_flow: 'out',
        caller_id_number: '022*341',
        caller_id_name: 'Reception',
        called_number: '+79169998877',
        called_did: null,
        called_extension: null,
        caller_extension: extension,
        extension_id: 34414,
        init_time_gmt: '2026-06-15 12:30:02,68',
        answer_time_gmt: null,
        real_call: true,
        record_uuid: null,
      },
    ],
  });
});
