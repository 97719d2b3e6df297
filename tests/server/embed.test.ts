// The switch inside of another program.

import { connect } from 'node:net';
import { ValetPark } from 'valet-park';
import { expect, test } from 'vitest';
import { createSwitch, startSwitch, SwitchError, type Profile } from 'valet-park/server';
import { readReply, resourcePath } from './desk.ts';

test('the switch answers requests without a server', async () => {
  const pbx = createSwitch();
  const { call } = pbx.exchange.ring('34414', '+79161112233');
  pbx.exchange.answer(call);
  const request = new Request(`https://pbx.example${resourcePath(call)}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${pbx.token}` },
    body: '{"action": "park", "slot": "6"}',
  });
  expect((await readReply(await pbx.fetch(request))).status).toBe(200);
  expect(pbx.exchange.calls()).toMatchObject([{ call, state: 'parked', slot: 6 }]);
  pbx.dispose();
});

test('a client can use the switch as its `fetch`', async () => {
  const pbx = createSwitch();
  const park = await ValetPark.open({
    baseUrl: 'http://pbx.example/api/ver1.0',
    extension: '34414',
    headers: () => ({ Authorization: `Bearer ${pbx.token}` }),
    fetch: async (input, init) => pbx.fetch(new Request(input, init)),
  });
  const { call } = pbx.exchange.ring('34414', '+79161112233');
  pbx.exchange.answer(call);
  await expect(park.park(call, { slot: 6 })).resolves.toMatchObject({ slot: 6 });
  pbx.setFaults('lost=1');
  await expect(park.freeSlots({ call })).rejects.toMatchObject({ code: 'unreachable' });
  park.dispose();
  pbx.dispose();
});

test('a delayed request is answered at once when the switch closes', async () => {
  const pbx = createSwitch({ faults: 'delay=1000,overtaken=1', now: () => 0 });
  const { call } = pbx.exchange.ring('34414', '1');
  const headers = { authorization: `Bearer ${pbx.token}` };
  const request = new Request(`http://localhost${resourcePath(call)}`, { method: 'PUT', headers });
  const answer = pbx.fetch(request);
  pbx.dispose();
  expect((await readReply(await answer)).status).toBe(503);
});

test('the switch does not change the globals', async () => {
  const before = [globalThis.Request, globalThis.Response, globalThis.fetch];
  const pbx = await startSwitch();
  await fetch(pbx.url);
  await pbx.close();
  expect([globalThis.Request, globalThis.Response, globalThis.fetch]).toEqual(before);
});

test('each switch has its own port, calls and lot', async () => {
  const [one, two] = await Promise.all([startSwitch(), startSwitch()]);
  expect(one.url).not.toBe(two.url);
  expect(one.token).not.toBe(two.token);
  one.exchange.ring('34414', '1');
  expect(two.exchange.calls()).toEqual([]);
  await Promise.all([one.close(), two.close()]);
});

test('closing twice does no harm, and the port is free again', async () => {
  const pbx = await startSwitch();
  const port = Number(new URL(pbx.url).port);
  await Promise.all([pbx.close(), pbx.close()]);
  await pbx[Symbol.asyncDispose]();
  await expect(fetch(pbx.url)).rejects.toThrow();
  const again = await startSwitch({ port });
  expect(again.url).toBe(pbx.url);
  await expect(startSwitch({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await again.close();
});

test('an unfinished request ends when the switch closes', async () => {
  const pbx = await startSwitch();
  const socket = connect(Number(new URL(pbx.url).port), '127.0.0.1');
  const cutOff = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => {}); // The switch may reset the connection or end it.
  socket.write('POST /play/ring HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n');
  socket.write('Content-Length: 9\r\n\r\n');
  await new Promise((resolve) => socket.once('data', resolve)); // The switch waits for the body now.
  await pbx.close();
  await cutOff;
});

test('a closed switch answers 503', async () => {
  const pbx = createSwitch({ trust: 'anyone' });
  const { call } = pbx.exchange.ring('34414', '1');
  pbx.dispose();
  pbx.dispose();
  for (const path of ['/play', resourcePath(call)]) {
    const method = path === '/play' ? 'GET' : 'PUT';
    const headers = { authorization: `Bearer ${pbx.token}` };
    const request = new Request(`http://localhost${path}`, { method, headers });
    expect(await readReply(await pbx.fetch(request))).toMatchObject({
      status: 503,
      json: { message: 'the switch is closed' },
    });
  }
  expect(() => pbx.exchange.answer(call)).toThrow(expect.objectContaining({ code: 'closed' }));
});

test('the same seed gives the same random choices', async () => {
  async function order(seed: number): Promise<string[]> {
    const pbx = createSwitch({ seed });
    const { exchange } = pbx;
    const talk = (number: string) => exchange.answer(exchange.ring('34414', number).call).call;
    for (let number = 1; number <= 9; number += 1) {
      exchange.ask({ extension: '34414', call: talk(String(number)), action: 'park' });
    }
    const fetching = talk('0');
    const fetched: string[] = [];
    for (let count = 0; count < 9; count += 1) {
      const answer = exchange.ask({ extension: '34414', call: fetching, action: 'bridge' });
      fetched.push(String(answer.kind === 'bridged' && answer.slot));
    }
    pbx.dispose();
    return fetched;
  }
  expect(await order(7)).toEqual(await order(7));
  expect(await order(7)).not.toEqual(await order(8));
  expect([...(await order(7))].sort()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
});

test('the option `extensions` replaces the default extensions', async () => {
  const pbx = createSwitch({ extensions: [{ id: '7', number: '101', name: 'Desk' }] });
  expect(pbx.exchange.ring('101', '1').extension).toBe('7');
  expect(() => pbx.exchange.ring('34414', '1')).toThrow(SwitchError);
  pbx.dispose();
});

test.for([
  [{ slots: 0 }],
  [{ slots: 1.5 }],
  [{ patienceMs: -1 }],
  [{ hourlyLimit: 0 }],
  [{ feed: { replay: 0 } }],
  [{ faults: 'hail' }],
  [{ profile: 'asterisk' as Profile }],
  [{ profile: 'freeswitch', slots: 0 }],
  [{ extensions: [{ id: 'x', number: '1', name: '' }] }],
  [
    {
      extensions: [
        { id: '1', number: '1', name: '' },
        { id: '1', number: '2', name: '' },
      ],
    },
  ],
  [
    {
      extensions: [
        { id: '1', number: '1', name: '' },
        { id: '2', number: '1', name: '' },
      ],
    },
  ],
] as const)('the options %j are refused', ([options]) => {
  expect(() => createSwitch(options)).toThrow(/`|between|from/);
});
