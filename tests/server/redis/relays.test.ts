// Several relays of one switch, which share their log in a real Redis.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ValetPark } from 'valet-park';
import { RECEPTION, SALES } from '../desk.ts';
import { lotOf, openRelays, until, type Relays, type TestRelay } from './relays.ts';
import { openRedis, redisProgram, type TestRedis } from '../../../scripts/redis/server.mjs';

describe.skipIf(redisProgram === null)('relays that share a log', () => {
  let redis: TestRedis;
  beforeAll(async () => void (redis = await openRedis()));
  afterAll(() => redis.close());
  afterEach(async () => {
    redis.resume();
    if ((await redis.command('PING').catch(() => '')) !== '+PONG') await redis.start();
  });

  test('panels of all relays show the same lot, and each command goes through its relay', async () => {
    const company = await openRelays(redis, 3);
    const { relays } = company;
    const panels = await Promise.all(relays.map((relay) => relay.panel()));
    const call = company.talk();
    company.talk();
    await knowCalls(panels, 2);
    await panels[1]?.park(call, { slot: 6 });
    await showAll(panels, { 6: uuidOf(call) });
    const other = company.talk();
    await until(() => panels.every((panel) => hasCall(panel, other)));
    await panels[2]?.bridge(other, { slot: 6 });
    await showAll(panels, {});
    for (const panel of panels) {
      expect(panel.getSnapshot().departures[0]).toMatchObject({ slot: 6, call });
    }
    const commands = relays.map(({ sent }) => sent.filter((one) => !one.startsWith('slots')));
    expect(commands).toEqual([[], ['park 6'], ['bridge 6']]);
  });

  test('only the asker asks for lists, and what it finds reaches all panels', async () => {
    const company = await openRelays(redis, 3);
    const call = company.talk();
    company.talk();
    const panels = await Promise.all(company.relays.map((relay) => relay.panel(SALES)));
    await until(() => company.asker() !== undefined);
    const asker = company.asker();
    await knowEverywhere(company, 2);
    company.pbx.exchange.ask({ extension: RECEPTION, call, action: 'park', slot: 4 });
    const isFound = (panel: ValetPark) =>
      heldIn(panel, 4) === uuidOf(call) && panel.getSnapshot().slots[3]?.parkedBy === RECEPTION;
    await forwardUntil(company, () => panels.every(isFound));
    const others = company.relays.filter((relay) => relay !== asker);
    expect(others.map(({ sent }) => sent)).toEqual([[], []]);
    expect(asker?.sent.length).toBeGreaterThan(0);
  });

  test('a bridge that is answered after a list shows its slot free is one departure', async () => {
    const company = await openRelays(redis, 2);
    const call = company.talk();
    const other = company.talk();
    await knowEverywhere(company, 2);
    await until(() => company.asker() !== undefined);
    const asker = company.asker() as TestRelay;
    const bridging = company.relays.find((relay) => relay !== asker) as TestRelay;
    const [watching, panel] = [await asker.panel(), await bridging.panel()];
    await knowCalls([watching, panel], 2);
    await panel.park(call, { slot: 6 });
    await showAll([watching, panel], { 6: uuidOf(call) });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    bridging.network = async (request, answer) => {
      const isBridge = (await request.clone().text()).includes('"bridge"');
      const response = await answer(request);
      if (isBridge) await held;
      return response;
    };
    const bridged = panel.bridge(other, { slot: 6 });
    const left = () => watching.getSnapshot().departures;
    await forwardUntil(company, () => left()[0]?.reason === 'unknown');
    release();
    await bridged;
    await until(() => left()[0]?.reason === 'bridged');
    const departure = { slot: 6, call, reason: 'bridged', takenBy: RECEPTION };
    await until(() => isSame(lastLeft(watching), departure) && isSame(lastLeft(panel), departure));
    for (const shown of [watching, panel]) expect(shown.getSnapshot().departures).toHaveLength(1);
    const rowsOf = ({ log }: TestRelay) =>
      log.journal.table.all().map((row) => [row.call, row.departure?.reason]);
    for (const relay of company.relays) {
      await until(() => isSame(rowsOf(relay), [[call, 'bridged']]));
    }
  });

  test('when the asker is killed, another relay asks', async () => {
    const company = await openRelays(redis, 3, { leaseMs: 5_000 });
    company.talk();
    await knowEverywhere(company, 1);
    await until(() => company.asker() !== undefined);
    const old = company.asker() as TestRelay;
    const rest = company.relays.filter((relay) => relay !== old);
    old.kill();
    const next = () => rest.find(({ log }) => (log.lease.fence ?? 0) > 0);
    await until(() => next() !== undefined);
    const [relay, before] = [next(), next()?.sent.length ?? 0];
    await forwardUntil(company, () => (relay?.sent.length ?? 0) > before);
  });

  test('an answer that the asker got before it stood still is refused', async () => {
    const company = await openRelays(redis, 2, { leaseMs: 5_000 });
    const call = company.talk();
    company.talk();
    await knowEverywhere(company, 2);
    await until(() => company.asker() !== undefined);
    const old = company.asker() as TestRelay;
    const next = company.relays.find((relay) => relay !== old) as TestRelay;
    // The answer says that all slots are free, and waits until another relay asks.
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let isHeld = false;
    old.network = async (request, answer) => {
      const response = await answer(request);
      if (request.url.includes('/valet_park/')) {
        isHeld = true;
        await held;
      }
      return response;
    };
    await forwardUntil(company, () => isHeld);
    const fence = old.log.lease.fence ?? 0;
    old.proxy.cut();
    await until(() => (next.log.lease.fence ?? 0) > fence);
    old.proxy.heal();
    await until(() => old.log.health.ok);
    const panel = await next.panel();
    await until(() => panel.getSnapshot().calls.length === 2);
    await panel.park(call, { slot: 6 });
    const latest = next.log.latest;
    release();
    const panels = [panel, await old.panel()];
    await showAll(panels, { 6: uuidOf(call) }, company);
    const entries = next.log.read(latest);
    const texts = entries === 'gap' ? [] : entries.map(({ text }) => decodeURIComponent(text));
    // Each list since then leaves out slot 6.
    expect(texts.filter((text) => /"slots":\s*\[[^\]]*"6"/.test(text))).toEqual([]);
  });

  test.for(['killed', 'stopped', 'unreachable'] as const)(
    'while Redis is %s, commands go on, and then panels get one reset and are right',
    async (how) => {
      const company = await openRelays(redis, 3, { timeoutMs: 3_000 });
      const { relays } = company;
      const panels = await Promise.all(relays.map((relay) => relay.panel()));
      const calls = [company.talk(), company.talk(), company.talk()];
      company.talk();
      await knowCalls(panels, 4);
      const feeds = await Promise.all(relays.map((relay) => readFeed(relay)));
      if (how === 'killed') await redis.kill();
      if (how === 'stopped') redis.pause();
      if (how === 'unreachable') for (const { proxy } of relays) proxy.cut();

      await Promise.all(panels.map((panel, at) => panel.park(calls[at] ?? '', { slot: at + 1 })));
      const own = panels.map((panel, at) => heldIn(panel, at + 1));
      expect(own).toEqual(calls.map(uuidOf));
      expect(relays.map(({ relay }) => relay.health.ok)).toEqual([false, false, false]);

      if (how === 'killed') await redis.start();
      if (how === 'stopped') redis.resume();
      for (const { proxy } of relays) proxy.heal();
      await until(() => relays.every(({ log }) => log.health.ok));
      const lot = Object.fromEntries(calls.map((call, at) => [at + 1, uuidOf(call)]));
      await showAll(panels, lot, company);
      await until(() => feeds.every((feed) => feed.resets() === 1));
      for (const feed of feeds) expect(feed.idsIncrease()).toBe(true);
      const sent = relays.flatMap((relay) => relay.sent).filter((one) => one.startsWith('park'));
      expect(sent.sort()).toEqual(['park 1', 'park 2', 'park 3']);
    },
  );

  test('after lost messages, panels get one reset and the beginning, and nobody asks', async () => {
    const company = await openRelays(redis, 2);
    const { relays } = company;
    const panels = await Promise.all(relays.map((relay) => relay.panel()));
    const call = company.talk();
    company.talk();
    await knowCalls(panels, 2);
    await until(() => company.asker() !== undefined);
    await panels[0]?.park(call, { slot: 6 });
    await showAll(panels, { 6: uuidOf(call) }, company);
    const feeds = await Promise.all(relays.map((relay) => readFeed(relay)));
    const latest = relays.map(({ log }) => log.latest);
    const asked = relays.map(({ sent }) => sent.length);
    await company.loseMessages();
    await until(() => feeds.every((feed) => feed.resets() === 1));
    await until(() => relays.every(({ log }, at) => log.latest > (latest[at] ?? 0)));
    await until(() => panels.every((panel) => lotOf(panel.getSnapshot())?.[6] === uuidOf(call)));
    expect(relays.map(({ sent }) => sent.length)).toEqual(asked);
    for (const feed of feeds) expect(feed.idsIncrease()).toBe(true);
  });
});

