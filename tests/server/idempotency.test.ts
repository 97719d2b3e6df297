// The `Idempotency-Key` of a command: one key is executed once and answered alike.

import { readAnswer } from 'valet-park';
import { expect, test } from 'vitest';
import { PROFILES, type SwitchOptions } from 'valet-park/server';
import { openDesk, readReply, RECEPTION, resourcePath, SALES, type Reply } from './desk.ts';
import { openLine, settled, watch, type Line } from './line.ts';

/** One request with a key. */
interface Keyed {
  readonly call: string;
  readonly key: string;
  readonly body: string;
  readonly extension?: string;
  readonly token?: string;
}

/** A switch without a network, and a way to ask it with a key. */
function openKeyed(options: SwitchOptions = {}) {
  const line = openLine(options);
  async function send({ call, key, body, extension, token = line.pbx.token }: Keyed) {
    const url = `http://localhost${resourcePath(call, extension)}`;
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key };
    return readReply(await line.pbx.fetch(new Request(url, { method: 'PUT', headers, body })));
  }
  return { line, send };
}

/** The number that the feed gave to an answer. */
function orderOf(reply: Reply): number {
  return Number(reply.headers.get('x-feed-id'));
}

/** A way to learn how much the feed told since the last time: 0 if nothing was executed. */
function openCount(line: Line): () => Promise<number> {
  const call = line.talk();
  let last = 0;
  return async () => {
    const order = orderOf(await line.ask(call, 'slots'));
    const told = order - last - 1; // The question of this function is told, too.
    last = order;
    return told;
  };
}

function park(slot: number): string {
  return JSON.stringify({ action: 'park', slot: String(slot) });
}

function bridge(slot: number): string {
  return JSON.stringify({ action: 'bridge', slot: String(slot) });
}

const executed = { status: 200, json: { slot: '6' } };

test.for(PROFILES)(
  '%s: a park with one key is executed once and answered alike',
  async (profile) => {
    const { line, send } = openKeyed({ profile });
    const request = { call: line.talk(), key: 'a', body: '{"action":"park"}' };
    const count = openCount(line);
    const first = await send(request);
    expect(first.status).toBe(200);
    await count();
    const again = await send(request);
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect(again.headers.get('x-feed-id')).toBe(first.headers.get('x-feed-id'));
    expect(await count()).toBe(0);
    expect(line.pbx.exchange.accidents).toEqual([]);
  },
);

test.for(PROFILES)(
  '%s: a bridge with one key is executed once and answered alike',
  async (profile) => {
    const { line, send } = openKeyed({ profile });
    const [waiting, fetching] = [line.talk(), line.talk()];
    line.pbx.exchange.ask({ extension: RECEPTION, call: waiting, action: 'park', slot: 6 });
    await line.forward(1_000);
    const request = { call: fetching, key: 'a', body: bridge(6) };
    const count = openCount(line);
    const first = await send(request);
    expect(first.status).toBe(200);
    await count();
    const again = await send(request);
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect(await count()).toBe(0);
    expect([line.stateOf(waiting), line.stateOf(fetching)]).toEqual(['bridged', 'talking']);
    expect(line.pbx.exchange.accidents).toEqual([]);
  },
);

test('a refusal is an answer, too: the key repeats it', async () => {
  const { line, send } = openKeyed();
  const [waiting, late] = [line.talk(), line.talk()];
  await line.ask(waiting, 'park', 6);
  const request = { call: late, key: 'a', body: park(6) };
  const first = await send(request);
  expect(first.status).toBe(409);
  line.pbx.exchange.hangup(waiting); // Slot 6 is free now.
  expect(await send(request)).toMatchObject({ status: 409, text: first.text });
  expect(line.stateOf(late)).toBe('talking');
});

test('a second request waits while the first one is at work', async () => {
  const { line, send } = openKeyed({ profile: 'freeswitch' });
  const request = { call: line.talk(), key: 'a', body: park(6) };
  const [first, second] = [watch(send(request)), watch(send(request))];
  await settled();
  expect([first.value, second.value]).toEqual(['pending', 'pending']);
  await line.forward(10);
  expect(first.value).toMatchObject({ status: 200 });
  const told = (reply: unknown) => [(reply as Reply).text, orderOf(reply as Reply)];
  expect(told(second.value)).toEqual(told(first.value));
  expect(line.pbx.exchange.accidents).toEqual([]);
});

test('a client that went away while its command was at work gets the answer later', async () => {
  const desk = await openDesk({ profile: 'freeswitch' });
  const call = desk.talk();
  const gone = new AbortController();
  const init = {
    method: 'PUT',
    headers: { authorization: `Bearer ${desk.pbx.token}`, 'idempotency-key': 'a' },
    body: park(6),
  };
  const url = desk.pbx.url + resourcePath(call);
  const first = watch(fetch(url, { ...init, signal: gone.signal }));
  // The switch answers in the order of arrival, so the command is at work when this returns.
  await desk.ask(call, { action: 'slots' });
  gone.abort();
  const second = fetch(url, init);
  await desk.ask(call, { action: 'slots' });
  desk.pbx.forward(10);
  expect((await second).status).toBe(200);
  expect(first.value).toBe('lost');
  expect(desk.pbx.exchange.accidents).toEqual([]);
});

