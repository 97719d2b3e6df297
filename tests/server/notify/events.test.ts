// Which notifications the moves in a lot cause, at the embedded switch and at a relay.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Log, Notification, PostInit } from 'valet-park/server';
import { FileLog } from '../../../www/server/feed/file.ts';
import { RECEPTION, SALES } from '../desk.ts';
import { openClock, openCompany } from '../relay/company.ts';
import { settled } from '../line.ts';
import { OK, openWorld, SECRET } from './world.ts';

const MINUTE_MS = 60_000;
/** The answer of the receiver of a relay. A test changes it. */
const OK_NOW = { ...OK };

vi.spyOn(console, 'error').mockImplementation(() => {}); // A receiver that fails is a warning.

test('a call that returns causes parked, due and returned', async () => {
  const office = openWorld();
  const { number } = await office.park(3, '+79161112233');
  await office.forward(180_000);
  expect(office.types()).toEqual(['parked 3', 'due 3', 'returned 3']);
  const start = new Date(office.clock.start).toISOString();
  const stay = office.got[0]?.notification.data.stay;
  const data = {
    lot: 'main',
    stay,
    slot: 3,
    caller: { number, name: number },
    parkedBy: { id: RECEPTION, name: 'Reception' },
    parkedAt: start,
    forWhom: null,
    note: null,
    takenBy: null,
  };
  expect(office.got.map(({ notification }) => notification)).toEqual([
    { type: 'parked', timestamp: start, data: { ...data, waited: 0, returnsIn: null } },
    {
      type: 'due',
      timestamp: expect.any(String),
      data: { ...data, waited: 120, returnsIn: 60 },
    },
    {
      type: 'returned',
      timestamp: expect.any(String),
      data: { ...data, waited: 180, returnsIn: null },
    },
  ]);
  // The id of a call would allow to control it.
  expect(JSON.stringify(office.got)).not.toMatch(/call_api_id|\d-[0-9a-f]{8}-/);
});

test('a call that hangs up causes abandoned, and nothing later', async () => {
  const office = openWorld();
  const { call } = await office.park(3);
  await office.forward(5_000);
  office.pbx.exchange.hangup(call);
  await office.forward(5 * MINUTE_MS);
  expect(office.types()).toEqual(['parked 3', 'abandoned 3']);
});

test('a call that is taken causes bridged, with the extension and the note', async () => {
  const office = openWorld();
  const { call } = await office.park(3);
  const path = `/api/ver1.0/extension/${RECEPTION}/valet_park/${encodeURIComponent(call)}`;
  await office.send('PUT', `${path}/note`, { slot: '3', note: 'Invoice 17', for: 'Anna' });
  const { call: other } = office.pbx.exchange.dial(SALES, '700');
  office.pbx.exchange.answer(other);
  const taking = `/api/ver1.0/extension/${SALES}/valet_park/${encodeURIComponent(other)}`;
  await office.send('PUT', taking, { action: 'bridge', slot: '3' });
  await office.forward(0);
  await office.clock.forward(0);
  expect(office.types()).toEqual(['parked 3', 'bridged 3']);
  expect(office.got[1]?.notification.data).toMatchObject({
    note: 'Invoice 17',
    forWhom: 'Anna',
    takenBy: { id: SALES, name: expect.any(String) },
  });
});

test('a call that waits for ever is never due', async () => {
  const office = openWorld({ patienceMs: 0 });
  await office.park(3);
  await office.forward(10 * MINUTE_MS, MINUTE_MS);
  expect(office.types()).toEqual(['parked 3']);
});

test('with a short patience, due comes at half of it', async () => {
  const office = openWorld({ patienceMs: 40_000 });
  await office.park(3);
  await office.forward(19_000);
  expect(office.types()).toEqual(['parked 3']);
  await office.forward(2_000);
  expect(office.types()).toEqual(['parked 3', 'due 3']);
  expect(office.got[1]?.notification.data.returnsIn).toBe(20);
});

test('the profile of a real switch notifies by its answers', async () => {
  const office = openWorld({ profile: 'freeswitch' });
  const parked = office.park(3);
  await office.forward(1_000, 50);
  await parked;
  await office.clock.forward(0);
  expect(office.types()).toEqual(['parked 3']);
});

