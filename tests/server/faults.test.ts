// The effects of faults on requests and answers, one fault at a time. Most chances are 1, so that
// the tests do not depend on the dice.

import { expect, test } from 'vitest';
import { NOON, openDesk } from './desk.ts';
import { openLine, settled, watch } from './line.ts';

test('a delayed request is carried out within the span of `delay`', async () => {
  const line = openLine({ faults: 'delay=50..800', slots: 100 });
  const calls = Array.from({ length: 100 }, () => line.talk());
  const answers = calls.map((call, index) => watch(line.ask(call, 'park', index + 1)));
  await line.forward(49);
  expect(answers.every(({ value }) => value === 'pending')).toBe(true);
  await line.forward(375);
  const parked = calls.filter((call) => line.stateOf(call) === 'parked').length;
  expect(parked).toBeGreaterThan(25);
  expect(parked).toBeLessThan(75);
  await line.forward(376);
  for (const { value } of answers) expect(value).toMatchObject({ status: 200 });
});

test('a span can have a chance', async () => {
  const line = openLine({ faults: 'delay=100@0.5', slots: 100 });
  const answers = Array.from({ length: 100 }, () => watch(line.ask(line.talk(), 'park')));
  await settled();
  const delayed = answers.filter(({ value }) => value === 'pending').length;
  expect(delayed).toBeGreaterThan(25);
  expect(delayed).toBeLessThan(75);
});

test('a lost request is not carried out and not answered', async () => {
  const line = openLine({ faults: 'lost=1' });
  const call = line.talk();
  await expect(line.ask(call, 'park', 6)).rejects.toThrow(TypeError);
  expect(line.stateOf(call)).toBe('talking');
});

test('an unanswered request is carried out', async () => {
  const line = openLine({ faults: 'unanswered=1' });
  const call = line.talk();
  await expect(line.ask(call, 'park', 6)).rejects.toThrow(TypeError);
  expect(line.stateOf(call)).toBe('parked');
});

test.for(['lost', 'unanswered'])(
  'over the network, `%s` closes the connection, and the switch continues',
  async (fault) => {
    const desk = await openDesk({ faults: `${fault}=1` });
    const call = desk.talk();
    await expect(desk.ask(call, { action: 'park', slot: '6' })).rejects.toThrow('fetch failed');
    expect(desk.stateOf(call)).toBe(fault === 'lost' ? 'talking' : 'parked');
    desk.pbx.setFaults('calm');
    expect((await desk.ask(desk.talk(), { action: 'slots' })).status).toBe(200);
  },
);

test('the client gets the second answer to a doubled request', async () => {
  const desk = await openDesk();
  const [waiting, fetching] = [desk.talk(), desk.talk()];
  await desk.ask(waiting, { action: 'park', slot: '6' });
  desk.pbx.setFaults('doubled=1');
  const answer = await desk.ask(fetching, { action: 'bridge', slot: '6' });
  expect(answer).toMatchObject({ status: 409, json: { status: 'vacant' } });
  expect(desk.stateOf(waiting)).toBe('bridged');
});

test('the next request overtakes an overtaken request', async () => {
  const line = openLine({ faults: 'overtaken=1' });
  const [first, second] = [line.talk(), line.talk()];
  const [one, two] = [line.ask(first, 'park', 6), line.ask(second, 'park', 6)];
  expect((await two).status).toBe(200);
  expect((await one).status).toBe(409);
  expect([line.stateOf(first), line.stateOf(second)]).toEqual(['talking', 'parked']);
});

test('an overtaken request without a next one continues after a second', async () => {
  const line = openLine({ faults: 'overtaken=1' });
  const answer = watch(line.ask(line.talk(), 'park', 6));
  await line.forward(999);
  expect(answer.value).toBe('pending');
  await line.forward(1);
  expect(answer.value).toMatchObject({ status: 200 });
});

test('an overtaken request continues after the faults are switched off', async () => {
  const line = openLine({ faults: 'overtaken=1' });
  const answer = watch(line.ask(line.talk(), 'park', 6));
  await settled();
  line.pbx.setFaults('calm');
  await line.ask(line.talk(), 'slots');
  await settled();
  expect(answer.value).toMatchObject({ status: 200 });
});

test('`broken` has all forms of errors, with the request carried out and not carried out', async () => {
  const line = openLine({ faults: 'broken=1', slots: 100 });
  const seen = new Set<string>();
  for (let count = 0; count < 100; count += 1) {
    const call = line.talk();
    const { status, headers, text } = await line.ask(call, 'park');
    expect(text).toMatch(status === 502 ? 'Bad Gateway' : 'Service Temporarily Unavailable');
    seen.add(`${status} ${headers.get('content-type')?.split(';')[0]} ${line.stateOf(call)}`);
  }
  const ways = [502, 503].flatMap((status) =>
    ['text/html', 'application/json'].flatMap((type) =>
      ['parked', 'talking'].map((state) => `${status} ${type} ${state}`),
    ),
  );
  expect([...seen].sort()).toEqual(ways.sort());
});

