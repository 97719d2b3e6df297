// The header `Idempotency-Key`: commands with the same key are executed once.

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

/** The id of the feed message about an answer. */
function orderOf(reply: Reply): number {
  return Number(reply.headers.get('x-feed-id'));
}

/** Returns a function that counts the feed messages since its last call: 0 if nothing happened. */
function openCount(line: Line): () => Promise<number> {
  const call = line.talk();
  let last = 0;
  return async () => {
    const order = orderOf(await line.ask(call, 'slots'));
    const count = order - last - 1; // The question of this function has a message, too.
    last = order;
    return count;
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
  '%s: two parks with the same key are executed once and get the same answer',
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
  '%s: two bridges with the same key are executed once and get the same answer',
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

test('a key repeats a refusal, too', async () => {
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

test('a second request waits while the first one runs', async () => {
  const { line, send } = openKeyed({ profile: 'freeswitch' });
  const request = { call: line.talk(), key: 'a', body: park(6) };
  const [first, second] = [watch(send(request)), watch(send(request))];
  await settled();
  expect([first.value, second.value]).toEqual(['pending', 'pending']);
  await line.forward(10);
  expect(first.value).toMatchObject({ status: 200 });
  const partsOf = (reply: unknown) => [(reply as Reply).text, orderOf(reply as Reply)];
  expect(partsOf(second.value)).toEqual(partsOf(first.value));
  expect(line.pbx.exchange.accidents).toEqual([]);
});

test('a client that disconnects while its command runs can get the answer later', async () => {
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
  // The switch answers in the order of arrival, so the command runs when this returns.
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

test('the same key with another request is refused while the first one runs, too', async () => {
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

test('`slots` ignores the key', async () => {
  const { line, send } = openKeyed();
  const call = line.talk();
  const first = await send({ call, key: 'a', body: '{"action":"slots"}' });
  expect(first.status).toBe(200);
  expect((await send({ call, key: 'a', body: park(6) })).status).toBe(200);
  const second = await send({ call, key: 'a', body: '{"action":"slots"}' });
  expect([second.status, second.json.slots]).toEqual([200, expect.not.arrayContaining(['6'])]);
  expect((await send({ call, key: 'no key', body: '{"action":"slots"}' })).status).toBe(200);
});

test('a request that is no question uses no key', async () => {
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

test('the longest key and all visible characters are allowed', async () => {
  const { line, send } = openKeyed();
  const visible = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join(
    '',
  );
  for (const key of [visible, 'a'.repeat(255)]) {
    expect((await send({ call: line.talk(), key, body: '{"action":"park"}' })).status).toBe(200);
  }
});

test('a key is kept for ten minutes after its answer, on the clock of the switch', async () => {
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

test('beyond ten thousand keys, the key that was answered first is removed first', async () => {
  const keyed = openKeyed();
  const { line, send } = keyed;
  const [one, two] = [line.talk(), line.talk()];
  const [first, second] = [
    { call: one, key: 'first', body: park(6) },
    { call: two, key: 'second', body: park(5) },
  ];
  const [, answered] = [await send(first), await send(second)];
  await spend(9_999, keyed);
  expect(orderOf(await send(second))).toBe(orderOf(answered));
  expect(orderOf(await send(first))).toBeGreaterThan(orderOf(answered));
});

test('the key of a command that runs is never removed', async () => {
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

test('while ten thousand commands with keys run, another one is refused', async () => {
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

test('a command that the hourly limit refused does not use its key', async () => {
  const { line, send } = openKeyed({ hourlyLimit: 1 });
  await line.ask(line.talk(), 'slots');
  const request = { call: line.talk(), key: 'a', body: park(6) };
  expect((await send(request)).status).toBe(429);
  await line.forward(3_600_000 / 2);
  expect((await send(request)).status).toBe(200);
});

test('a doubled command with a key is executed once', async () => {
  const { line, send } = openKeyed();
  const [waiting, fetching] = [line.talk(), line.talk()];
  await line.ask(waiting, 'park', 6);
  line.pbx.setFaults('doubled=1');
  expect(await send({ call: fetching, key: 'a', body: bridge(6) })).toMatchObject(executed);
});

test.for(['unanswered=1', 'broken=1'])(
  'the same key gets the answer that `%s` lost',
  async (faults) => {
    const { line, send } = openKeyed();
    const [waiting, fetching] = [line.talk(), line.talk()];
    await line.ask(waiting, 'park', 6);
    const request = { call: fetching, key: 'a', body: bridge(6) };
    line.pbx.setFaults(faults);
    // `broken` carries out only some of the commands, so this sends until one is carried out.
    for (let count = 0; line.stateOf(waiting) === 'parked' && count < 20; count += 1) {
      await send(request).catch(() => null);
    }
    line.pbx.setFaults('calm');
    expect(await send(request)).toMatchObject(executed);
    expect(line.stateOf(waiting)).toBe('bridged');
  },
);

test('a key repeats an odd answer in the same form', async () => {
  const { line, send } = openKeyed({ faults: 'odd=1', slots: 100 });
  for (let n = 0; n < 20; n += 1) {
    const request = { call: line.talk(), key: `k${n}`, body: '{"action":"park"}' };
    const first = await send(request);
    expect(await send(request)).toMatchObject({ status: first.status, text: first.text });
  }
});

test('a restart removes the keys', async () => {
  const { line, send } = openKeyed();
  const request = { call: line.talk(), key: 'a', body: park(6) };
  expect((await send(request)).status).toBe(200);
  line.pbx.setFaults('restart=1');
  await expect(line.ask(line.talk(), 'slots')).rejects.toThrow(TypeError);
  line.pbx.setFaults('calm');
  expect((await send(request)).status).toBe(404);
});

test('the key of a command that runs during a restart is removed, too', async () => {
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
