// The relay's side of the switch: tokens, lanes, budget and failures.

import type { Question } from 'valet-park';
import { expect, test } from 'vitest';
import { settled, watch } from '../line.ts';
import { openScripted } from './scripted-switch.ts';

const CALL = '3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0';
const asker = { extension: '34414', call: CALL } as const;
const look = (slot: number): Question => ({ ...asker, action: 'slots', slot });
const park: Question = { ...asker, action: 'park', slot: 6 };

test('several questions at once need one token', async () => {
  const pbx = openScripted();
  const asked = [1, 2, 3].map((slot) => pbx.upstream.ask(look(slot), 'look'));
  await pbx.arrived(3);
  for (const one of [...pbx.waiting]) one.answer(200, { slot: '1', UUID: null });
  const replies = await Promise.all(asked);
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(pbx.tokens).toBe(1);
});

test('a token is renewed after 80 % of its life, and the question does not wait', async () => {
  const pbx = openScripted();
  const tokenAt = async (ms: number) => {
    pbx.nowMs = ms;
    const asked = pbx.upstream.ask(look(1), 'look');
    await pbx.arrived(1);
    const token = pbx.waiting[0]?.token;
    pbx.waiting[0]?.answer(200, {});
    await asked;
    await settled();
    return token;
  };
  expect(await tokenAt(0)).toBe('Bearer t1');
  expect(await tokenAt(799_999)).toBe('Bearer t1');
  expect(await tokenAt(800_000)).toBe('Bearer t1');
  expect(await tokenAt(800_001)).toBe('Bearer t2');
});

test('after 401 to several requests, one new token serves all, and each goes once more', async () => {
  const pbx = openScripted();
  const asked = [pbx.upstream.ask(park, 'command'), pbx.upstream.ask(look(1), 'look')];
  await pbx.arrived(2);
  for (const one of [...pbx.waiting]) one.answer(401, {});
  await pbx.arrived(2);
  expect(pbx.waiting.map(({ token }) => token)).toEqual(['Bearer t2', 'Bearer t2']);
  for (const one of [...pbx.waiting]) one.answer(200, {});
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200]);
  expect(pbx.tokens).toBe(2);
});

test('a 401 to an old token does not end the newer one', async () => {
  const pbx = openScripted();
  const asked = [pbx.upstream.ask(look(1), 'look'), pbx.upstream.ask(look(2), 'look')];
  await pbx.arrived(2);
  const [first, second] = [...pbx.waiting];
  first?.answer(401, {});
  await settled();
  second?.answer(401, {});
  await pbx.arrived(2);
  for (const one of [...pbx.waiting]) one.answer(200, {});
  await Promise.all(asked);
  expect(pbx.tokens).toBe(2);
});

test('a second 401 becomes 502, because the token of the panel is not at fault', async () => {
  const pbx = openScripted();
  const asked = pbx.upstream.ask(park, 'command');
  for (let count = 0; count < 2; count += 1) {
    await pbx.arrived(1);
    pbx.waiting[0]?.answer(401, {});
  }
  expect((await asked).status).toBe(502);
  expect(pbx.log).toHaveLength(2);
});

test('after a refused secret the relay pauses for 1, 2, 4 … 30 s', async () => {
  const pbx = openScripted();
  pbx.tokenStatus = 401;
  const statusAt = async (ms: number) => {
    pbx.nowMs = ms;
    return (await pbx.upstream.ask(look(1), 'look')).status;
  };
  expect(await statusAt(0)).toBe(502);
  const requestsAt: number[] = [];
  for (let ms = 0; ms < 130_000; ms += 500) {
    const before = pbx.tokens;
    await statusAt(ms);
    if (pbx.tokens > before) requestsAt.push(ms);
  }
  expect(requestsAt).toEqual([1_000, 3_000, 7_000, 15_000, 31_000, 61_000, 91_000, 121_000]);
});

test('six requests are under way at most, and commands go first', async () => {
  const pbx = openScripted();
  const ask = (slot: number, lane: 'look' | 'background') =>
    pbx.upstream.ask({ ...look(slot), call: `1-${lane}` }, lane);
  for (let slot = 1; slot <= 9; slot += 1) void ask(slot, 'background');
  await pbx.arrived(3);
  await settled();
  expect(pbx.waiting).toHaveLength(3);
  for (let slot = 1; slot <= 9; slot += 1) void ask(slot, 'look');
  await pbx.arrived(5);
  await settled();
  expect(pbx.waiting).toHaveLength(5);
  for (let count = 0; count < 3; count += 1) void pbx.upstream.ask(park, 'command');
  await pbx.arrived(6);
  await settled();
  expect(pbx.waiting).toHaveLength(6);
  pbx.waiting[0]?.answer(200, {});
  await pbx.arrived(6);
  expect(pbx.waiting.at(-1)?.body).toContain('park');
});

test('equal looks share one request while it is not sent, and never afterwards', async () => {
  const pbx = openScripted();
  for (let slot = 1; slot <= 4; slot += 1) void pbx.upstream.ask(look(slot), 'look');
  const sent = pbx.upstream.ask(look(9), 'look');
  await pbx.arrived(5);
  const queued = [9, 9, 9].map((slot) => pbx.upstream.ask(look(slot), 'look'));
  await settled();
  expect(pbx.log).toHaveLength(5);
  pbx.waiting.find(({ body }) => body.includes('9'))?.answer(200, { slot: '9', UUID: null });
  expect((await sent).body).toContain('null');
  await pbx.arrived(5);
  pbx.waiting.at(-1)?.answer(200, { slot: '9', UUID: CALL.slice(11) });
  const replies = await Promise.all(queued);
  expect(new Set(replies.map(({ body }) => body)).size).toBe(1);
  expect(pbx.log).toHaveLength(6);
});

