// `subscribe` and `unsubscribe`: the web hooks of a relay at the switch.

import { expect, test } from 'vitest';
import { createSwitch } from 'valet-park/server';
import { subscribe, unsubscribe } from '../../../www/server/relay/subscriptions.ts';
import { createUpstream } from '../../../www/server/relay/upstream.ts';
import { RECEPTION, SALES } from '../desk.ts';

const CLIENT = { id: 'relay', secret: 's3cret' };
const OWN = {
  hookUrl: 'https://park.example/hook/',
  secret: 'a-secret-of-the-web-hooks',
  installation: 'office-1',
  extensions: [RECEPTION, SALES],
};
const FOR_CLIENT = '/client/1844/phone_events/';
const FOR_EXTENSION = `/extension/${RECEPTION}/event/`;

function open({ isClientAllowed = true } = {}) {
  const pbx = createSwitch({ strict: CLIENT });
  const requests: string[] = [];
  const upstream = createUpstream({
    url: 'http://pbx.test',
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { pathname } = new URL(request.url);
      requests.push(`${request.method} ${pathname.replace('/api/ver1.0', '')}`);
      if (!isClientAllowed && pathname.includes('/client/')) {
        return Response.json({ message: 'app_access_type_deny' }, { status: 403 });
      }
      return pbx.fetch(request);
    },
  });
  async function hooks(path: string) {
    const { body } = await upstream.send('GET', path);
    return JSON.parse(body) as { id: string; url: string; event_type: string; method: string }[];
  }
  return { upstream, requests, hooks };
}

test('four web hooks serve the whole customer, and a second time nothing is created', async () => {
  const { upstream, hooks } = open();
  expect(await subscribe(upstream, OWN)).toEqual({
    ...{ scope: 'client', kept: 0, created: 4, removed: 0 },
  });
  const all = await hooks(FOR_CLIENT);
  expect(all.map((hook) => hook.event_type)).toEqual(['dial-in', 'dial-out', 'answer', 'hangup']);
  expect(new Set(all.map(({ url }) => url))).toEqual(
    new Set([`${OWN.hookUrl}${OWN.secret}?valet-park=office-1`]),
  );
  expect(await subscribe(upstream, OWN)).toMatchObject({ kept: 4, created: 0, removed: 0 });
});

test('where the client may have no web hooks, each extension gets four', async () => {
  const { upstream, hooks } = open({ isClientAllowed: false });
  expect(await subscribe(upstream, OWN)).toMatchObject({ scope: 'extension', created: 8 });
  expect(await hooks(FOR_EXTENSION)).toHaveLength(4);
  expect(await unsubscribe(upstream, OWN)).toMatchObject({ removed: 8 });
  expect(await hooks(FOR_EXTENSION)).toEqual([]);
});

test('web hooks of others stay, and own ones that are wrong or double are replaced', async () => {
  const { upstream, requests, hooks } = open();
  const add = (path: string, url: string, event_type = 'answer', method = 'POST') =>
    upstream.send('POST', path, { url, event_type, method });
  const own = `${OWN.hookUrl}${OWN.secret}?valet-park=office-1`;
  await add(FOR_CLIENT, 'https://crm.example/events');
  await add(FOR_CLIENT, `${OWN.hookUrl}${OWN.secret}?valet-park=office-2`);
  await add(FOR_CLIENT, own);
  await add(FOR_CLIENT, own);
  await add(FOR_CLIENT, own, 'hangup', 'GET');
  await add(FOR_CLIENT, 'https://old.example/hook/old-secret?valet-park=office-1');
  await add(FOR_EXTENSION, own);

  expect(await subscribe(upstream, OWN)).toMatchObject({ kept: 1, created: 3, removed: 4 });
  const left = await hooks(FOR_CLIENT);
  expect(left.filter(({ url }) => url === own)).toHaveLength(4);
  expect(await hooks(FOR_EXTENSION)).toEqual([]);
  await unsubscribe(upstream, OWN);
  expect((await hooks(FOR_CLIENT)).map(({ url }) => url)).toEqual([
    'https://crm.example/events',
    `${OWN.hookUrl}${OWN.secret}?valet-park=office-2`,
  ]);
  const deletions = requests.filter((one) => one.startsWith('DELETE'));
  for (const one of deletions) expect(one).toMatch(/\/(phone_events|event)\/[\w-]+$/);
});

test('a switch that refuses is quoted', async () => {
  const { upstream } = open({ isClientAllowed: false });
  const wrong = { ...OWN, extensions: ['1'] };
  await expect(subscribe(upstream, wrong)).rejects.toThrow('status 404 Not found');
});
