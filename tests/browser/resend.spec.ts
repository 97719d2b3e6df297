// Requests that are sent twice below `fetch`: by Chromium when a reused connection breaks, and by nginx
// when an upstream breaks. With an idempotency key the switch executes a command once.

import type { Page } from '@playwright/test';
import { startSwitch, type Profile, type RunningSwitch } from 'valet-park/server';
import { findNginx, nginxRemedy } from '../../scripts/setup/nginx.mjs';
import { expect, Panel, test as base } from './fixture.ts';
import { Plain } from './plain.ts';
import { Dropper } from './resend-dropper.ts';
import { executedBy } from './resend-executed.ts';
import { startNginx } from './resend-nginx.ts';

interface Fixtures {
  readonly profile: Profile;
  /** The server of the page: the dropper, or nginx before two ports of the dropper. */
  readonly front: 'dropper' | 'nginx';
  readonly dropper: Dropper;
  /** A page that may write to its console. Chromium writes an error for an answer such as 409. */
  readonly noisy: Page;
}

const test = base.extend<Fixtures>({
  profile: ['lot', { option: true }],
  front: ['dropper', { option: true }],
  pbx: async ({ profile }, use) => {
    const pbx = await startSwitch({ profile });
    await use(pbx);
    await pbx.close();
  },
  dropper: async ({ pbx }, use) => {
    const dropper = new Dropper(pbx.url);
    await use(dropper);
    await dropper.close();
  },
  baseURL: async ({ dropper, front }, use) => {
    if (front === 'dropper') return use(await dropper.listen());
    const upstreams = [await dropper.listen(), await dropper.listen()];
    const nginx = await startNginx(findNginx() ?? '', upstreams);
    await use(nginx.url);
    await nginx.close();
  },
  noisy: async ({ browser, baseURL }, use) => {
    const context = await browser.newContext({ baseURL: baseURL ?? '' });
    await use(await context.newPage());
    await context.close();
  },
});

const parked = { action: 'park', status: 200 };
const bridged = { action: 'bridge', status: 200 };

/** Makes two active calls of Reception. For `bridge`, parks the first one in slot 6. */
function prepare(pbx: RunningSwitch, action: 'park' | 'bridge') {
  const talk = (number: string) => {
    const { call } = pbx.exchange.ring('34414', number);
    return pbx.exchange.answer(call).call;
  };
  const [first, second] = [talk('+79161112233'), talk('+79161112244')];
  if (action === 'park') return first;
  const parked = pbx.exchange.ask({ extension: '34414', call: first, action: 'park', slot: 6 });
  expect(parked.kind).toBe('parked');
  return second;
}

/** Sends a request from the page with `fetch`. */
function send(page: Page, pbx: RunningSwitch, call: string, body: object, key?: string) {
  const path = `/api/ver1.0/extension/34414/valet_park/${call}`;
  const headers = {
    Authorization: `Bearer ${pbx.token}`,
    'Content-Type': 'application/json',
    ...(key === undefined ? {} : { 'Idempotency-Key': key }),
  };
  return page.evaluate(
    async ([path, headers, body]) => {
      const reply = await fetch(path, { method: 'PUT', headers, body });
      return { status: reply.status, text: await reply.text() };
    },
    [path, headers, JSON.stringify(body)] as const,
  );
}

/**
 * Sends three questions, so that the next command uses a reused connection. The page may take one
 * connection for another request, and then two are left.
 */
async function warm(page: Page, pbx: RunningSwitch, call: string): Promise<void> {
  const ask = () => send(page, pbx, call, { action: 'slots' });
  for (const { status } of await Promise.all([ask(), ask(), ask()])) expect(status).toBe(200);
}

async function sendCommand(
  page: Page,
  pbx: RunningSwitch,
  call: string,
  action: 'park' | 'bridge',
  key?: string,
) {
  await warm(page, pbx, call);
  return send(page, pbx, call, { action, slot: '6' }, key);
}

