// Simulates three people who park and bridge at random, in four slots of a switch that parks as
// FreeSWITCH does. On such a switch a wrong command connects two strangers. `npm run strangers` sends
// 200,000 commands, `npm run strangers -- 20000` sends 20,000. Time is virtual.
//
// The script counts accidents: calls that were connected or parked although no person wanted it. It
// fails if the client could have avoided an accident. That is the case if the client did not check the
// slot before the command, or sent the command against the result of the check.
//
// The script also compares each resolved promise with what happened on the switch. It fails if more
// than 1 of 10,000 commands resolved with a false result that a check would have shown 100 ms after
// the answer.

import { build } from './build.mjs';
import { Failure, whenStarted } from './step.mjs';
import { Agenda, seededRandom } from './strangers/agenda.mjs';
import { Claims } from './strangers/claims.mjs';

/** @typedef {{ extension: string, call: string, action: string, slot: number | null, sent: number,
 *   arrived: number, heard: number, body: string }} Asked */

const extensions = ['34414', '32494', '34415'];
const base = 'http://localhost/api/ver1.0';
/** How long a request or an answer travels, in ms. */
const trip = { from: 5, to: 40 };

await whenStarted(import.meta.url, async () => {
  await build();
  const total = Number(process.argv[2] ?? 200_000);
  const { isValetError, ValetPark } = await import('valet-park');
  const { createSwitch } = await import('valet-park/server');
  const random = seededRandom(1);
  const between = (/** @type {number} */ from, /** @type {number} */ to) =>
    from + Math.floor(random() * (to - from + 1));

  const start = 1_700_000_000_000;
  const pbx = createSwitch({
    ...{ profile: 'freeswitch', seed: 1, now: () => start, trust: 'anyone' },
    hourlyLimit: 1e12,
  });
  const { exchange } = pbx;
  const agenda = new Agenda(() => exchange.now());
  const clock = {
    now: () => exchange.now(),
    wakeAt: (/** @type {number} */ at, /** @type {() => void} */ work) => agenda.add(at, work),
  };

  /** @type {Map<string, Asked[]>} */
  const recent = new Map(extensions.map((extension) => [extension, []]));
  const claims = new Claims(exchange, agenda);
  /** The number of the turn of the event loop. In a turn, requests leave before answers arrive. */
  let turn = 0;
  /** @param {RequestInfo | URL} url @param {RequestInit} [init] */
  async function fetch(url, init) {
    const sent = turn;
    await agenda.wait(between(trip.from, trip.to));
    const arrived = exchange.now();
    const [, extension = '', call = ''] =
      /extension\/([^/]+)\/valet_park\/([^/]+)/.exec(String(url)) ?? [];
    const { action, slot = null } = JSON.parse(String(init?.body));
    const named = { extension, call, action, slot: slot && Number(slot) };
    const one = { ...named, sent, arrived, heard: Infinity, body: '' };
    const asked = recent.get(extension) ?? [];
    asked.push(one);
    if (asked.length > 60) asked.shift();
    claims.requests += 1;
    const reply = await pbx.fetch(new Request(String(url), init));
    const body = (one.body = await reply.text());
    await agenda.wait(between(trip.from, trip.to));
    one.heard = turn;
    if (action !== 'slots') claims.answered(one);
    return new Response(body || null, { status: reply.status });
  }

  const desks = await Promise.all(
    extensions.map(async (extension) => {
      const headers = () => ({ Authorization: `Bearer ${pbx.token}` });
      const options = { baseUrl: base, extension, headers, fetch, clock };
      const panel = await ValetPark.open({ ...options, asking: 'off', tabs: 'solo' });
      return { extension, panel, busy: new Set() };
    }),
  );
  const stop = exchange.onEvent((event) => {
    desks.find(({ extension }) => extension === event.extension)?.panel.track(event.fields);
  });

  let [commands, done, unsafe, judged] = [0, 0, 0, 0];
  /** @type {Record<string, number>} */
  const accidents = {};
  let widest = 0;

  /** Lets one person do something at random. The person does not look at the panel. */
  function act(/** @type {(typeof desks)[number]} */ { extension, panel, busy }) {
    const calls = exchange.calls().filter((call) => call.extension === extension);
    const talking = calls.filter(({ state, call }) => state === 'talking' && !busy.has(call));
    const apart = calls.find(({ state }) => state === 'bridged');
    if (apart && random() < 0.5) return void exchange.hangup(apart.call);
    const back = calls.find(({ state }) => state === 'ringing');
    if (back) return void exchange.answer(back.call);
    if (talking.length < 2) {
      const { call } = exchange.ring(extension, `+7${between(1, 1e9)}`);
      exchange.answer(call);
      return;
    }
    const call = talking[between(0, talking.length - 1)]?.call ?? '';
    const choice = random();
    if (choice < 0.1) return void exchange.hangup(call);
    commands += 1;
    busy.add(call);
    const slot = random() < 0.1 ? undefined : between(1, 4);
    const kind = choice < 0.55 ? 'park' : 'bridge';
    const options = slot === undefined ? {} : { slot };
    const command = kind === 'park' ? panel.park(call, options) : panel.bridge(call, options);
    const over = () => {
      busy.delete(call);
      done += 1;
    };
    command.then(
      (said) => {
        over();
        claims.resolved({ kind, call, isNamed: slot !== undefined, said });
        // The connected callers talk, and then one of them hangs up.
        if (kind === 'bridge' && exchange.calls().some((one) => one.call === call)) {
          exchange.hangup(call);
        }
      },
      (/** @type {unknown} */ error) => {
        over();
        claims.rejected({
          kind,
          isNamed: slot !== undefined,
          code: isValetError(error) ? error.code : String(error),
        });
      },
    );
  }

  /** Counts the accidents since the last call, and those that the client could have avoided. */
  function judge() {
    for (const { kind, commands: led } of exchange.accidents.slice(judged)) {
      accidents[kind] = (accidents[kind] ?? 0) + 1;
      const last = led.at(-1);
      // If the switch chooses the slot, the client cannot check it before.
      if (last?.slot === null) continue;
      const asked = recent.get(last?.extension ?? '') ?? [];
      const command = asked.find(
        ({ call, arrived, action }) =>
          action !== 'slots' && call === last?.call && arrived === last.at,
      );
      const checks = asked.filter(
        ({ action, slot, call, heard, body }) =>
          action === 'slots' &&
          slot === last?.slot &&
          // A check that was answered in the turn of the command counts only for the same call.
          heard < (command?.sent ?? 0) + Number(call === command?.call) &&
          body.includes('"UUID"'),
      );
      const check = checks.at(-1);
      const isVacant = check?.body.includes('"UUID":null') ?? false;
      // The same panel had sent another command for this slot, and had no answer to it yet.
      const isCrossed = asked.some(
        (other) =>
          other !== command &&
          other.action !== 'slots' &&
          other.slot === last?.slot &&
          other.sent < (command?.sent ?? 0) &&
          other.heard > (command?.sent ?? 0),
      );
      const isFit = isVacant === (last?.action === 'park');
      if (check === undefined || !isFit || isCrossed) unsafe += 1;
      else widest = Math.max(widest, (last?.at ?? 0) - check.arrived);
    }
    judged = exchange.accidents.length;
    if (judged > 2_000) {
      exchange.reset();
      judged = 0;
    }
  }

  let reported = 0;
  while (done < total) {
    for (const desk of desks) if (desk.busy.size < 2 && random() < 0.5) act(desk);
    exchange.forward(between(1, 25));
    turn += 1;
    agenda.run();
    await new Promise((resolve) => setImmediate(resolve));
    judge();
    if (done >= reported + total / 10) {
      reported = done;
      console.log(`${done} commands, ${JSON.stringify(accidents)}, ${unsafe} avoidable`);
    }
  }
  stop();
  for (const { panel } of desks) panel.dispose();
  // The last requests and answers arrive before the switch is closed.
  for (let rest = 0; rest < 10; rest += 1) {
    exchange.forward(trip.to);
    agenda.run();
    await new Promise((resolve) => setImmediate(resolve));
  }
  pbx.dispose();
  const all = Object.values(accidents).reduce((sum, one) => sum + one, 0);
  console.log(
    `${commands} commands: ${all} accidents between a check and its command, at most ` +
      `${widest} ms apart; ${unsafe} that the client could have avoided`,
  );
  claims.print(commands);
  if (unsafe > 0) {
    const remedy = 'see which checks the mirror makes before a command';
    throw new Failure('parking among strangers', `${unsafe} commands were unsafe`, remedy);
  }
  if (claims.visible * 10_000 > commands) {
    const remedy = 'see which checks the mirror makes after a command';
    const why = `${claims.visible} claims were false, and a check would have shown it`;
    throw new Failure('parking among strangers', why, remedy);
  }
});
