// The journal of a relay: notes and stays, for panels of several extensions.

import { onTestFinished, expect, test } from 'vitest';
import { RECEPTION, resourcePath, SALES } from '../desk.ts';
import { openCompany, type Company } from './company.ts';

async function parked(company: Company, slot = '6') {
  const call = company.talk(RECEPTION, '+79161112233', 'Anna');
  expect((await company.ask(call, { action: 'park', slot })).status).toBe(200);
  return call;
}

function annotate(company: Company, call: string, body: object, token = 'all', by = RECEPTION) {
  const init = { method: 'PUT', body: JSON.stringify(body) };
  return company.send(`${resourcePath(call, by)}/note`, init, token);
}

async function rows(company: Company) {
  return (await company.send('/journal?after=0')).json.rows;
}

test('a note is stored with its stay, and a later panel gets it', async () => {
  const company = await openCompany();
  const call = await parked(company);
  const body = { slot: '6', note: 'asks for Ольга', for: 'Ольга' };
  expect((await annotate(company, call, body, SALES, SALES)).status).toBe(200);
  const fetching = company.talk(SALES);
  expect(await rows(company)).toMatchObject([
    { slot: 6, call, extension: RECEPTION, note: 'asks for Ольга', notedBy: SALES },
  ]);
  const gone = new AbortController();
  onTestFinished(() => gone.abort());
  const feed = await company.relay.fetch(
    new Request(`http://relay.test/feed?extension=${SALES}`, {
      headers: { authorization: `Bearer ${SALES}` },
    }),
  );
  const reader = feed.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  expect(new TextDecoder().decode(value)).toContain('event: note\ndata: ');

  const bridge = { action: 'bridge', slot: '6' };
  expect((await company.ask(fetching, bridge, { extension: SALES })).status).toBe(200);
  const departure = { reason: 'bridged', takenBy: SALES };
  expect(await rows(company)).toMatchObject([{ note: 'asks for Ольга', departure }]);
});

test('the caller of a parked call is in the journal', async () => {
  const company = await openCompany();
  await parked(company);
  const other = company.talk(SALES);
  await company.ask(other, { action: 'slots', slot: '6' }, { extension: SALES });
  await expect.poll(() => rows(company)).toMatchObject([{ number: '+79161112233', name: 'Anna' }]);
});

test('notes need the permission to act for the extension', async () => {
  const company = await openCompany();
  const call = await parked(company);
  const body = { slot: '6', note: 'a' };
  const status = async (token: string, by = RECEPTION) =>
    (await annotate(company, call, body, token, by)).status;
  expect(await status('looker')).toBe(403);
  expect(await status(SALES, RECEPTION)).toBe(403);
  expect(await status('all', '1')).toBe(404);
  expect(await status('nobody')).toBe(401);
  expect(await status(RECEPTION)).toBe(200);
});

test('only an administrator deletes rows', async () => {
  const company = await openCompany();
  await parked(company);
  const path = '/journal?number=%2B79161112233';
  const remove = (token: string) => company.send(path, { method: 'DELETE' }, token);
  expect((await remove(RECEPTION)).status).toBe(403);
  expect((await company.send('/journal', {}, 'nobody')).status).toBe(401);
  expect((await company.send('/journal', {}, 'looker')).status).toBe(200);
  expect((await remove('all')).status).toBe(200);
});

test('a relay may keep no departures', async () => {
  const company = await openCompany({ journal: { departures: 0 } });
  await parked(company);
  expect(await rows(company)).toHaveLength(1);
  const fetching = company.talk(SALES);
  await company.ask(fetching, { action: 'bridge', slot: '6' }, { extension: SALES });
  expect(await rows(company)).toEqual([]);
});
