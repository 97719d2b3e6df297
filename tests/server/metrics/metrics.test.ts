// /metrics and /readyz of a relay.

import { expect, test } from 'vitest';
import { MemoryLog } from 'valet-park/server';
import { Feed } from '../../../www/server/feed/feed.ts';
import { Probe } from '../../../www/server/metrics/probe.ts';
import { timersOf } from '../../../www/server/relay/timers.ts';
import { FakeClock, settled } from '../../client/clock.ts';
import { RECEPTION } from '../desk.ts';
import { openCompany } from '../relay/company.ts';
import { openStanding } from '../relay/standing.ts';
import { SECRET } from '../notify/world.ts';

const NOTIFY = { to: ['slack=https://hooks.slack.example/T0/B0/top-secret'], secret: SECRET };

/** The names of the time series in a text of metrics, with their labels. */
function seriesOf(text: string): string[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => line.replace(/ \S+$/, ''));
}

/** The value of a time series. */
function valueOf(text: string, series: string): number {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1) ?? NaN);
}

test('the metrics count what happens', async () => {
  const standing = await openStanding({ notify: NOTIFY });
  const token = await standing.token();
  const call = await standing.talk();
  await standing.ask(token, call, { action: 'park', slot: '3' });
  const { status, headers, text } = await standing.send('/metrics');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toMatch(/^text\/plain; version=/);
  const parked = 'valet_park_switch_requests_total{lot="main",action="park",outcome="parked"}';
  expect(valueOf(text, parked)).toBe(1);
  const requests = 'valet_park_http_requests_total{route="valet_park",status="2xx"}';
  expect(valueOf(text, requests)).toBe(1);
  const told = 'valet_park_web_hooks_total{lot="main",outcome="told"}';
  expect(valueOf(text, told)).toBeGreaterThan(0);
  const gauge = (name: string) => valueOf(text, `valet_park_${name}{lot="main"}`);
  for (const name of ['authorized', 'asker', 'log_up', 'relays']) expect(gauge(name)).toBe(1);
  expect([gauge('panels'), gauge('feed_lag_seconds')]).toEqual([0, 0]);
  expect(gauge('budget_limit')).toBeGreaterThan(0);
  expect(gauge('budget_remaining')).toBeLessThan(gauge('budget_limit'));
  expect(valueOf(text, 'valet_park_log_append_seconds_count')).toBeGreaterThan(0);
  expect(valueOf(text, 'valet_park_switch_seconds_count{action="park"}')).toBe(1);
});

test('a refusal is counted by its code', async () => {
  const standing = await openStanding();
  const token = await standing.token();
  const call = await standing.talk();
  await standing.ask(token, call, { action: 'bridge', slot: '3' });
  const { text } = await standing.send('/metrics');
  const vacant = 'valet_park_switch_requests_total{lot="main",action="bridge",outcome="vacant"}';
  expect(valueOf(text, vacant)).toBe(1);
});

test('no request adds a time series, and no series names a person, a call or a secret', async () => {
  const standing = await openStanding({ notify: NOTIFY });
  const token = await standing.token();
  const call = await standing.talk();
  await standing.ask(token, call, { action: 'park', slot: '3' });
  const paths = ['/nothing', '/metrics', '/api/ver1.0/x', '/hook/wrong', '/feed', '/journal'];
  const resource = ['/api/ver1.0/extension/1/valet_park/1'];
  const hostile = (count: number) =>
    [...paths, ...resource].flatMap((path) => [
      `${path}/${count}%22%7D%0Avalet_park_fake%201`,
      `${path}?x=${count}`,
      `/${count}${path}`,
    ]);
  const send = async (count: number) => {
    for (const path of hostile(count)) {
      await standing.send(path, { token });
      await standing.send(path, { method: 'PUT', body: `{"action":"${count}"}`, token });
    }
    const slot = `${100 + count}"}\nvalet_park_fake 1`;
    for (const action of ['park', 'bridge', 'slots', `x${count}`]) {
      await standing.ask(token, call, { action, slot });
      await standing.ask(token, call, { action, slot: String(100 + count) });
      await standing.ask(token, call, { action, slot: '3' }, `34${count}"}`);
      await standing.ask(token, `${call}${slot}`, { action, slot: '3' });
    }
    return (await standing.send('/metrics')).text;
  };
  const before = seriesOf(await send(0));
  let text = '';
  for (let count = 1; count <= 2; count += 1) text = await send(count);
  // The asker asks in the background, so its actions may come later. They have fixed names, too.
  const caused = (all: string[]) =>
    all.filter((one) => one.startsWith('valet_park_') && !one.includes('action="slots"'));
  expect(caused(seriesOf(text))).toEqual(caused(before));
  const valuesOf = (label: string) =>
    [...text.matchAll(new RegExp(`${label}="([^"]*)"`, 'g'))].map(([, value]) => value);
  for (const action of valuesOf('action')) expect(['park', 'bridge', 'slots']).toContain(action);
  expect(new Set(valuesOf('lot'))).toEqual(new Set(['main']));
  const own = seriesOf(text).filter((series) => series.startsWith('valet_park_'));
  expect(own.join('\n')).not.toMatch(/\+7916|top-secret|fake|34414|[0-9a-f]{8}-[0-9a-f]{4}/);
  expect(own).toContain(
    'valet_park_notifications_total{lot="main",receiver="slack hooks.slack.example",outcome="delivered"}',
  );
});