test.for([
  ['another body', { body: park(5) }],
  ['another action', { body: bridge(6) }],
  ['another call', {}],
  ['another extension', { extension: SALES }],
] as const)('the same key with %s is refused and not executed', async ([what, change]) => {
  const { line, send } = openKeyed();
  const [call, other] = [line.talk(), line.talk()];
  const request = { call, key: 'a', body: park(6) };
  const count = openCount(line);
  const first = await send(request);
  await count();
  const changed = { ...request, ...(what === 'another call' ? { call: other } : change) };
  const refused = await send(changed);
  expect([refused.status, refused.json]).toEqual([
    422,
    { message: expect.stringMatching(/key.*another request.*new key/i) },
  ]);
  expect(line.stateOf(other)).toBe('talking');
  expect(await count()).toBe(0);
  const question = { extension: RECEPTION, call, action: 'park', slot: 6 } as const;
  const read = readAnswer(question, refused.status, refused.text);
  expect(read).toMatchObject({
    kind: 'refused',
    code: 'bad-request',
    message: refused.json.message,
  });
  expect((await send(request)).text).toBe(first.text); // The first request keeps its key.
});

test('the same key with another request is refused while the first is at work, too', async () => {
  const { line, send } = openKeyed({ profile: 'freeswitch' });
  const call = line.talk();
  const first = watch(send({ call, key: 'a', body: park(6) }));
  expect((await send({ call, key: 'a', body: park(5) })).status).toBe(422);
  await line.forward(10);
  expect(first.value).toMatchObject(executed);
});

test('each token has its own keys', async () => {
  const { line, send } = openKeyed();
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  const granted = await line.pbx.fetch(
    new Request('http://localhost/oauth/token', { method: 'POST', body: form }),
  );
  const { access_token: token } = await granted.json();
  const [one, two] = [line.talk(), line.talk()];
  expect((await send({ call: one, key: 'a', body: park(6) })).status).toBe(200);
  expect((await send({ call: two, key: 'a', body: park(5), token })).status).toBe(200);
  expect([line.stateOf(one), line.stateOf(two)]).toEqual(['parked', 'parked']);
});

test('a question ignores the key', async () => {
  const { line, send } = openKeyed();
  const call = line.talk();
  const first = await send({ call, key: 'a', body: '{"action":"slots"}' });
  expect(first.status).toBe(200);
  expect((await send({ call, key: 'a', body: park(6) })).status).toBe(200);
  const second = await send({ call, key: 'a', body: '{"action":"slots"}' });
  expect([second.status, second.json.slots]).toEqual([200, expect.not.arrayContaining(['6'])]);
  expect((await send({ call, key: 'no key', body: '{"action":"slots"}' })).status).toBe(200);
});

test('a request that cannot be understood takes no key', async () => {
  const { line, send } = openKeyed();
  const call = line.talk();
  expect((await send({ call, key: 'a', body: '{"action":"prak"}' })).status).toBe(400);
  expect((await send({ call, key: 'a', body: park(6) })).status).toBe(200);
});

test.for(['', 'two words', 'a\tb', 'clé', 'a'.repeat(256)])(
  'the key %j is refused, and nothing is done',
  async (key) => {
    const { line, send } = openKeyed();
    const call = line.talk();
    const refused = await send({ call, key, body: park(6) });
    expect([refused.status, refused.json]).toEqual([
      400,
      { message: expect.stringMatching(/Idempotency-Key.* 1 to 255 visible ASCII characters/) },
    ]);
    expect(line.stateOf(call)).toBe('talking');
  },
);

test('the longest key and every visible character are taken', async () => {
  const { line, send } = openKeyed();
  const visible = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join(
    '',
  );
  for (const key of [visible, 'a'.repeat(255)]) {
    expect((await send({ call: line.talk(), key, body: '{"action":"park"}' })).status).toBe(200);
  }
});

test('a key is kept for ten minutes of the clock of the switch, from its answer on', async () => {
  const { line, send } = openKeyed({ patienceMs: 0 });
  const request = { call: line.talk(), key: 'a', body: park(6) };
  const first = await send(request);
  await line.forward(599_999);
  expect(orderOf(await send(request))).toBe(orderOf(first));
  await line.forward(1);
  expect(orderOf(await send(request))).toBeGreaterThan(orderOf(first));
});

/** Sends `count` commands, each with its own key. The switch refuses each of them at once. */
async function spend(count: number, { line, send }: ReturnType<typeof openKeyed>): Promise<void> {
  const call = line.talk();
  for (let n = 0; n < count; n += 1) {
    await send({ call, key: `spent-${n}`, body: bridge(1) });
  }
}

