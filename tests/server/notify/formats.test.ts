// The texts for people, at stand-ins that accept what Slack, Teams and ntfy document.

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import * as v from 'valibot';
import { createSwitch } from 'valet-park/server';
import { RECEPTION, resourcePath } from '../desk.ts';
import { sentenceOf } from '../../../www/server/notify/format.ts';
import { SECRET, openWorld } from './world.ts';

/** Answers as a service does: the status and the body that it documents. */
type StandIn = (request: IncomingMessage, body: string) => [status: number, body: string];

const SLACK = v.strictObject({ text: v.pipe(v.string(), v.nonEmpty(), v.maxLength(40_000)) });

const TEAMS = v.object({
  type: v.literal('message'),
  attachments: v.tuple([
    v.object({
      contentType: v.literal('application/vnd.microsoft.card.adaptive'),
      content: v.object({
        type: v.literal('AdaptiveCard'),
        version: v.picklist(['1.0', '1.1', '1.2', '1.3', '1.4', '1.5']),
        body: v.pipe(
          v.array(v.object({ type: v.literal('TextBlock'), text: v.string(), wrap: v.boolean() })),
          v.minLength(1),
        ),
      }),
    }),
  ]),
});

const STAND_INS: Readonly<Record<string, StandIn>> = {
  slack: (request, body) => {
    const isJson = request.headers['content-type']?.startsWith('application/json') === true;
    const { success } = v.safeParse(v.pipe(v.string(), v.parseJson(), SLACK), body);
    return isJson && success ? [200, 'ok'] : [400, 'invalid_payload'];
  },
  teams: (_, body) => {
    const { success } = v.safeParse(v.pipe(v.string(), v.parseJson(), TEAMS), body);
    return success ? [202, ''] : [400, 'BadRequest'];
  },
  ntfy: ({ url, headers }, body) => {
    const isTopic = /^\/[-_A-Za-z0-9]{1,64}$/.test(url ?? '');
    const isPriority = /^(min|low|default|high|urgent|max|[1-5])$/.test(
      String(headers['priority']),
    );
    const isText = Buffer.byteLength(body) <= 4_096 && body !== '';
    if (!isTopic || !isPriority || !isText) return [400, '{"code":40001}'];
    return [200, JSON.stringify({ event: 'message', topic: url?.slice(1), message: body })];
  },
};

/** Starts a stand-in, and returns its port and what it accepted. */
async function openStandIn(answer: StandIn) {
  const accepted: string[] = [];
  const refused: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const [status, text] = answer(request, body);
      (status < 300 ? accepted : refused).push(body);
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, accepted, refused };
}

test.for(Object.entries(STAND_INS))('%s accepts the notifications', async ([format, answer]) => {
  const standIn = await openStandIn(answer);
  const pbx = createSwitch({
    notify: {
      to: [`${format}=http://127.0.0.1:${standIn.port}/parking-7f3a`],
      secret: SECRET,
      allowPrivate: true,
    },
  });
  onTestFinished(() => pbx.dispose());
  const { call } = pbx.exchange.ring(RECEPTION, '+79161112233', 'Анна <b> & [x](http://x.example)');
  pbx.exchange.answer(call);
  const headers = { authorization: `Bearer ${pbx.token}` };
  const body = JSON.stringify({ action: 'park', slot: '3' });
  const url = `http://pbx.test${resourcePath(call)}`;
  await pbx.fetch(new Request(url, { method: 'PUT', headers, body }));
  pbx.exchange.hangup(call);
  while (pbx.notifications[0]?.waiting !== 0) await new Promise((done) => setTimeout(done, 5));

  expect(standIn.refused).toEqual([]);
  expect(standIn.accepted).toHaveLength(2);
  const [parked = '', left = ''] = standIn.accepted;
  expect(parked).toContain('is parked by Reception');
  expect(left).toMatch(/hung up after \d+ s/);
  if (format === 'slack') expect(parked).toContain('Анна &lt;b&gt; &amp; [x]');
  if (format === 'teams')
    expect(JSON.parse(parked).attachments[0].content.body[0].text).toContain('\\[x\\]');
});

test('the priority at ntfy is high if a person must act', async () => {
  const office = openWorld();
  const priorities: (string | undefined)[] = [];
  const { pbx } = office;
  expect(pbx.notifications).toHaveLength(1);
  const ntfy = openWorld({
    notify: {
      to: ['ntfy=https://ntfy.sh/parking-7f3a'],
      secret: SECRET,
      clock: office.clock,
      async post(_, { headers }) {
        priorities.push(`${headers['Title']}, ${headers['Priority']}`);
        return { status: 200, retryAfter: null };
      },
    },
  });
  await ntfy.park(3);
  await ntfy.forward(180_000);
  await office.clock.forward(0);
  expect(priorities).toEqual([
    'Slot 3: parked, default',
    'Slot 3: due, high',
    'Slot 3: returned, high',
  ]);
});

test('each sentence says what happened', () => {
  const data = {
    lot: 'main',
    stay: 's',
    slot: 3,
    caller: { number: '+79161112233', name: 'Anna' },
    parkedBy: { id: '34414', name: 'Reception' },
    parkedAt: '2026-01-01T00:00:00.000Z',
    waited: 61,
    forWhom: 'Mr. Lee',
    note: 'Invoice 17',
    takenBy: { id: '34415', name: 'Sales' },
    returnsIn: 60,
  };
  const sentences = (['parked', 'due', 'returned', 'bridged', 'abandoned', 'left'] as const).map(
    (type) => sentenceOf({ type, timestamp: data.parkedAt, data }),
  );
  expect(sentences).toEqual([
    'Slot 3: Anna (+79161112233) is parked by Reception, for Mr. Lee. Note: Invoice 17',
    'Slot 3: Anna (+79161112233) returns in 60 s, for Mr. Lee. Note: Invoice 17',
    'Slot 3: Anna (+79161112233) has returned to Reception after 61 s, for Mr. Lee. Note: Invoice 17',
    'Slot 3: Anna (+79161112233) was taken by Sales after 61 s, for Mr. Lee. Note: Invoice 17',
    'Slot 3: Anna (+79161112233) hung up after 61 s, for Mr. Lee. Note: Invoice 17',
    'Slot 3: Anna (+79161112233) has left after 61 s, for Mr. Lee. Note: Invoice 17',
  ]);
  const unknown = { ...data, caller: { number: '', name: '' }, parkedBy: null, takenBy: null };
  const quiet = { ...unknown, note: null, forWhom: null };
  expect(sentenceOf({ type: 'bridged', timestamp: '', data: quiet })).toBe(
    'Slot 3: An unknown caller was taken after 61 s.',
  );
});