for (const profile of ['lot', 'freeswitch'] as const) {
  for (const action of ['park', 'bridge'] as const) {
    test.describe(`${profile}, ${action}`, () => {
      test.use({ profile });

      test('without a key Chromium resends it, and it is executed twice', async ({
        noisy,
        pbx,
        dropper,
      }) => {
        await Plain.open(noisy, pbx);
        const call = prepare(pbx, action);
        dropper.dropNext('reused');
        await sendCommand(noisy, pbx, call, action);
        expect(dropper.arrived).toEqual([
          { action, key: null, isReused: true },
          { action, key: null, isReused: expect.any(Boolean) },
        ]);
        const executed = await executedBy(pbx);
        expect(executed.filter((one) => one.action === action)).toHaveLength(2);
      });

      test('with a key Chromium resends it, and it is executed once', async ({
        page,
        pbx,
        dropper,
      }) => {
        await Plain.open(page, pbx);
        const call = prepare(pbx, action);
        dropper.dropNext('reused');
        const reply = await sendCommand(page, pbx, call, action, 'one-key');
        expect(reply.status).toBe(200);
        expect(dropper.arrived).toMatchObject([
          { action, key: 'one-key', isReused: true },
          { action, key: 'one-key' },
        ]);
        expect(await executedBy(pbx)).toEqual(action === 'park' ? [parked] : [parked, bridged]);
        expect(pbx.exchange.accidents).toEqual([]);
      });
    });
  }
}

for (const front of ['dropper', 'nginx'] as const) {
  test.describe(`the client, behind ${front === 'nginx' ? 'nginx' : 'a connection that breaks'}`, () => {
    test.use({ front });
    test.skip(front === 'nginx' && findNginx() === null, nginxRemedy);

    test('park() is executed once', async ({ page, pbx, dropper }) => {
      await Plain.open(page, pbx);
      const call = prepare(pbx, 'park');
      dropper.dropNext(front === 'nginx' ? 'any' : 'reused');
      const result = await page.evaluate((call) => window.park.park(call, { slot: 6 }), call);
      expect(result).toMatchObject({ slot: 6 });
      expect(dropper.arrived.map(({ action }) => action)).toEqual(['park', 'park']);
      expect(await executedBy(pbx)).toEqual([parked]);
    });

    test('bridge() is executed once', async ({ page, pbx, dropper }) => {
      await Plain.open(page, pbx);
      const call = prepare(pbx, 'bridge');
      dropper.dropNext(front === 'nginx' ? 'any' : 'reused');
      const result = await page.evaluate((call) => window.park.bridge(call, { slot: 6 }), call);
      expect(result).toMatchObject({ slot: 6 });
      expect(dropper.arrived.map(({ action }) => action)).toEqual(['bridge', 'bridge']);
      expect(await executedBy(pbx)).toEqual([parked, bridged]);
    });
  });
}

test('one press of a button of the panel is executed once', async ({ page, pbx, dropper }) => {
  const panel = await new Panel(page).open('341');
  const anna = await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  // The switch closes an idle connection after five seconds.
  await warm(page, pbx, anna);
  dropper.dropNext('reused');
  await panel.button('Park here, slot 6').click();
  await expect(panel.status).toHaveText('Parked in slot 6');
  const weiss = await panel.connect(pbx, 'Jörg Weiß', '+49 30 23125 014');
  await warm(page, pbx, weiss);
  dropper.dropNext('reused');
  await panel.button(/^Send to .*Anna Petrova, slot 6$/).click();
  await expect(panel.slot(6)).toHaveAccessibleName('Slot 6, free');
  // The feed may tell of the bridge before the second request has arrived.
  const arrived = () => dropper.arrived.map(({ action }) => action);
  await expect.poll(arrived).toEqual(['park', 'park', 'bridge', 'bridge']);
  expect(await executedBy(pbx)).toEqual([parked, bridged]);
});

test.describe('nginx before two upstreams', () => {
  test.use({ front: 'nginx' });
  test.skip(findNginx() === null, nginxRemedy);

  for (const key of [undefined, 'one-key']) {
    test(`repeats a park ${key ? 'with a key: executed once' : 'without a key: executed twice'}`, async ({
      page,
      pbx,
      dropper,
    }) => {
      await Plain.open(page, pbx);
      const call = prepare(pbx, 'park');
      dropper.dropNext('any');
      const reply = await send(page, pbx, call, { action: 'park', slot: '6' }, key);
      expect(reply.status).toBe(200);
      expect(dropper.arrived).toMatchObject([
        { action: 'park', key: key ?? null },
        { action: 'park', key: key ?? null },
      ]);
      expect(await executedBy(pbx)).toHaveLength(key ? 1 : 2);
    });
  }
});
