// Compares the client with what a web developer writes by hand, in one run:
// `node benches/boundary/main.mjs`, after `npm run build`. Exits with 1 above a limit.
//
// All limits are ratios, so that they hold on slow and fast machines. The times beside the ratios
// are for the reader.

import assert from 'node:assert/strict';
import { buildRequest, readAnswer } from 'valet-park';
import { callName, CallEvents, uuid } from './calls.mjs';
import { Desk } from './desk.mjs';
import { PeerDesk, withValibot, withZod } from './peer.mjs';
import { measureInTurns, median, processorTime, ratio } from './rounds.mjs';

const START_MS = 1_500_000_000_000;
const LARGE_LOTS = [500, 5_000, 60_000];
/** How many times as long an event may take in those lots as in a lot of 9 slots. */
const LARGE_LIMITS = [1.5, 2, 4];
/**
 * How many times as long an event may take that changes a slot. A new snapshot has a new list of
 * slots, so the measure is the same event in a lot of 9 slots and one copy of the large list.
 */
const CHANGE_LIMIT = 1.5;
/**
 * The reference for `refresh()`: a workload that takes 60 ms on the machine on which the limit of
 * 60 ms was set. There one event takes the peer 17 µs.
 */
const REFERENCE_EVENTS = 3_600;
const REFRESHES = 15;

/** @type {{ what: string, time: string, against: string, ratio: number, limit: number | null }[]} */
const rows = [];

await compareRequests();
await compareEvents();
await compareSlotEvents();
await measureRefresh();
report();

/** Builds a request and reads its answer. */
async function compareRequests() {
  const question = /** @type {const} */ ({
    extension: '34414',
    call: callName(1),
    action: 'slots',
    slot: 6,
  });
  const body = JSON.stringify({ slot: '6', UUID: uuid(1) });
  const held = { kind: 'held', slot: 6, uuid: uuid(1) };
  const sides = { ours: { buildRequest, readAnswer }, zod: withZod, valibot: withValibot };
  for (const side of Object.values(sides)) {
    assert.deepEqual(side.buildRequest(question), buildRequest(question));
    assert.deepEqual(side.readAnswer(question, 200, body), held);
  }
  const times = await measureInTurns(
    Object.entries(sides).map(([name, side]) => ({
      name,
      prepare: (/** @type {number} */ count) => Array.from({ length: count }, () => body),
      work: (/** @type {string} */ body) => [
        side.buildRequest(question),
        side.readAnswer(question, 200, body),
      ],
    })),
  );
  add(times, 'build a request, read its answer', 'ours', 'zod', 3);
  add(times, 'the same', 'ours', 'valibot', null);
}

/** Takes in an event of a live call, up to the new snapshot. */
async function compareEvents() {
  const subjects = [];
  for (const live of [8, 50]) {
    const desk = await openDesk(9, live);
    const peer = new PeerDesk(desk.park.getSnapshot().slots, () => desk.clock.now());
    subjects.push(
      eventSubject(`ours ${live}`, desk, live),
      eventSubject(`peer ${live}`, peer, live),
    );
    assertSameCalls(desk, peer, live);
  }
  for (const slots of LARGE_LOTS) {
    subjects.push(eventSubject(`ours ${slots}`, await openDesk(slots, 8), 8));
  }
  const times = await measureInTurns(subjects);
  add(times, 'a call event, 8 live calls', 'ours 8', 'peer 8', 1);
  add(times, 'a call event, 50 live calls', 'ours 50', 'peer 50', 1);
  LARGE_LOTS.forEach((slots, index) => {
    const what = `a call event, ${slots} slots`;
    add(times, what, `ours ${slots}`, 'ours 8', LARGE_LIMITS[index] ?? null);
  });
}

/** Takes in an event of a call that waits in a slot, so that the list of slots is another one. */
async function compareSlotEvents() {
  const subjects = [];
  const desks = [];
  for (const slots of [9, ...LARGE_LOTS]) {
    const desk = await openDesk(slots, 8);
    desks.push(desk);
    subjects.push({
      name: `${slots} slots`,
      largest: 6,
      prepare: () => inTurn([4, 5, 6, 7, 8, 9], (slot) => desk.occupy(slot)),
      work: (/** @type {string} */ event) => desk.track(event),
    });
    const [event = ''] = await inTurn([4], (slot) => desk.occupy(slot));
    const { slots: list } = desk.park.getSnapshot();
    assert.notEqual(desk.track(event).slots, list);
    subjects.push({
      name: `copy of ${slots}`,
      largest: 6,
      prepare: () => inTurn([4, 5, 6, 7, 8, 9], async () => list),
      work: (/** @type {readonly unknown[]} */ list) => Object.freeze([...list]),
    });
  }
  const times = await measureInTurns(subjects);
  for (const desk of desks) assert.ok(desk.park.getSnapshot().calls.length < 16);
  for (const slots of LARGE_LOTS) {
    const what = `an event that changes a slot, ${slots} slots`;
    add(times, what, `${slots} slots`, ['9 slots', `copy of ${slots}`], CHANGE_LIMIT);
  }
}

