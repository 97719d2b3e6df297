// Measures how true the panels of a relay are: `node scripts/relay-truth.mjs`, or
// `node scripts/relay-truth.mjs 4 1` for four hours with the seed 1.
//
// A strict switch, a relay and four panels run in this process, on one clock that the script moves.
// Every second, each slot of each panel is compared with the switch. A slot is false if the panel
// counts it as confirmed and shows another call than the switch, or none.

import { build } from './build.mjs';
import { Failure, whenStarted } from './step.mjs';

const SECRET = 'the-secret-of-the-web-hooks';
const CLIENT = { id: 'relay', secret: 'a-secret' };
const EXTENSIONS = ['34414', '34415', '32494', '32495'].map((id, at) => ({
  ...{ id, number: String(341 + at), name: `Desk ${at + 1}` },
}));
const STEP_MS = 250;
/** A share of call events that the network loses. */
const LOST_HOOKS = 0.01;
const HOURLY_LIMIT = 600;
/** The mean time in which a talking call is parked, in seconds. */
const PARKS_EVERY_S = 240;

/** @typedef {import('valet-park').ValetPark} ValetPark */
/** @typedef {'relay' | 'return' | 'telephone' | 'caller'} Cause */

await whenStarted(import.meta.url, async () => {
  await build();
  const [hours = '2', seed = '1'] = process.argv.slice(2);
  const world = await open(Number(seed));
  await world.run(Number(hours) * 3_600_000);
  await world.close();
  report(world.counts);
});

/**
 * @typedef {object} Counts
 * @property {number} all  slot-seconds of all panels
 * @property {number} confirmed
 * @property {Record<Cause, number>} wrong  false slot-seconds, by what the panel did not know
 * @property {number} requests  requests to the switch
 * @property {number} hours
 * @property {number} busy  the share of the time in which a call was live
 * @property {Record<string, number>} acts
 */

/** @param {Counts} counts */
function report({ all, confirmed, wrong, requests, hours, busy, acts }) {
  const percent = (/** @type {number} */ part) => `${((100 * part) / all).toFixed(3)} %`;
  const rows = {
    'slot-seconds': String(all),
    'a call is live': `${(busy * 100).toFixed(0)} % of the time`,
    'requests per hour': (requests / hours).toFixed(0),
    confirmed: percent(confirmed),
    'false, after a command through the relay': percent(wrong.relay),
    'false, after a call returned': percent(wrong.return),
    'false, after a command with a telephone': percent(wrong.telephone),
    'false, after a caller hung up': percent(wrong.caller),
    'false, of what is confirmed': `${((100 * sum(Object.values(wrong))) / confirmed).toFixed(2)} %`,
    'commands and events': Object.entries(acts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', '),
  };
  for (const [name, value] of Object.entries(rows)) console.log(`${name.padEnd(42)}${value}`);
  const { relay, ...unseen } = wrong;
  if (relay / all > 0.001 || Object.values(unseen).some((one) => one / all > 0.01)) {
    const remedy = 'find the seed and the second in this script, and write a test of the relay';
    throw new Failure('measuring the truth', 'panels show too much that is false', remedy);
  }
}

function sum(/** @type {number[]} */ numbers) {
  return numbers.reduce((all, one) => all + one, 0);
}

