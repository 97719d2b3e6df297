// The effects of faults on call events and on the feed, one fault at a time.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openDesk, RECEPTION, type Desk } from './desk.ts';
import { listen, type Listener } from './listener.ts';
import { openLine, settled, watch } from './line.ts';

/** Causes one event. The number of the caller identifies it. */
function ringAs(desk: Desk, number: string): void {
  desk.pbx.exchange.ring(RECEPTION, number);
}

async function openFeed(desk: Desk, lastEventId?: string): Promise<Listener> {
  const feed = await listen(desk, RECEPTION, lastEventId);
  await feed.next();
  return feed;
}

async function hear(feed: Listener, count: number): Promise<(string | undefined)[]> {
  const heard = [];
  for (; count > 0; count -= 1) heard.push((await feed.next()).fields['CallerIDNum']);
  return heard;
}

test('a lost event never arrives', async () => {
  const desk = await openDesk({ faults: 'event-lost=1' });
  const feed = await openFeed(desk);
  ringAs(desk, '1');
  desk.pbx.setFaults('calm');
  ringAs(desk, '2');
  expect(await hear(feed, 1)).toEqual(['2']);
});

test('a delayed event arrives late, after others', async () => {
  const desk = await openDesk({ faults: 'event-delay=300' });
  const feed = await openFeed(desk);
  ringAs(desk, '1');
  desk.pbx.forward(299);
  desk.pbx.setFaults('calm');
  ringAs(desk, '2');
  desk.pbx.forward(1);
  ringAs(desk, '3');
  expect(await hear(feed, 3)).toEqual(['2', '1', '3']);
});

test('a doubled event arrives twice, with two ids', async () => {
  const desk = await openDesk({ faults: 'event-doubled=1' });
  const feed = await openFeed(desk);
  ringAs(desk, '1');
  const [first, second] = [await feed.next(), await feed.next()];
  expect(second.fields).toEqual(first.fields);
  expect(Number(second.id)).toBe(Number(first.id) + 1);
});

test('an overtaken event arrives after the next one, or after a second', async () => {
  const desk = await openDesk({ faults: 'event-overtaken=1' });
  const feed = await openFeed(desk);
  for (const number of ['1', '2', '3']) ringAs(desk, number);
  desk.pbx.forward(1_000);
  ringAs(desk, '4');
  desk.pbx.setFaults('calm');
  ringAs(desk, '5');
  expect(await hear(feed, 5)).toEqual(['2', '1', '3', '5', '4']);
});

test('the faults of events strike web hooks, too', async () => {
  const got: string[] = [];
  const receiver = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://receiver');
    got.push(searchParams.get('CallerIDNum') ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void receiver.close());
  const desk = await openDesk();
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const hook = JSON.stringify({ url, event_type: 'dial-in' });
  await desk.send('POST', `/api/ver1.0/extension/${RECEPTION}/event/`, hook);
  desk.pbx.setFaults('event-overtaken=1');
  ringAs(desk, '1');
  ringAs(desk, '2');
  await expect.poll(() => got, { timeout: 30_000 }).toEqual(['2', '1']);
});

test('a feed is cut before an event, and a client that reconnects gets the event', async () => {
  const desk = await openDesk();
  const feed = await listen(desk, RECEPTION);
  const { id } = await feed.next();
  desk.pbx.setFaults('feed-cut=1');
  ringAs(desk, '1');
  expect(await feed.ended()).toBe(true);
  expect(desk.pbx.subscribers).toBe(0);
  desk.pbx.setFaults('calm');
  const again = await openFeed(desk, id ?? '');
  expect(await hear(again, 1)).toEqual(['1']);
});

test('a feed is cut while its reader does not read', async () => {
  const { pbx } = openLine();
  const headers = { authorization: `Bearer ${pbx.token}` };
  const url = `http://localhost/feed?extension=${RECEPTION}`;
  const { body } = await pbx.fetch(new Request(url, { headers }));
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  // The reader does not wait for data at this moment.
  pbx.setFaults('feed-cut=1');
  pbx.exchange.ring(RECEPTION, '1');
  expect((await reader.read()).done).toBe(true);
});

test('a silent feed is open and sends nothing, whatever happens', async () => {
  const desk = await openDesk({ feed: { heartbeatMs: 5 } });
  const first = await listen(desk, RECEPTION);
  const { id } = await first.next();
  first.vanish();
  ringAs(desk, '0');
  desk.pbx.setFaults('feed-silent=1');
  const silent = await openFeed(desk, id ?? ''); // It has missed an event and never gets it.
  await expect.poll(() => desk.pbx.subscribers, { timeout: 30_000 }).toBe(1);
  const heard = watch(silent.next());
  desk.pbx.setFaults('calm');
  const feed = await openFeed(desk);
  ringAs(desk, '1');
  desk.pbx.setFaults('feed-cut=1');
  const blocks = [await feed.next(), await feed.next(), await feed.next()];
  expect(blocks.map(({ comment }) => comment)).toContain('still here');
  expect(blocks.map(({ fields }) => fields['CallerIDNum'])).toContain('1');
  ringAs(desk, '2'); // Cuts the other feed.
  await settled();
  expect(heard.value).toBe('pending');
  expect(desk.pbx.subscribers).toBe(1);
  await desk.pbx.close();
  await settled();
  expect(heard.value).toBe('lost');
});

test('after a restart the feed ends, and a client that reconnects gets a reset', async () => {
  const desk = await openDesk();
  const feed = await openFeed(desk);
  ringAs(desk, '1');
  const { id } = await feed.next();
  desk.pbx.setFaults('restart=1');
  await expect(desk.ask('1-2', { action: 'slots' })).rejects.toThrow();
  expect(await feed.ended()).toBe(true);
  desk.pbx.setFaults('calm');
  const again = await openFeed(desk, id ?? '');
  const reset = await again.next();
  expect(reset.event).toBe('reset');
  expect(Number(reset.id)).toBeGreaterThan(Number(id));
  ringAs(desk, '2');
  expect(await hear(again, 1)).toEqual(['2']);
});
