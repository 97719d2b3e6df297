// The web hooks of a switch, and the lists of live calls beside them.

import { expect, test } from 'vitest';
import { RECEPTION, SALES } from '../desk.ts';
import { HOOK_SECRET, openCompany, until, type Company } from './company.ts';

/** Sends a web hook, as a switch does. */
function hook(company: Company, query: string, form?: string, secret = HOOK_SECRET) {
  const init = form === undefined ? {} : { method: 'POST', body: form };
  return company.send(`/hook/${secret}?${query}`, init, '');
}

/** The events in the feed of an extension so far, as `type call`. */
async function eventsOf(company: Company, extension = RECEPTION): Promise<string[]> {
  const headers = { authorization: 'Bearer all', 'last-event-id': '1' };
  const url = `http://relay.test/feed?extension=${extension}`;
  const { body } = await company.relay.fetch(new Request(url, { headers }));
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  let text = '';
  while (!text.includes('event: reset')) {
    text += new TextDecoder().decode((await reader.read()).value);
  }
  await reader.cancel();
  const found = text.matchAll(/event: call\ndata: (.*)\n/g);
  return [...found].map(([, data]) => {
    const fields = new URLSearchParams(data);
    return `${fields.get('EventType')} ${fields.get('CallAPIID')}`;
  });
}

function eventOf(type: string, call: string, at = Date.now(), extension = RECEPTION): string {
  return new URLSearchParams({
    EventType: type,
    EventTime: `${at}000`,
    CallAPIID: call,
    CallID: `thread-of-${call}`,
    SubCallID: `${extension}-leg-of-${call}`,
    CallFlow: 'in',
    CallerIDNum: '+79161112233',
    CalledExtensionID: extension,
  }).toString();
}

test('a GET with a query, a POST with a form and a POST with both are read', async () => {
  const company = await openCompany();
  company.hooks = () => {};
  expect((await hook(company, eventOf('dial-in', '1-a'))).status).toBe(200);
  expect((await hook(company, '', eventOf('dial-in', '1-b'))).status).toBe(200);
  expect((await hook(company, eventOf('dial-in', '1-c'), 'CallerIDName=Anna')).status).toBe(200);
  expect(await eventsOf(company)).toEqual(['dial-in 1-a', 'dial-in 1-b', 'dial-in 1-c']);
});

test('a wrong secret gets the same answer as an unknown path', async () => {
  const company = await openCompany();
  const wrong = await hook(company, eventOf('dial-in', '1-a'), undefined, `${HOOK_SECRET}x`);
  const unknown = await company.send('/nothing', {}, '');
  expect([wrong.status, wrong.text]).toEqual([unknown.status, unknown.text]);
  expect([...wrong.headers]).toEqual([...unknown.headers]);
  expect(await eventsOf(company)).toEqual([]);
});

test('wrong secrets are limited per minute, and the right one is not', async () => {
  let now = Date.now();
  const company = await openCompany({ now: () => now });
  const wrong = async () => (await hook(company, '', undefined, 'wrong')).status;
  const statuses = [];
  for (let count = 0; count < 61; count += 1) statuses.push(await wrong());
  expect(new Set(statuses.slice(0, 60))).toEqual(new Set([404]));
  expect(statuses[60]).toBe(429);
  expect((await hook(company, eventOf('dial-in', '1-a', now))).status).toBe(200);
  now += 60_000;
  expect(await wrong()).toBe(404);
});

test('during a change of the secret, the old one works, too', async () => {
  const previousSecret = 'the-secret-before-of-the-hooks';
  const company = await openCompany({ hooks: { secret: HOOK_SECRET, previousSecret } });
  for (const secret of [HOOK_SECRET, previousSecret]) {
    const { status } = await hook(company, eventOf('dial-in', '1-a'), undefined, secret);
    expect(status).toBe(200);
  }
});

test('a repeated web hook is in the feed once', async () => {
  const company = await openCompany();
  const at = Date.now();
  for (let count = 0; count < 3; count += 1) {
    expect((await hook(company, eventOf('dial-in', '1-a', at))).status).toBe(200);
  }
  await hook(company, eventOf('answer', '1-a', at));
  await hook(company, eventOf('dial-in', '1-a', at + 1));
  expect(await eventsOf(company)).toEqual(['dial-in 1-a', 'answer 1-a', 'dial-in 1-a']);
});

test('a web hook about what happened ten minutes ago is dropped', async () => {
  const company = await openCompany();
  const { status } = await hook(company, eventOf('dial-in', '1-a', Date.now() - 601_000));
  expect(status).toBe(200);
  expect(await eventsOf(company)).toEqual([]);
});