test('after `limited`, the hourly limit counts as reached for ten seconds', async () => {
  const line = openLine({ faults: 'limited=1', hourlyLimit: 500 });
  const call = line.talk();
  const { status, headers, json } = await line.ask(call, 'park', 6);
  expect([status, json]).toEqual([429, { message: 'rate_limit_exceeded' }]);
  const names = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset', 'retry-after'];
  expect(names.map((name) => headers.get(name))).toEqual(['500', '0', '10', '10']);
  line.pbx.setFaults('calm');
  await line.forward(9_001);
  const again = await line.ask(call, 'park', 6);
  expect([again.status, again.headers.get('retry-after')]).toEqual([429, '1']);
  await line.forward(999);
  const last = await line.ask(call, 'park', 6);
  expect([last.status, last.headers.get('x-ratelimit-remaining')]).toEqual([200, '499']);
});

test('`crowded` refuses a request without a pause, and does nothing', async () => {
  const line = openLine({ faults: 'crowded=1' });
  const call = line.talk();
  const { status, headers, json } = await line.ask(call, 'park', 6);
  expect([status, json]).toEqual([429, { message: 'concurrent request not allowed' }]);
  expect(headers.get('retry-after')).toBeNull();
  expect(line.stateOf(call)).toBe('talking');
  line.pbx.setFaults('calm');
  expect((await line.ask(call, 'park', 6)).status).toBe(200);
});

test('a slow body comes in pieces, after the status', async () => {
  const line = openLine({ faults: 'slow=1000' });
  const call = line.talk();
  const response = await line.request(call, 'park', 6);
  expect([response.status, line.stateOf(call)]).toEqual([200, 'parked']);
  const body = watch(response.text());
  await line.forward(250);
  await line.forward(250);
  await line.forward(250);
  expect(body.value).toBe('pending');
  await line.forward(250);
  expect(JSON.parse(body.value)).toMatchObject({ slot: '6' });
});

test('a restart removes all calls, without events', async () => {
  const line = openLine({ faults: 'restart=1', token: 'fixed' });
  const [waiting, talking] = [line.talk(), line.talk()];
  line.pbx.exchange.ask({ extension: '34414', call: waiting, action: 'park', slot: 6 });
  const events: string[] = [];
  line.pbx.exchange.onEvent(({ type }) => events.push(type));
  await expect(line.ask(talking, 'slots')).rejects.toThrow(TypeError);
  expect(line.pbx.exchange.calls()).toEqual([]);
  expect(events).toEqual([]);
  line.pbx.setFaults('calm');
  expect((await line.ask(talking, 'slots')).status).toBe(404);
  const free = await line.ask(line.talk(), 'slots');
  expect(free.json.slots).toHaveLength(9);
});

test('a restart removes the web hooks and makes issued tokens invalid', async () => {
  const desk = await openDesk();
  const form = 'grant_type=client_credentials';
  const { json } = await desk.send('POST', '/oauth/token', form, { authorization: '' });
  const hooks = '/api/ver1.0/extension/34414/event/';
  const hook = JSON.stringify({ url: 'http://127.0.0.1:9/', event_type: 'answer' });
  expect((await desk.send('POST', hooks, hook)).status).toBe(201);
  desk.pbx.setFaults('restart=1');
  await expect(desk.send('GET', hooks)).rejects.toThrow();
  desk.pbx.setFaults('calm');
  expect((await desk.send('GET', hooks)).json).toEqual([]);
  const authorization = `Bearer ${json.access_token}`;
  expect((await desk.send('GET', hooks, undefined, { authorization })).status).toBe(401);
});

test('with faults, no connection is reused, so that browsers repeat nothing', async () => {
  const desk = await openDesk();
  const connection = async () => (await desk.send('GET', '/play')).headers.get('connection');
  expect(await connection()).toBe('keep-alive');
  desk.pbx.setFaults('lost=0.1');
  expect(await connection()).toBe('close');
});

test('no fault strikes /play, so the faults can always be switched off', async () => {
  const desk = await openDesk({ faults: 'lost=1,broken=1,delay=1000' });
  const play = (body: object) => desk.send('POST', '/play/faults', JSON.stringify(body));
  expect(await play({ faults: 'storm,seed=9' })).toMatchObject({
    status: 200,
    json: { preset: 'storm', faults: expect.stringMatching(/^seed=9,delay=50\.\.2000,/) },
  });
  expect(await play({ faults: 'calm' })).toMatchObject({ json: { faults: 'calm' } });
  expect((await desk.send('GET', '/play')).json).toMatchObject({ preset: 'calm', now: NOON });
  for (const body of [{}, { faults: 7 }, { faults: 'hail' }]) {
    expect((await play(body)).status).toBe(400);
  }
  expect(desk.pbx.faults).toBe('calm');
});
