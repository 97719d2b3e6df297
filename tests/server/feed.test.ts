import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openDesk, RECEPTION, SALES, type Desk } from './desk.ts';
import { listen } from './listener.ts';

/** Causes one event at an extension. The number of the caller identifies it. */
function ringAs(desk: Desk, number: string, extension = RECEPTION): void {
  desk.pbx.exchange.ring(extension, number);
}

test('a feed has the events of its own extension only, with increasing ids', async () => {
  const desk = await openDesk();
  const feed = await listen(desk, RECEPTION);
  await feed.next();
  ringAs(desk, '1', SALES);
  ringAs(desk, '2');
  ringAs(desk, '3');
  const [first, second] = [await feed.next(), await feed.next()];
  expect([first, second].map(({ event, fields }) => [event, fields['CallerIDNum']])).toEqual([
    ['call', '2'],
    ['call', '3'],
  ]);
  expect(Number(second.id)).toBe(Number(first.id) + 1);
});

test('a feed of two extensions has the calls and the events of both', async () => {
  const desk = await openDesk();
  ringAs(desk, '1');
  ringAs(desk, '2', SALES);
  const feed = await listen(desk, `${RECEPTION}&extension=${SALES}`);
  await feed.next();
  ringAs(desk, '3', SALES);
  ringAs(desk, '4');
  const numbers: (string | undefined)[] = [];
  while (numbers.length < 4) {
    const { event, fields } = await feed.next();
    if (event === 'call') numbers.push(fields['CallerIDNum']);
  }
  expect(numbers).toEqual(['1', '2', '3', '4']);
});

test('a subscriber that reconnects gets the missed events, and no event twice', async () => {
  const desk = await openDesk();
  const feed = await listen(desk, RECEPTION);
  await feed.next();
  ringAs(desk, '1');
  const { id } = await feed.next();
  feed.vanish();
  ringAs(desk, '2');
  ringAs(desk, '3');

  const again = await listen(desk, RECEPTION, id ?? '');
  await again.next(); // The pause before a new connection.
  expect((await again.next()).fields['CallerIDNum']).toBe('2');
  expect((await again.next()).fields['CallerIDNum']).toBe('3');
  ringAs(desk, '4');
  expect((await again.next()).fields['CallerIDNum']).toBe('4');
});

test('a connection that breaks before its first event is resumed without loss', async () => {
  const desk = await openDesk();
  const feed = await listen(desk, RECEPTION);
  const { id } = await feed.next();
  expect(id).toMatch(/^\d+$/);
  feed.vanish();
  ringAs(desk, '1');
  const again = await listen(desk, RECEPTION, id ?? '');
  await again.next();
  expect((await again.next()).fields['CallerIDNum']).toBe('1');
});

test.for([
  ['too old', (latest: number) => String(latest - 4)],
  ['too new', (latest: number) => String(latest + 1)],
  ['of another feed', () => '1'],
  ['no number', () => 'abc'],
] as const)(
  'a subscriber with an id that is %s gets a reset, and then the kept events',
  async ([, idFrom]) => {
    const desk = await openDesk({ feed: { replay: 3 } });
    const feed = await listen(desk, RECEPTION);
    await feed.next();
    for (const number of ['1', '2', '3', '4', '5']) ringAs(desk, number);
    let latest = 0;
    for (let count = 0; count < 5; count += 1) latest = Number((await feed.next()).id);

    const again = await listen(desk, RECEPTION, idFrom(latest));
    await again.next();
    expect(await again.next()).toMatchObject({ event: 'reset', id: String(latest - 3) });
    for (const number of ['3', '4', '5']) {
      expect((await again.next()).fields['CallerIDNum']).toBe(number);
    }
  },
);

test('a subscriber with the oldest useful id gets no reset', async () => {
  const desk = await openDesk({ feed: { replay: 3 } });
  const feed = await listen(desk, RECEPTION);
  await feed.next();
  for (const number of ['1', '2', '3', '4']) ringAs(desk, number);
  const { id } = await feed.next();
  const again = await listen(desk, RECEPTION, id ?? '');
  await again.next();
  expect(await again.next()).toMatchObject({ event: 'call', fields: { CallerIDNum: '2' } });
});