/** @param {number} seed */
async function open(seed) {
  const { ValetPark } = await import('valet-park');
  const { createRelay, createSwitch } = await import('valet-park/server');
  const random = dice(seed);
  const clock = openClock();
  const now = clock.now;

  const pbx = createSwitch({
    ...{ strict: CLIENT, now, extensions: EXTENSIONS, hourlyLimit: HOURLY_LIMIT, seed },
    trust: 'anyone',
  });
  let requests = 0;
  /** @type {import('valet-park/server').Access} */
  const access = {
    identify: (header) => ({
      ...{ id: header ?? '', name: 'Desk', extensions: 'all', may: ['look', 'act'] },
    }),
    onRevoked: () => () => {},
  };
  const relay = createRelay({
    upstream: { url: 'http://pbx.test', clientId: CLIENT.id, clientSecret: CLIENT.secret },
    extensions: EXTENSIONS.map(({ id }) => id),
    ...{ access, now, clock, hooks: { secret: SECRET } },
    feed: { heartbeatMs: 20 },
    currentCallsMs: 2_000, // In real time. That is some minutes on the clock of this script.
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (new URL(request.url).pathname.startsWith('/api/')) requests += 1;
      await clock.wait(20 + random() * 100);
      const response = await pbx.fetch(request);
      await clock.wait(20 + random() * 100);
      return response;
    },
  });
  pbx.exchange.onEvent(({ fields }) => {
    if (random() < LOST_HOOKS) return;
    void clock.wait(50 + random() * 400).then(() => {
      const body = new URLSearchParams(fields);
      const url = `http://relay.test/hook/${SECRET}`;
      return relay.fetch(new Request(url, { method: 'POST', body }));
    });
  });
  const starting = clock.until(relay.ready);
  await starting;
  const panels = await Promise.all(
    EXTENSIONS.map(async ({ id }) => {
      const panel = await ValetPark.open({
        baseUrl: 'http://relay.test/api/ver1.0',
        feed: `http://relay.test/feed?extension=${id}`,
        ...{ extension: id, clock, tabs: 'solo' },
        headers: () => ({ Authorization: `Bearer ${id}` }),
        fetch: async (input, init) => {
          await clock.wait(5 + random() * 20);
          return relay.fetch(new Request(input, init));
        },
      });
      panel.subscribe(() => {});
      return panel;
    }),
  );

  /** @type {Counts} */
  const counts = {
    ...{ all: 0, confirmed: 0, requests: 0, hours: 0, busy: 0, acts: {} },
    wrong: { relay: 0, return: 0, telephone: 0, caller: 0 },
  };
  /** The last cause of a change, for each slot. @type {Cause[]} */
  const causes = [];
  /** The cause of the next change. @type {Cause} */
  let cause = 'return';
  /** @type {(string | null)[]} */
  let truth = Array(10).fill(null);
  let isBusy = true;

  /** The calls in the slots of the switch. A change is put down to `cause`. */
  function look() {
    /** @type {(string | null)[]} */
    const found = Array(10).fill(null);
    for (const { state, slot, call } of pbx.exchange.calls()) {
      if (state === 'parked' && slot !== null) found[slot] = call.slice(call.indexOf('-') + 1);
    }
    for (let slot = 1; slot <= 9; slot += 1) if (found[slot] !== truth[slot]) causes[slot] = cause;
    truth = found;
  }

  /** @param {Cause} because @param {string} name @param {() => unknown} work */
  function act(because, name, work) {
    look();
    cause = because;
    try {
      work();
      counts.acts[name] = (counts.acts[name] ?? 0) + 1;
    } catch {
      // The call ended meanwhile.
    }
    look();
    cause = 'return';
  }

  /** The commands of panels that are under way. While there is one, a change may be theirs. */
  let commands = 0;
  /** @param {string} name @param {Promise<unknown>} command */
  function command(name, command) {
    commands += 1;
    counts.acts[name] = (counts.acts[name] ?? 0) + 1;
    const done = () => void (commands -= 1);
    command.then(done, done);
  }

  const pick = (/** @type {readonly any[]} */ list) => list[Math.floor(random() * list.length)];
  const chance = (/** @type {number} */ everyS) => random() < 1 / everyS;

  /** One second of the company. */
  function live() {
    const calls = pbx.exchange.calls();
    const talking = calls.filter(({ state }) => state === 'talking');
    const parked = calls.filter(({ state }) => state === 'parked');
    for (const { call } of calls.filter(({ state }) => state === 'ringing')) {
      if (chance(4)) act('return', 'answered', () => pbx.exchange.answer(call));
    }
    // For seven of ten minutes there is a call.
    if (chance(isBusy ? 300 : 240)) isBusy = !isBusy;
    if (isBusy && (chance(25) || talking.length === 0)) {
      const { id } = pick(EXTENSIONS);
      const number = `+7900${String(Math.floor(random() * 1e7)).padStart(7, '0')}`;
      act('return', 'rang', () => pbx.exchange.ring(id, number, `Caller ${number.slice(-3)}`));
    }
    for (const { call, extension } of talking) {
      const panel = /** @type {ValetPark} */ (
        panels[EXTENSIONS.findIndex((e) => e.id === extension)]
      );
      const [parks, bridges] = [chance(PARKS_EVERY_S), chance(PARKS_EVERY_S)];
      if (chance(isBusy ? 90 : 20)) act('caller', 'hung up', () => pbx.exchange.hangup(call));
      else if (parks) {
        const free = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((slot) => truth[slot] === null);
        const slot = pick(free);
        if (slot === undefined) continue;
        if (random() < 0.7) command('parked', panel.park(call, { slot }));
        else {
          const question = { extension, call, action: /** @type {const} */ ('park'), slot };
          act('telephone', 'parked with a telephone', () => pbx.exchange.ask(question));
        }
      } else if (parked.length > 0 && bridges) {
        const slot = pick(parked).slot;
        if (random() < 0.7) command('bridged', panel.bridge(call, { slot }));
        else {
          const question = { extension, call, action: /** @type {const} */ ('bridge'), slot };
          act('telephone', 'bridged with a telephone', () => pbx.exchange.ask(question));
        }
      }
    }
    for (const { call } of parked) {
      if (chance(300)) act('caller', 'gave up', () => pbx.exchange.hangup(call));
    }
  }

  function measure() {
    const isLive = pbx.exchange
      .calls()
      .some(({ state }) => state === 'talking' || state === 'ringing');
    if (isLive) counts.busy += 1;
    for (const panel of panels) {
      for (const { slot, state, uuid, confirmed, pending } of panel.getSnapshot().slots) {
        counts.all += 1;
        if (!confirmed) continue;
        counts.confirmed += 1;
        const there = truth[slot] ?? null;
        const isTrue =
          state === 'free' ? there === null : there !== null && (uuid ?? there) === there;
        if (!isTrue && pending === null) {
          counts.wrong[causes[slot] ?? 'return'] += 1;
        }
      }
    }
  }

  return {
    counts,
    /** @param {number} ms */
    async run(ms) {
      const seconds = ms / 1_000;
      const before = requests;
      for (let second = 0; second < seconds; second += 1) {
        live();
        for (let step = 0; step < 1_000 / STEP_MS; step += 1) {
          cause = commands > 0 ? 'relay' : 'return';
          await clock.forward(STEP_MS);
          look();
        }
        measure();
      }
      counts.requests = requests - before;
      counts.hours = ms / 3_600_000;
      counts.busy /= seconds;
    },
    async close() {
      for (const panel of panels) panel.dispose();
      await relay.dispose();
      pbx.dispose();
    },
  };
}