/** Refreshes a lot of 500 slots, of which 250 are held, while the switch answers at once. */
async function measureRefresh() {
  const desk = await openDesk(500, 8, 250);
  const peer = new PeerDesk((await openDesk(9, 8)).park.getSnapshot().slots, () =>
    desk.clock.now(),
  );
  const events = new CallEvents(8, START_MS);
  events.first().forEach((event) => peer.track(event));
  const [refreshes, references] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let round = 0; round < REFRESHES; round += 1) {
    // The client does not ask again for what it has seen in the last 5 s.
    desk.clock.forward(60_000);
    const { questions } = desk;
    refreshes.push(await milliseconds(() => desk.park.refresh()));
    assert.equal(desk.questions - questions, 251);
    const texts = events.take(REFERENCE_EVENTS);
    references.push(await milliseconds(() => texts.forEach((text) => peer.track(text))));
  }
  assert.equal(desk.park.getSnapshot().slots.filter(({ uuid }) => uuid !== null).length, 250);
  rows.push({
    what: 'refresh() of 500 slots, 250 held',
    time: `${median(refreshes).toFixed(1)} ms`,
    against: `reference ${median(references).toFixed(1)} ms`,
    ratio: median(refreshes.map((ms, round) => ms / (references[round] ?? NaN))),
    limit: 1,
  });
}

/** A desk at a lot of which everything is known but who waits in its held slots. */
async function openDesk(
  /** @type {number} */ slots,
  /** @type {number} */ live,
  held = Math.min(250, Math.floor(slots / 2)),
) {
  const desk = await new Desk(slots, held).open();
  new CallEvents(live, START_MS).first().forEach((event) => desk.track(event));
  await desk.park.freeSlots();
  return desk;
}

/**
 * @param {string} name
 * @param {{ track(event: string): unknown }} desk
 * @param {number} live
 */
function eventSubject(name, desk, live) {
  const events = new CallEvents(live, START_MS);
  events.first().forEach((event) => desk.track(event));
  return {
    name,
    prepare: (/** @type {number} */ count) => events.take(count),
    work: (/** @type {string} */ event) => desk.track(event),
  };
}

/** Asserts that the peer does the same work: it shows the same calls, field by field. */
function assertSameCalls(
  /** @type {Desk} */ desk,
  /** @type {PeerDesk} */ peer,
  /** @type {number} */ live,
) {
  const { calls } = desk.park.getSnapshot();
  const theirs = peer.snapshot().calls;
  assert.equal(calls.length, live);
  assert.deepEqual(theirs, calls);
  assert.ok([theirs, ...theirs].every(Object.isFrozen));
}

/**
 * @param {Map<string, number[]>} times
 * @param {string} what
 * @param {string} subject
 * @param {string | string[]} base  what the subject is compared with; of several, their sum
 * @param {number | null} limit
 */
function add(times, what, subject, base, limit) {
  const micros = (/** @type {string} */ name) => `${median(times.get(name) ?? []).toFixed(2)} µs`;
  const bases = [base].flat();
  rows.push({
    what,
    time: micros(subject),
    against: bases.map((name) => `${name} ${micros(name)}`).join(' + '),
    ratio: ratio(times, subject, bases),
    limit,
  });
}

/** Prints the table. */
function report() {
  const heads = ['', 'time', 'against', 'ratio', 'limit'];
  const table = rows.map(({ what, time, against, ratio, limit }) => [
    what,
    time,
    against,
    ratio.toFixed(2),
    limit === null ? '' : ratio <= limit ? `${limit} ✓` : `${limit} ✗`,
  ]);
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...table.map((cells) => cells[column]?.length ?? 0)),
  );
  console.log('\nthe client, compared in one run (medians; only the ratios have limits)\n');
  for (const cells of [heads, ...table]) {
    const padded = cells.map((cell, column) =>
      column === 1 || column === 3
        ? cell.padStart(widths[column] ?? 0)
        : cell.padEnd(widths[column] ?? 0),
    );
    console.log(padded.join('  ').trimEnd());
  }
  const above = rows.filter(({ ratio, limit }) => limit !== null && !(ratio <= limit));
  if (above.length === 0) return;
  console.error(`\n✗ above the limit: ${above.map(({ what }) => what).join('; ')}`);
  process.exitCode = 1;
}

/** How long the processor works at `work`, in ms. */
async function milliseconds(/** @type {() => unknown} */ work) {
  const startedAt = processorTime();
  await work();
  return (processorTime() - startedAt) / 1000;
}

/**
 * Does one after the other.
 *
 * @template T, R
 * @param {T[]} items
 * @param {(item: T) => Promise<R>} work
 * @returns {Promise<R[]>}
 */
async function inTurn(items, work) {
  const results = [];
  for (const item of items) results.push(await work(item));
  return results;
}
