// How notifications are sent: order, repetition, what is given up. The pauses take virtual time.

import { expect, test, vi } from 'vitest';
import { Deliveries } from '../../../www/server/notify/deliveries.ts';
import { eventOf } from '../../../www/server/notify/event.ts';
import { readReceiver } from '../../../www/server/notify/options.ts';
import { timersOf } from '../../../www/server/relay/timers.ts';
import { FakeClock } from '../../client/clock.ts';
import { verify } from './verify.ts';
import { OK, openWorld, SECRET, type Got } from './world.ts';

const BROKEN = { status: 500, retryAfter: null };
const HOUR_MS = 3_600_000;

vi.spyOn(console, 'error').mockImplementation(() => {}); // Each receiver that fails is a warning.

/** 10,000 in the long run. */
const EVENTS = Number(process.env['VALET_PARK_NOTIFICATIONS'] ?? 600);

test(`${EVENTS} events arrive at a receiver that fails one in three, in the order of each slot`, async () => {
  const accepted: Got[] = [];
  const office = openWorld({ patienceMs: 0 }, (got, count) => {
    // A third of the requests fails. Half of these were received, and only the answer is lost.
    if (count % 3 !== 0) accepted.push(got);
    else if (count % 2 === 0) accepted.push(got);
    if (count % 3 !== 0) return OK;
    return count % 2 === 0 ? Promise.reject(new Error('the connection was lost')) : BROKEN;
  });
  const expected = new Map<number, string[]>();
  for (let count = 0; count < EVENTS / 2; count += 1) {
    const slot = 1 + (count % 9);
    const { call, number } = await office.park(slot);
    office.pbx.exchange.hangup(call);
    const known = expected.get(slot) ?? [];
    expected.set(slot, [...known, `parked ${number}`, `abandoned ${number}`]);
    if (count % 50 === 0) await office.forward(2_000);
  }
  // Two minutes for each event of a slot are much more than the pauses need.
  for (let count = 0; count < EVENTS && office.counts()?.waiting !== 0; count += 1) {
    await office.clock.forward(60_000);
  }

  expect(office.counts()).toMatchObject({
    delivered: EVENTS,
    waiting: 0,
    expired: 0,
    overflowed: 0,
  });
  expect(office.counts()?.failed).toBeGreaterThan(EVENTS / 4);
  const titleOf = ({ notification: { type, data } }: Got) => `${type} ${data.caller.number}`;
  // Each id stands for one event, and each event has one id and one body.
  const byId = new Map<string, Got>();
  for (const got of accepted) {
    const first = byId.get(got.id);
    if (first === undefined) byId.set(got.id, got);
    else expect(got.body).toBe(first.body);
  }
  expect(byId.size).toBe(EVENTS);
  expect(accepted.length).toBeGreaterThan(EVENTS); // There were duplicates.
  for (const [slot, titles] of expected) {
    const ofSlot = accepted.filter(({ notification }) => notification.data.slot === slot);
    const ids = ofSlot.map(({ id }) => id);
    // A duplicate comes directly after the first one.
    const inOrder = ofSlot.filter(({ id }, index) => ids[index - 1] !== id);
    expect(inOrder.map(titleOf)).toEqual(titles);
  }
});

test('each request is signed, and a repetition has its own time and the same id', async () => {
  const office = openWorld({}, (_, count) => (count === 1 ? BROKEN : OK));
  await office.park(3);
  await office.forward(2_000);
  const [first, second] = office.got;
  expect(office.got).toHaveLength(2);
  for (const { headers, body } of office.got) verify(SECRET, headers, body);
  expect(second?.id).toBe(first?.id);
  expect(second?.body).toBe(first?.body);
  const times = office.got.map(({ headers }) => Number(headers['webhook-timestamp']));
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(0);
});

test('a slot whose notification fails does not delay the other slots', async () => {
  const office = openWorld({}, ({ notification }) => (notification.data.slot === 1 ? BROKEN : OK));
  await office.park(1);
  await office.park(2);
  await office.forward(5_000);
  expect(office.types()).toEqual(['parked 1', 'parked 2', 'parked 1', 'parked 1']);
});

test('a receiver that hangs is left after ten seconds, and tried again', async () => {
  const office = openWorld({ patienceMs: 0 }, () => 'never');
  await office.park(1);
  await office.forward(9_000);
  expect(office.counts()).toMatchObject({ failed: 0, waiting: 1 });
  await office.forward(3_000);
  expect(office.counts()).toMatchObject({ failed: 1, waiting: 1 });
  office.world.respond = () => OK;
  await office.forward(20_000);
  expect(office.counts()).toMatchObject({ delivered: 1, waiting: 0 });
});