test('two equal commands are two requests', async () => {
  const pbx = openScripted();
  void pbx.upstream.ask(park, 'command');
  void pbx.upstream.ask(park, 'command');
  await pbx.arrived(2);
});

test('a question that nobody waits for any more is not sent', async () => {
  const pbx = openScripted();
  for (let slot = 1; slot <= 5; slot += 1) void pbx.upstream.ask(look(slot), 'look');
  await pbx.arrived(5);
  const leave = new AbortController();
  const left = watch(pbx.upstream.ask(look(9), 'look', leave.signal));
  leave.abort();
  await settled();
  expect(left.value).toBe('lost');
  pbx.waiting[0]?.answer(200, {});
  await settled();
  expect(pbx.log).toHaveLength(5);
});

test.for([
  { remaining: 21, goes: ['command', 'look'] },
  { remaining: 20, goes: ['command'] },
  { remaining: 100, goes: ['command', 'look'] },
  { remaining: 101, goes: ['command', 'look', 'background'] },
  { remaining: 0, goes: ['command'] },
])('with $remaining of 1000 requests left, $goes may go', async ({ remaining, goes }) => {
  for (const lane of ['command', 'look', 'background'] as const) {
    const pbx = openScripted();
    const first = pbx.upstream.ask(look(1), 'look');
    await pbx.arrived(1);
    pbx.waiting[0]?.answer(200, {}, budgetOf(1_000, remaining, 600));
    await first;
    expect(pbx.upstream.budget).toEqual({ limit: 1_000, remaining, resetsAt: 600_000 });

    const asked = pbx.upstream.ask(lane === 'command' ? park : look(2), lane);
    await settled();
    expect(pbx.waiting).toHaveLength(goes.includes(lane) ? 1 : 0);
    if (goes.includes(lane)) continue;
    const { status, headers } = await asked;
    expect([status, headers['Retry-After']]).toEqual([429, '600']);
    pbx.nowMs = 600_000;
    void pbx.upstream.ask(look(2), lane);
    await pbx.arrived(1);
  }
});

test('requests without an answer yet count as spent', async () => {
  const pbx = openScripted();
  const first = pbx.upstream.ask(look(1), 'look');
  await pbx.arrived(1);
  void pbx.upstream.ask(look(2), 'look');
  await pbx.arrived(2);
  pbx.waiting[0]?.answer(200, {}, budgetOf(1_000, 500, 600));
  await first;
  expect(pbx.upstream.budget.remaining).toBe(499);
  void pbx.upstream.ask(look(3), 'look');
  await pbx.arrived(2);
  expect(pbx.upstream.budget.remaining).toBe(498);
});

test('a 429 without other headers stops looks for as long as it says', async () => {
  const pbx = openScripted();
  const asked = pbx.upstream.ask(park, 'command');
  await pbx.arrived(1);
  pbx.waiting[0]?.answer(429, { message: 'rate_limit_exceeded' }, { 'Retry-After': '900' });
  expect(await asked).toMatchObject({ status: 429, headers: { 'Retry-After': '900' } });
  const looked = await pbx.upstream.ask(look(1), 'look');
  expect([looked.status, pbx.log.length]).toEqual([429, 1]);
});

test('after a 429 for too many at once a look goes once more, and a command does not', async () => {
  const pbx = openScripted();
  const crowded = { message: 'concurrent request not allowed' };
  const asked = pbx.upstream.ask(park, 'command');
  await pbx.arrived(1);
  pbx.waiting[0]?.answer(429, crowded);
  expect((await asked).status).toBe(429);

  const looked = pbx.upstream.ask(look(1), 'look');
  for (let count = 0; count < 2; count += 1) {
    await pbx.arrived(1);
    pbx.waiting[0]?.answer(429, crowded);
  }
  expect((await looked).status).toBe(429);
  expect(pbx.log).toHaveLength(3);
});

test.for(['command', 'look'] as const)('a %s is sent once, whatever fails', async (lane) => {
  const pbx = openScripted();
  const statusAfter = async (act: (one: (typeof pbx.waiting)[number]) => void) => {
    const asked = pbx.upstream.ask(lane === 'command' ? park : look(1), lane);
    await pbx.arrived(1);
    for (const one of [...pbx.waiting]) act(one);
    return (await asked).status;
  };
  expect(await statusAfter((one) => one.fail('ECONNREFUSED'))).toBe(503);
  expect(await statusAfter((one) => one.fail('ECONNRESET'))).toBe(504);
  expect(await statusAfter((one) => one.answer(500, { message: 'broken' }))).toBe(500);
  expect(await statusAfter((one) => one.answer(302, {}, { Location: '/elsewhere' }))).toBe(504);
  expect(await statusAfter((one) => one.answer(200, 'x'.repeat(2_000_000)))).toBe(504);
  expect(pbx.log).toHaveLength(5);
});

test('a switch that takes too long gives no answer', async () => {
  const pbx = openScripted(20);
  const { status, body } = await pbx.upstream.ask(park, 'command');
  expect([status, body]).toEqual([504, expect.stringContaining('no answer in 20 ms')]);
});

function budgetOf(limit: number, remaining: number, resetS: number) {
  return {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': String(resetS),
  };
}
