// A relay asks the switch once for all panels.

import { expect, test } from 'vitest';
import { RECEPTION, resourcePath, SALES } from '../desk.ts';
import { openClock, openCompany, until } from './company.ts';

const PARK = { action: 'park', slot: '6' };

test('a command that comes twice with one key is sent once and gets the same answer', async () => {
  const company = await openCompany();
  const call = company.talk();
  const headers = { 'idempotency-key': 'one' };
  const [first, second] = await Promise.all([
    company.ask(call, PARK, { headers }),
    company.ask(call, PARK, { headers }),
  ]);
  const third = await company.ask(call, PARK, { headers });
  expect([first.status, second.text, third.text]).toEqual([200, first.text, first.text]);
  expect(third.headers.get('x-feed-id')).toBe(first.headers.get('x-feed-id'));
  expect(company.arrived.filter((one) => one.startsWith('park'))).toHaveLength(1);
  // Each token has its own keys.
  const other = await company.ask(call, PARK, { headers, token: RECEPTION });
  expect(other.status).toBe(200);
  expect(company.arrived.filter((one) => one.startsWith('park'))).toHaveLength(2);
});

test('a background question gets the latest answer with its age, and a look a new one', async () => {
  let now = Date.now();
  const company = await openCompany({ now: () => now });
  const call = company.talk();
  const ask = (headers: Record<string, string> = {}) =>
    company.ask(call, { action: 'slots', slot: '3' }, { headers });
  const countOf = () => company.arrived.filter((one) => one === 'slots 3').length;

  const first = await ask();
  now += 3_500;
  const background = await ask({ 'x-valet-lane': 'background' });
  expect([background.text, background.headers.get('age')]).toEqual([first.text, '4']);
  for (const name of ['x-feed-id', 'x-feed-since']) {
    expect(background.headers.get(name)).toBe(first.headers.get(name));
  }
  expect(countOf()).toBe(1);
  expect((await ask()).headers.get('age')).toBe(null);
  expect(countOf()).toBe(2);
});

test('background questions at the same time share one answer, and looks do not', async () => {
  const company = await openCompany();
  const call = company.talk();
  const countOf = () => company.arrived.filter((one) => one === 'slots 3').length;
  const ask = (lane: string) =>
    company.ask(call, { action: 'slots', slot: '3' }, { headers: { 'x-valet-lane': lane } });
  const lanes = ['background', 'background', 'background'];
  const answers = await Promise.all(lanes.map(ask));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(countOf()).toBe(1);
  await Promise.all([ask('look'), company.ask(call, PARK), ask('look')]);
  expect(countOf()).toBeGreaterThan(1);
});

test('after a command, no older answer about its slot is given', async () => {
  const company = await openCompany();
  const [call, other] = [company.talk(), company.talk()];
  const headers = { 'x-valet-lane': 'background' };
  const ask = () => company.ask(other, { action: 'slots', slot: '6' }, { headers });
  expect((await ask()).json.UUID).toBe(null);
  await company.ask(call, PARK);
  expect((await ask()).json.UUID).toBe(call.slice(call.indexOf('-') + 1));
});

test('a new panel knows the lot without a question', async () => {
  const company = await openCompany();
  const first = await company.panel();
  const call = company.talk(RECEPTION, '+79161112233', 'Anna');
  company.talk(RECEPTION);
  await until(first, ({ calls }) => calls.length === 2);
  await first.park(call, { slot: 6 });
  await first.refresh();
  await until(first, ({ slots }) => slots.every(({ confirmed }) => confirmed));

  const asked = new Set<string>();
  const second = await company.panel(SALES, {
    fetch: async (input, init) => {
      const request = new Request(input, init);
      asked.add(new URL(request.url).pathname);
      return company.relay.fetch(request);
    },
  });
  const { slots } = await until(second, (snapshot) =>
    snapshot.slots.every(({ confirmed }) => confirmed),
  );
  expect(slots.map(({ state }) => state)).toEqual(
    Array.from({ length: 9 }, (_, at) => (at === 5 ? 'held' : 'free')),
  );
  expect(slots[5]).toMatchObject({ call, parkedBy: RECEPTION, caller: { name: 'Anna' } });
  expect([...asked]).toEqual(['/feed']);
});

test('the asker finds a call that was parked with a telephone, and tells every panel', async () => {
  const clock = openClock();
  const company = await openCompany({ clock });
  const call = company.talk(RECEPTION, '+79161112233', 'Anna');
  company.talk(RECEPTION);
  const panel = await company.panel(SALES);
  await until(panel, ({ slots }) => slots.every(({ confirmed }) => confirmed));
  company.pbx.exchange.ask({ extension: RECEPTION, call, action: 'park', slot: 4 });
  await clock.forward(7);
  const { slots } = await until(panel, (snapshot) => snapshot.slots[3]?.caller?.name === 'Anna');
  expect(slots[3]).toMatchObject({ state: 'held', confirmed: true, call, parkedBy: RECEPTION });
  expect(company.arrived.filter((one) => !one.startsWith('slots'))).toEqual([]);
});

test('the number of requests does not depend on the number of panels', async () => {
  const counts: number[] = [];
  for (const count of [1, 30]) {
    const company = await openCompany();
    const [call, other] = [company.talk(RECEPTION), company.talk(RECEPTION)];
    const panels = await Promise.all(
      Array.from({ length: count }, (_, at) => company.panel(at % 2 === 0 ? RECEPTION : SALES)),
    );
    await panels[0]?.park(call, { slot: 6 });
    await Promise.all(panels.map((panel) => until(panel, ({ slots }) => slots[5]?.call === call)));
    await panels[0]?.bridge(other, { slot: 6 });
    await Promise.all(
      panels.map((panel) => until(panel, ({ departures }) => departures.length > 0)),
    );
    counts.push(company.arrived.length);
  }
  const [one = 0, many = 0] = counts;
  expect(many).toBeLessThan(one + 15);
});

test('a path that is spelled in another way reaches the switch in the usual one', async () => {
  const company = await openCompany();
  const call = company.talk();
  const paths: string[] = [];
  company.network = (request, answer) => {
    if (request.url.includes('valet_park')) paths.push(new URL(request.url).pathname);
    return answer(request);
  };
  const path = resourcePath(call).replace('-', '%2D');
  await company.send(path, { method: 'PUT', body: '{"slot":6,"action":"park","x":1}' });
  expect(paths).toContain(resourcePath(call));
});