function uuidOf(call: string): string {
  return call.slice(call.indexOf('-') + 1);
}

function heldIn(panel: ValetPark, slot: number): string | null | undefined {
  return panel.getSnapshot().slots[slot - 1]?.uuid;
}

function lastLeft(panel: ValetPark): object {
  const { slot, call, reason, takenBy } = panel.getSnapshot().departures[0] ?? {};
  return { slot, call, reason, takenBy };
}

function hasCall(panel: ValetPark, call: string): boolean {
  return panel.getSnapshot().calls.some((view) => view.call === call);
}

/** Resolves when all panels know a number of calls. */
function knowCalls(panels: readonly ValetPark[], count: number): Promise<void> {
  return until(() => panels.every((panel) => panel.getSnapshot().calls.length >= count));
}

/** Resolves when all relays know a number of calls. */
async function knowEverywhere({ relays }: Relays, count: number): Promise<void> {
  await knowCalls(await Promise.all(relays.map((relay) => relay.panel())), count);
}

/** Resolves when all panels are sure of the lot. The clock of the askers goes on meanwhile. */
async function showAll(
  panels: readonly ValetPark[],
  lot: Record<number, string>,
  company?: Relays,
): Promise<void> {
  const isShown = () => panels.every((panel) => isSame(lotOf(panel.getSnapshot()), lot));
  if (company === undefined) {
    const held = (panel: ValetPark) =>
      Object.fromEntries(
        panel
          .getSnapshot()
          .slots.filter(({ state }) => state === 'held')
          .map(({ slot, uuid }) => [slot, uuid]),
      );
    return until(() => panels.every((panel) => isSame(held(panel), lot)));
  }
  await forwardUntil(company, isShown);
}

function isSame(one: object | null, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Moves the clock of the askers until a condition holds. */
async function forwardUntil({ clock }: Relays, isTrue: () => boolean): Promise<void> {
  for (let seconds = 0; seconds < 600 && !isTrue(); seconds += 1) {
    await clock.forward(1);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await until(isTrue);
}

/** Reads a feed, and continues after each interruption. */
async function readFeed({ relay }: TestRelay) {
  let text = '';
  const headers = { authorization: `Bearer ${RECEPTION}` };
  const url = `http://relay.test/feed?extension=${RECEPTION}`;
  const { body } = await relay.fetch(new Request(url, { headers }));
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const first = await reader.read();
  text += new TextDecoder().decode(first.value);
  void (async () => {
    for (let part = first; !part.done;) {
      part = await reader.read();
      text += new TextDecoder().decode(part.value);
    }
  })().catch(() => undefined);
  const ids = () => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
  return {
    resets: () => text.split('event: reset').length - 1,
    idsIncrease: () => ids().every((id, at) => at === 0 || id >= (ids()[at - 1] ?? 0)),
  };
}