test('a client that is not on this machine gets no metrics and no problems', async () => {
  const standing = await openStanding();
  const headers = { 'x-forwarded-for': '192.0.2.1' };
  expect((await standing.send('/metrics', { headers })).status).toBe(404);
  expect((await standing.send('/readyz', { headers })).json).toEqual({ ok: true });
});

test('a second port serves the metrics, and nothing else', async () => {
  const { relay } = await openStanding({ metricsPort: 0 });
  expect(relay.monitoringUrl).not.toBe(relay.url);
  const headers = { 'x-forwarded-for': '192.0.2.1' };
  const get = (path: string) => fetch(relay.monitoringUrl + path, { headers });
  expect(await (await get('/metrics')).text()).toContain('valet_park_panels{lot="main"} 0');
  expect(await (await get('/readyz')).json()).toEqual({ ok: true, problems: [] });
  expect((await get('/healthz')).status).toBe(200);
  for (const path of ['/', '/feed', '/access', '/api/ver1.0/extension/1/valet_park/1']) {
    expect((await get(path)).status).toBe(404);
  }
  await relay.close();
  await expect(get('/metrics')).rejects.toThrow();
});

test('/readyz is red if the log does not return what is stored', async () => {
  const clock = new FakeClock();
  const log = new MemoryLog({ now: () => clock.now() });
  const company = await openCompany({ log, clock, now: () => clock.now() });
  expect(await company.relay.readiness()).toEqual({ ok: true, problems: [] });
  const append = log.append.bind(log);
  log.append = () => new Promise(() => {});
  await clock.forward(30_000);
  const answer = company.relay.readiness();
  await clock.forward(5_000);
  expect(await answer).toEqual({
    ok: false,
    problems: ['the log does not return what is stored in it'],
  });
  log.append = append;
  // A bad result is not kept.
  expect((await company.relay.readiness()).ok).toBe(true);
  await company.relay.dispose();
  expect(await company.relay.readiness()).toEqual({ ok: false, problems: ['the relay ends'] });
});

test('/readyz is red if the log fails', async () => {
  const clock = new FakeClock();
  const log = new MemoryLog({ now: () => clock.now() });
  log.append = () => Promise.reject(new Error('the log is away'));
  const probe = new Probe(log, () => clock.now(), timersOf(clock));
  expect(await probe.check()).toBe(false);
});

test('a probe waits for an entry that comes back late', async () => {
  const clock = new FakeClock();
  const log = new MemoryLog({ now: () => clock.now() });
  const read = log.read.bind(log);
  let isLate = true;
  log.read = (after) => (isLate ? [] : read(after));
  const probe = new Probe(log, () => clock.now(), timersOf(clock));
  const answer = probe.check();
  await settled();
  isLate = false;
  await log.append({ extension: null, text: ': wakes the readers\n\n' });
  expect(await answer).toBe(true);
});

test('probes take little room in the log, and no panel gets them', async () => {
  const clock = new FakeClock();
  const log = new MemoryLog({ now: () => clock.now() });
  const company = await openCompany({ log, clock, now: () => clock.now() });
  const headers = { authorization: `Bearer ${RECEPTION}` };
  const url = `http://relay.test/feed?extension=${RECEPTION}`;
  const { body } = await company.relay.fetch(new Request(url, { headers }));
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  let text = '';
  const reading = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += new TextDecoder().decode(value);
    }
  })();
  const probesIn = () => {
    const entries = log.read(log.edge);
    return entries === 'gap' ? 0 : entries.filter(({ text: one }) => one.includes('probe')).length;
  };
  for (let count = 0; count < 60; count += 1) {
    await company.relay.readiness();
    await clock.forward(1_000);
  }
  expect(probesIn()).toBe(2);
  await company.relay.dispose();
  await reading;
  expect(text).not.toContain('probe');
});

test('the lag is the age of the oldest message that a feed has not sent', async () => {
  let now = 1_000;
  const log = new MemoryLog({ now: () => now });
  const feed = new Feed(log);
  const start = { seen: log.latest, messages: [] };
  const body = feed.open({ extensions: [RECEPTION], owner: 'a', start });
  const reader = body.getReader();
  await reader.read();
  expect(feed.lagMs(now)).toBe(0);
  // A reader that does not read gets no more after some messages.
  const text = `event: call\ndata: ${'x'.repeat(20_000)}\n\n`;
  while (feed.lagMs(now) === 0 && now < 5_000) {
    now += 10;
    await log.append({ extension: null, text });
    now += 10;
  }
  expect(feed.lagMs(now)).toBe(10);
  expect(feed.lagMs(now + 60_000)).toBe(60_010);
  feed.close();
  expect(feed.lagMs(now)).toBe(0);
});