/** A clock that stands still until `forward` is called. */
function openClock() {
  /** @type {{ at: number, callback: () => void }[]} */
  let timers = [];
  let now = Date.UTC(2026, 0, 5, 9);
  const wakeAt = (/** @type {number} */ at, /** @type {() => void} */ callback) => {
    const timer = { at, callback };
    timers.push(timer);
    return () => {
      timers = timers.filter((one) => one !== timer);
    };
  };
  const settle = async () => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  async function forward(/** @type {number} */ ms) {
    const end = now + ms;
    for (;;) {
      const next = timers.reduce(
        (/** @type {typeof timers[0] | undefined} */ first, one) =>
          first === undefined || one.at < first.at ? one : first,
        undefined,
      );
      if (next === undefined || next.at > end) break;
      now = Math.max(now, next.at);
      timers = timers.filter((one) => one !== next);
      next.callback();
      await settle();
    }
    now = end;
    await settle();
  }
  return {
    now: () => now,
    wakeAt,
    forward,
    wait: (/** @type {number} */ ms) =>
      new Promise((/** @type {(value: void) => void} */ resolve) =>
        wakeAt(now + Math.round(ms), resolve),
      ),
    /** Moves the time until a promise settles. @param {Promise<unknown>} promise */
    async until(promise) {
      const state = { isDone: false };
      void promise.finally(() => (state.isDone = true));
      while (!state.isDone) await forward(STEP_MS);
    },
  };
}

/** Returns random numbers from 0 to 1. The same seed returns the same numbers. */
function dice(/** @type {number} */ seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