const FAULTS = {
  'refuses connections': () => Promise.reject(new Error('ECONNREFUSED')),
  redirects: () => ({ status: 302, retryAfter: null }),
  'answers with an error': () => BROKEN,
  hangs: () => 'never' as const,
};

test.for(Object.entries(FAULTS))(
  'a receiver that %s gets nothing after an hour, and the loss is counted',
  async ([, respond]) => {
    const office = openWorld({ patienceMs: 0 }, respond);
    await office.park(1);
    await office.clock.forward(HOUR_MS - 60_000);
    expect(office.counts()).toMatchObject({ expired: 0, waiting: 1 });
    const { failed = 0 } = office.counts() ?? {};
    expect(failed).toBeGreaterThan(10); // The pauses are at most five minutes.
    expect(failed).toBeLessThan(30);
    await office.clock.forward(120_000);
    expect(office.counts()).toMatchObject({ expired: 1, waiting: 0, delivered: 0 });
    const requests = office.got.length;
    await office.clock.forward(HOUR_MS);
    expect(office.got).toHaveLength(requests);
    // The receiver works again: later events arrive.
    office.world.respond = () => OK;
    await office.park(2);
    await office.clock.forward(0);
    expect(office.counts()).toMatchObject({ delivered: 1 });
  },
);

test('the pauses double, up to five minutes', async () => {
  const office = openWorld({ patienceMs: 0 }, () => BROKEN);
  const times: number[] = [];
  const { respond } = office.world;
  office.world.respond = (got, count) => {
    times.push(office.clock.now());
    return respond(got, count);
  };
  await office.park(1);
  await office.clock.forward(HOUR_MS);
  const pauses = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  for (const [index, pause] of pauses.slice(0, -1).entries()) {
    const longest = Math.min(1_000 * 2 ** index, 300_000);
    expect(pause).toBeLessThanOrEqual(longest);
    expect(pause).toBeGreaterThanOrEqual(longest * 0.8 - 1);
  }
});

test('a receiver can ask for a longer pause', async () => {
  const office = openWorld({ patienceMs: 0 }, (_, count) =>
    count === 1 ? { status: 429, retryAfter: '30' } : OK,
  );
  await office.park(1);
  await office.forward(29_000);
  expect(office.got).toHaveLength(1);
  await office.forward(2_000);
  expect(office.got).toHaveLength(2);
});

test('at most four requests are under way, and at most 10,000 notifications wait', () => {
  const clock = new FakeClock();
  const row = { number: '', name: '', note: null, forWhom: null, notedBy: null, departure: null };
  const context = { lot: 'main', nameOf: (id: string) => id, at: clock.now() };
  let requests = 0;
  const deliveries = new Deliveries({
    receiver: readReceiver('https://crm.example/', false),
    key: Buffer.alloc(24),
    post: () => {
      requests += 1;
      return new Promise(() => {});
    },
    now: () => clock.now(),
    wakeIn: timersOf(clock),
    timeoutMs: 10_000,
    logger: { info: () => {}, warn: () => {} },
  });
  for (let count = 0; count < 10_050; count += 1) {
    const slot = 1 + (count % 9);
    const stay = {
      stay: `${count}`,
      changed: count,
      slot,
      call: '1-a',
      extension: null,
      parkedAt: 0,
    };
    deliveries.send(eventOf('parked', { ...row, ...stay }, context));
  }
  expect(requests).toBe(4);
  expect(deliveries.counts).toMatchObject({ waiting: 10_000, overflowed: 50 });
  deliveries.close();
});

test('one receiver that fails does not delay another one', async () => {
  const office = openWorld({
    notify: {
      to: ['https://bad.example/', 'https://good.example/'],
      secret: SECRET,
      post: async (url) => (url.includes('bad') ? new Promise(() => {}) : OK),
    },
  });
  for (let slot = 1; slot <= 9; slot += 1) await office.park(slot);
  await office.clock.forward(0);
  expect(office.pbx.notifications).toEqual([
    expect.objectContaining({ receiver: 'json bad.example', delivered: 0, waiting: 9 }),
    expect.objectContaining({ receiver: 'json good.example', delivered: 9, waiting: 0 }),
  ]);
});

test('after dispose nothing is sent', async () => {
  const office = openWorld({ patienceMs: 0 }, () => BROKEN);
  await office.park(1);
  await office.clock.forward(0);
  office.pbx.dispose();
  expect(office.clock.waiting).toBe(0);
  await office.clock.forward(HOUR_MS);
  expect(office.got).toHaveLength(1);
});