test('a web hook without a type, or that is too large, is refused', async () => {
  const company = await openCompany();
  expect((await hook(company, 'CallAPIID=1-a')).status).toBe(400);
  expect((await hook(company, '', 'x'.repeat(100_000))).status).toBe(413);
  expect((await company.send(`/hook/${HOOK_SECRET}`, { method: 'DELETE' }, '')).status).toBe(405);
});

test('an event of an extension that the relay does not serve is in no feed', async () => {
  const company = await openCompany({ extensions: [RECEPTION] });
  await hook(company, eventOf('dial-in', '1-a', Date.now(), SALES));
  expect(await eventsOf(company)).toEqual([]);
  const asked = await company.ask('1-a', { action: 'slots' }, { extension: RECEPTION });
  expect(asked.status).toBe(404);
});

test('an event that comes late does not bring an ended call back', async () => {
  const company = await openCompany();
  company.hooks = () => {};
  const panel = await company.panel();
  const at = Date.now();
  await hook(company, eventOf('dial-in', '1-a', at));
  await until(panel, ({ calls }) => calls.length === 1);
  await hook(company, eventOf('hangup', '1-a', at + 2));
  await until(panel, ({ calls }) => calls.length === 0);
  await hook(company, eventOf('answer', '1-a', at + 1));
  await hook(company, eventOf('dial-in', '1-b', at + 3));
  const { calls } = await until(panel, ({ calls }) => calls.length > 0);
  expect(calls.map(({ call }) => call)).toEqual(['1-b']);
  const late = await company.panel();
  const { calls: shown } = await until(late, ({ calls }) => calls.length > 0);
  expect(shown.map(({ call }) => call)).toEqual(['1-b']);
});

test('calls that are live before the relay starts are known, and one request asks for all', async () => {
  const company = await openCompany();
  const paths: string[] = [];
  const calls = [company.talk(RECEPTION, '+7911', 'Anna'), company.talk(SALES)];
  company.network = (request, answer) => {
    paths.push(new URL(request.url).pathname);
    return answer(request);
  };
  await company.restart();
  expect(paths.filter((path) => path.includes('current_calls'))).toEqual([
    '/api/ver1.0/client/1844/current_calls/',
  ]);
  const panel = await company.panel();
  const shown = await until(panel, (snapshot) => snapshot.calls.length > 0);
  expect(shown.calls).toMatchObject([
    { call: calls[0], state: 'talking', caller: { number: '+7911', name: 'Anna' } },
  ]);
});

test('where the client is not allowed, the relay asks for each extension', async () => {
  const company = await openCompany();
  const call = company.talk();
  company.network = async (request, answer) =>
    /\/(user|client)\//.test(request.url) ? new Response('{}', { status: 403 }) : answer(request);
  await company.restart();
  const panel = await company.panel();
  const { calls } = await until(panel, (snapshot) => snapshot.calls.length > 0);
  expect(calls).toMatchObject([{ call }]);
});

test('without web hooks, the calls are found when the relay asks for them', async () => {
  const company = await openCompany();
  company.hooks = () => {};
  const call = company.talk();
  const panel = await company.panel();
  // The relay does not know the call, so it asks which calls are live.
  await company.restart(() => ({ currentCallsMs: 20 }));
  await until(panel, ({ calls }) => calls.some((one) => one.call === call));
});

test('a call whose end no web hook has told ends with the next list', async () => {
  let now = Date.now();
  const company = await openCompany({ now: () => now, currentCallsMs: 10 });
  const call = company.talk();
  const panel = await company.panel();
  await until(panel, ({ calls }) => calls.length === 1);
  company.hooks = () => {};
  company.pbx.exchange.hangup(call);
  now += 6_000;
  await until(panel, ({ calls }) => calls.length === 0);
});

test('panels that name unknown calls cause 20 lists, and then one every 30 seconds', async () => {
  let now = Date.now();
  const company = await openCompany({ now: () => now });
  let lists = 0;
  company.network = (request, answer) => {
    if (request.url.includes('current_calls')) lists += 1;
    return answer(request);
  };
  const ask = async (count: number) => {
    for (let at = 0; at < count; at += 1) {
      const { status } = await company.ask(`1-unknown-${at}`, { action: 'slots' });
      expect(status).toBe(404);
    }
  };
  await ask(40);
  expect(lists).toBe(20);
  now += 30_000;
  await ask(5);
  expect(lists).toBe(21);
});

test('a panel may ask with a call at once, if its web hook is late', async () => {
  const company = await openCompany();
  company.hooks = () => {};
  for (let count = 0; count < 3; count += 1) {
    const { status } = await company.ask(company.talk(), { action: 'slots' });
    expect(status).toBe(200);
  }
});