/** Opens a relay that notifies, and returns what the receiver got. */
async function openNotifying(
  patienceMs = 180_000,
  journal: object = {},
  openLog: (() => Log) | null = null,
) {
  const clock = openClock();
  const got: Notification[] = [];
  const post = async (_: string, { body }: PostInit) => {
    got.push(JSON.parse(body));
    return OK_NOW;
  };
  const company = await openCompany(
    {
      notify: {
        to: ['https://crm.example/'],
        secret: SECRET,
        post,
        names: { [SALES]: 'Sales desk' },
      },
      now: clock.now,
      clock,
      patienceMs,
      journal,
      ...(openLog === null ? {} : { log: openLog() }),
    },
    { now: clock.now, patienceMs },
  );
  const types = () => got.map(({ type, data: { slot } }) => `${type} ${slot}`);
  return { company, clock, got, types };
}

test('a relay notifies of a call that is parked and taken', async () => {
  const { company, clock, got, types } = await openNotifying();
  const call = company.talk(RECEPTION, '+79161112233', 'Anna');
  await settled();
  await company.ask(call, { action: 'park', slot: '3' });
  await clock.forward(10);
  expect(types()).toEqual(['parked 3']);
  expect(got[0]?.data).toMatchObject({
    caller: { number: '+79161112233', name: 'Anna' },
    parkedBy: { id: RECEPTION, name: RECEPTION },
  });
  const other = company.talk(SALES, '+79160000001');
  await settled();
  await company.ask(other, { action: 'bridge', slot: '3' }, { extension: SALES });
  await clock.forward(1);
  expect(types()).toEqual(['parked 3', 'bridged 3']);
  expect(got[1]?.data.takenBy).toEqual({ id: SALES, name: 'Sales desk' });
});

test('a relay notifies of a call that is due and returns', async () => {
  const { company, clock, types } = await openNotifying();
  const call = company.talk(RECEPTION);
  await settled();
  await company.ask(call, { action: 'park', slot: '3' });
  await clock.forward(185);
  company.pbx.exchange.forward(0);
  await clock.forward(2);
  expect(types()).toEqual(['parked 3', 'due 3', 'returned 3']);
});

test('a relay whose journal keeps no departures notifies of them', async () => {
  const { company, clock, types } = await openNotifying(180_000, { departures: 0 });
  const call = company.talk(RECEPTION);
  await settled();
  await company.ask(call, { action: 'park', slot: '3' });
  const other = company.talk(SALES);
  await settled();
  await company.ask(other, { action: 'bridge', slot: '3' }, { extension: SALES });
  await clock.forward(3);
  expect(types()).toEqual(['parked 3', 'bridged 3']);
});

test('a restart repeats nothing, and a call that waits is still due', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'valet-park-')), 'log.jsonl');
  const { company, clock, types } = await openNotifying(180_000, {}, () => FileLog.open({ path }));
  const call = company.talk(RECEPTION);
  await settled();
  await company.ask(call, { action: 'park', slot: '3' });
  await clock.forward(10);
  await company.restart(() => ({ log: FileLog.open({ path }) }));
  await clock.forward(120);
  expect(types()).toEqual(['parked 3', 'due 3']);
});

test('a number that is forgotten leaves the notifications that wait', async () => {
  const { company, clock, types } = await openNotifying();
  const reply = { status: 500, retryAfter: null };
  Object.assign(OK_NOW, reply);
  onTestFinished(() => void Object.assign(OK_NOW, OK));
  for (const [slot, number] of [
    [3, '+79161112233'],
    [4, '+79160000004'],
  ] as const) {
    const call = company.talk(RECEPTION, number);
    await settled();
    await company.ask(call, { action: 'park', slot: String(slot) });
  }
  await clock.forward(3);
  expect(company.relay.notifications).toMatchObject([{ delivered: 0, waiting: 2 }]);
  await company.relay.forget('7 916 111-22-33');
  expect(company.relay.notifications).toMatchObject([{ delivered: 0, waiting: 1 }]);
  expect(types()).toContain('parked 3');
});
