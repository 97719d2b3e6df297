import { expect, test } from 'vitest';
import { parseCallEvent } from 'valet-park';
import { openDesk, RECEPTION, SALES, type Desk } from './desk.ts';
import { openReceiver } from './receiver.ts';

function register(desk: Desk, body: object, extension = RECEPTION) {
  return desk.send('POST', `/api/ver1.0/extension/${extension}/event/`, JSON.stringify(body));
}

test('a GET delivers an event in the query, after the query of the URL', async () => {
  const desk = await openDesk();
  const receiver = await openReceiver();
  const made = await register(desk, { url: receiver.url, event_type: 'answer', method: 'GET' });
  expect(made).toMatchObject({
    status: 201,
    json: { id: expect.any(String), url: receiver.url, event_type: 'answer', method: 'GET' },
  });
  const call = desk.talk(RECEPTION, '+79161112233', 'Ж & Co = 1?#');

  const { method, url, body } = await receiver.next();
  expect([method, body, url.pathname]).toEqual(['GET', '', '/hook']);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    secret: 's&t',
    EventType: 'answer',
    CallAPIID: call,
    CallerIDName: 'Ж & Co = 1?#',
  });
  expect(parseCallEvent(url.search)).toMatchObject({ type: 'answer', call, extension: RECEPTION });
});

test('a POST delivers an event as a form', async () => {
  const desk = await openDesk();
  const receiver = await openReceiver();
  await register(desk, { url: receiver.url, event_type: 'dial-in', method: 'POST' });
  const call = desk.talk();
  const { method, url, body, contentType } = await receiver.next();
  expect([method, url.search]).toEqual(['POST', '?secret=s%26t']);
  expect(contentType).toMatch('application/x-www-form-urlencoded');
  expect(parseCallEvent(body)).toMatchObject({ type: 'dial-in', call });
});

test('only events of the registered type and extension are delivered, in order', async () => {
  const desk = await openDesk();
  const receiver = await openReceiver();
  await register(desk, { url: receiver.url, event_type: 'dial-in', method: 'POST' });
  desk.talk(SALES, '1');
  desk.talk(RECEPTION, '2');
  desk.talk(RECEPTION, '3');
  expect(parseCallEvent((await receiver.next()).body).caller?.number).toBe('2');
  expect(parseCallEvent((await receiver.next()).body).caller?.number).toBe('3');
  expect(receiver.count()).toBe(2);
});

test.for(['refuses', 'breaks off', 'redirects'])(
  'a URL that %s at first is tried again',
  async (how) => {
    const desk = await openDesk({ webhooks: { retryMs: 1 } });
    const receiver = await openReceiver((response, count) => {
      if (count > 2) response.end();
      else if (how === 'refuses') response.writeHead(500).end();
      else if (how === 'redirects') response.writeHead(302, { location: '/elsewhere' }).end();
      else response.destroy();
    });
    await register(desk, { url: receiver.url, event_type: 'dial-in', method: 'POST' });
    desk.talk(RECEPTION, '1');
    const tries = [await receiver.next(), await receiver.next(), await receiver.next()];
    for (const { body, url } of tries) {
      expect([parseCallEvent(body).caller?.number, url.pathname]).toEqual(['1', '/hook']);
    }
  },
);

test('after three tries an event is dropped, and the next one follows', async () => {
  const desk = await openDesk({ webhooks: { retryMs: 1 } });
  const receiver = await openReceiver((response) => response.writeHead(503).end());
  await register(desk, { url: receiver.url, event_type: 'dial-in', method: 'POST' });
  desk.talk(RECEPTION, '1');
  desk.talk(RECEPTION, '2');
  const numbers = [];
  for (let count = 0; count < 6; count += 1) {
    numbers.push(parseCallEvent((await receiver.next()).body).caller?.number);
  }
  expect(numbers).toEqual(['1', '1', '1', '2', '2', '2']);
});

test('a URL that never answers delays neither calls nor other URLs', async () => {
  const desk = await openDesk();
  const deaf = await openReceiver(() => {});
  const other = await openReceiver();
  await register(desk, { url: deaf.url, event_type: 'dial-in', method: 'POST' });
  await register(desk, { url: other.url, event_type: 'dial-in', method: 'POST' });
  for (const number of ['1', '2']) {
    const call = desk.talk(RECEPTION, number);
    expect(parseCallEvent((await other.next()).body).call).toBe(call);
    expect(await desk.ask(call, { action: 'park' })).toMatchObject({ status: 200 });
  }
  expect(deaf.count()).toBe(1);
});

test('a URL that does not answer in time is tried again', async () => {
  const desk = await openDesk({ webhooks: { retryMs: 1, timeoutMs: 300 } });
  const receiver = await openReceiver((response, count) => {
    if (count > 1) response.end();
  });
  await register(desk, { url: receiver.url, event_type: 'dial-in' });
  desk.talk();
  const [first, second] = [await receiver.next(), await receiver.next()];
  expect(second.url.search).toBe(first.url.search);
});

test('an extension lists and removes its own web hooks only', async () => {
  const desk = await openDesk();
  const receiver = await openReceiver();
  const { json: hook } = await register(desk, { url: receiver.url, event_type: 'dial-in' });
  const own = `/api/ver1.0/extension/${RECEPTION}/event/`;
  const foreign = `/api/ver1.0/extension/${SALES}/event/`;
  expect((await desk.send('GET', own)).json).toEqual([hook]);
  expect((await desk.send('GET', foreign)).json).toEqual([]);
  expect((await desk.send('DELETE', foreign + hook.id)).status).toBe(404);
  expect((await desk.send('DELETE', own + hook.id)).status).toBe(204);
  expect((await desk.send('DELETE', own + hook.id)).status).toBe(404);
  expect((await desk.send('GET', own)).json).toEqual([]);

  const other = await openReceiver();
  await register(desk, { url: other.url, event_type: 'dial-in' });
  desk.talk();
  await other.next();
  expect(receiver.count()).toBe(0);
});

test.for([
  {},
  { url: 'http://127.0.0.1/' },
  { url: 'http://127.0.0.1/', event_type: 'park' },
  { url: 'http://127.0.0.1/', event_type: 'answer', method: 'PUT' },
  { url: 'http://127.0.0.1/', event_type: 'answer', method: 1 },
  { url: 'ftp://127.0.0.1/', event_type: 'answer' },
  { url: 'file:///etc/passwd', event_type: 'answer' },
  { url: 'javascript:alert(1)', event_type: 'answer' },
  { url: 'data:text/plain,x', event_type: 'answer' },
  { url: 'http://me:secret@127.0.0.1/', event_type: 'answer' },
  { url: '/hook', event_type: 'answer' },
  { url: 1, event_type: 'answer' },
  { url: `http://127.0.0.1/${'x'.repeat(2_000)}`, event_type: 'answer' },
])('the web hook %j is refused', async (body) => {
  const desk = await openDesk();
  const { status, json } = await register(desk, body);
  expect(status).toBe(400);
  expect(json).toEqual({ message: expect.stringMatching(/^(url|event_type|method) must/) });
});

test('an unknown extension can have no web hooks, and a known one at most 100', async () => {
  const desk = await openDesk();
  const hook = { url: 'http://127.0.0.1/', event_type: 'answer' };
  expect((await register(desk, hook, '1')).status).toBe(404);
  for (let count = 0; count < 100; count += 1) {
    expect((await register(desk, hook)).status).toBe(201);
  }
  expect((await register(desk, hook)).status).toBe(503);
  expect((await register(desk, hook, SALES)).status).toBe(201);
});