test('a feed without events sends comments', async () => {
  const desk = await openDesk({ feed: { heartbeatMs: 5 } });
  const feed = await listen(desk, RECEPTION);
  await feed.next();
  expect(await feed.next()).toMatchObject({ comment: 'still here', event: null, id: null });
});

test('a subscriber that disconnects is removed', async () => {
  const desk = await openDesk();
  const feed = await listen(desk, RECEPTION);
  await feed.next();
  expect(desk.pbx.subscribers).toBe(1);
  feed.vanish();
  await expect.poll(() => desk.pbx.subscribers, PATIENTLY).toBe(0);
});

test('a HEAD request is no subscription', async () => {
  const desk = await openDesk();
  expect((await desk.send('HEAD', `/feed?extension=${RECEPTION}`)).status).toBe(200);
  expect(desk.pbx.subscribers).toBe(0);
});

// A subscriber that stops reading must cost no memory. So this test sends much more than the buffers
// of the connection hold. Later that subscriber gets a reset. The other one has missed nothing.
test('a subscriber that does not read falls behind, and others do not', async () => {
  const desk = await openDesk({ feed: { replay: 10 } });
  const socket = connect(Number(new URL(desk.pbx.url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let text = '';
  socket.setEncoding('utf8');
  socket.write(
    `GET /feed?extension=${RECEPTION} HTTP/1.1\r\nHost: localhost\r\n` +
      `Authorization: Bearer ${desk.pbx.token}\r\n\r\n`,
  );
  await new Promise((resolve) => socket.once('data', resolve));
  socket.pause();
  socket.on('data', (chunk: string) => void (text += chunk));
  await expect.poll(() => desk.pbx.subscribers, PATIENTLY).toBe(1);

  const reader = await listen(desk, RECEPTION);
  await reader.next();
  const name = 'Ж'.repeat(256);
  for (let count = 0; count < 8_000; count += 1) {
    desk.pbx.exchange.hangup(desk.pbx.exchange.ring(RECEPTION, '1', name).call);
    if (count % 4 !== 0) continue;
    // This subscriber reads all events, so that only the other one falls behind.
    for (let block = await reader.next(); block.fields['EventType'] !== 'hangup';) {
      block = await reader.next();
    }
  }
  expect(desk.pbx.subscribers).toBe(2);

  desk.pbx.exchange.ring(RECEPTION, 'last');
  socket.resume();
  await expect.poll(() => text.includes('CallerIDNum=last'), PATIENTLY).toBe(true);
  expect(text).toContain('event: reset');
  expect(text.length).toBeLessThan(8_000 * 2 * name.length * 6);
});

test('closing the switch ends its feeds, and says when to reconnect', async () => {
  const desk = await openDesk();
  const feeds = await Promise.all(Array.from({ length: 8 }, () => listen(desk, RECEPTION)));
  const first = await Promise.all(feeds.map((feed) => feed.next()));
  await desk.pbx.close();
  const last = await Promise.all(feeds.map((feed) => feed.next()));
  for (const [blocks, shortest, longest] of [
    [first, 1_000, 2_000],
    [last, 500, 5_000],
  ] as const) {
    const pauses = blocks.map(({ retry }) => Number(retry));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(shortest);
    expect(Math.max(...pauses)).toBeLessThan(longest);
    expect(new Set(pauses).size).toBeGreaterThan(1); // They do not all come back at once.
  }
  for (const feed of feeds) expect(await feed.ended()).toBe(true);
});

test('a feed needs an extension that exists', async () => {
  const desk = await openDesk();
  expect((await desk.send('GET', '/feed')).status).toBe(400);
  expect((await desk.send('GET', '/feed?extension=1')).status).toBe(404);
});

/** Ends a test that hangs. */
const PATIENTLY = { timeout: 30_000 };