test('of ten thousand keys the one answered first is forgotten first', async () => {
  const keyed = openKeyed();
  const { line, send } = keyed;
  const [one, two] = [line.talk(), line.talk()];
  const [first, second] = [
    { call: one, key: 'first', body: park(6) },
    { call: two, key: 'second', body: park(5) },
  ];
  const [, told] = [await send(first), await send(second)];
  await spend(9_999, keyed);
  expect(orderOf(await send(second))).toBe(orderOf(told));
  expect(orderOf(await send(first))).toBeGreaterThan(orderOf(told));
});

test('a key at work is never forgotten', async () => {
  const keyed = openKeyed({ profile: 'freeswitch' });
  const { line, send } = keyed;
  const request = { call: line.talk(), key: 'a', body: park(6) };
  const first = watch(send(request));
  await settled();
  const waiting = line.talk();
  line.pbx.exchange.ask({ extension: RECEPTION, call: waiting, action: 'park', slot: 1 });
  const call = line.talk();
  for (let n = 0; n < 10_001; n += 1) await send({ call, key: `other-${n}`, body: park(1) });
  const second = watch(send(request));
  await line.forward(10);
  expect(first.value).toMatchObject({ status: 200 });
  expect(second.value).toMatchObject({ status: 200, text: (first.value as Reply).text });
  expect(line.pbx.exchange.accidents).toEqual([]);
});

test('a switch with ten thousand commands at work refuses one more and says so', async () => {
  const { line, send } = openKeyed({ profile: 'freeswitch' });
  const call = line.talk();
  const sent = Array.from({ length: 10_000 }, (_, n) =>
    send({ call, key: `k${n}`, body: park(1) }),
  );
  await settled();
  const refused = await send({ call, key: 'one-more', body: park(1) });
  expect([refused.status, refused.json]).toEqual([
    503,
    { message: expect.stringContaining('10000 commands') },
  ]);
  await line.forward(10);
  expect((await Promise.all(sent)).every(({ status }) => status < 500)).toBe(true);
  expect((await send({ call, key: 'one-more', body: park(9) })).status).not.toBe(503);
});

test('a command that was refused before it reached the lot keeps its key', async () => {
  const { line, send } = openKeyed({ hourlyLimit: 1 });
  await line.ask(line.talk(), 'slots');
  const request = { call: line.talk(), key: 'a', body: park(6) };
  expect((await send(request)).status).toBe(429);
  await line.forward(3_600_000 / 2);
  expect((await send(request)).status).toBe(200);
});

test('of a doubled command with a key the first execution is the only one', async () => {
  const { line, send } = openKeyed();
  const [waiting, fetching] = [line.talk(), line.talk()];
  await line.ask(waiting, 'park', 6);
  line.pbx.setFaults('doubled=1');
  expect(await send({ call: fetching, key: 'a', body: bridge(6) })).toMatchObject(executed);
});

test.for(['unanswered=1', 'broken=1'])(
  'the answer that %s lost can be had with the same key',
  async (faults) => {
    const { line, send } = openKeyed();
    const [waiting, fetching] = [line.talk(), line.talk()];
    await line.ask(waiting, 'park', 6);
    const request = { call: fetching, key: 'a', body: bridge(6) };
    line.pbx.setFaults(faults);
    // A broken gateway hands on every other command only, so this sends until one got through.
    for (let count = 0; line.stateOf(waiting) === 'parked' && count < 20; count += 1) {
      await send(request).catch(() => null);
    }
    line.pbx.setFaults('calm');
    expect(await send(request)).toMatchObject(executed);
    expect(line.stateOf(waiting)).toBe('bridged');
  },
);

test('an oddly worded answer is repeated in the same words', async () => {
  const { line, send } = openKeyed({ faults: 'odd=1', slots: 100 });
  for (let n = 0; n < 20; n += 1) {
    const request = { call: line.talk(), key: `k${n}`, body: '{"action":"park"}' };
    const first = await send(request);
    expect(await send(request)).toMatchObject({ status: first.status, text: first.text });
  }
});

test('a restart forgets the keys', async () => {
  const { line, send } = openKeyed();
  const request = { call: line.talk(), key: 'a', body: park(6) };
  expect((await send(request)).status).toBe(200);
  line.pbx.setFaults('restart=1');
  await expect(line.ask(line.talk(), 'slots')).rejects.toThrow(TypeError);
  line.pbx.setFaults('calm');
  expect((await send(request)).status).toBe(404);
});

test('a command at work when the switch restarts does not come back with its key', async () => {
  const { line, send } = openKeyed({ profile: 'freeswitch' });
  const request = { call: line.talk(), key: 'a', body: park(6) };
  const first = watch(send(request));
  await settled();
  line.pbx.setFaults('restart=1');
  await expect(line.ask(line.talk(), 'slots')).rejects.toThrow(TypeError);
  line.pbx.setFaults('calm');
  const call = line.talk();
  expect((await send({ call, key: 'a', body: '{"action":"park"}' })).status).toBe(200);
  await line.forward(10);
  expect(first.value).toMatchObject({ status: 404 });
  expect((await send({ call, key: 'a', body: '{"action":"park"}' })).status).toBe(200);
});
