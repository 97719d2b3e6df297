// Drives a switch that parks as FreeSWITCH does, on which a wrong move connects two strangers, with many
// commands of three careless people on four slots: `npm run strangers`, or `npm run strangers -- 20000`.
//
// It counts two things. Accidents: what happened to callers that nobody can have wanted. It fails if one
// came of a command that the client could have known to be unsafe: one that no look preceded, or that
// went against what the look had shown. And claims: what a promise said that resolved, against what had
// happened. It fails if more than 1 in 10,000 commands made a false claim that a look 100 ms after the
// answer would have shown. Time is virtual.

import { build } from './build.mjs';
import { Failure, whenStarted } from './step.mjs';
import { Agenda, chance } from './strangers/agenda.mjs';
import { Claims } from './strangers/claims.mjs';

/** @typedef {{ extension: string, call: string, action: string, slot: number | null, sent: number,
 *   arrived: number, heard: number, body: string }} Asked */

const extensions = ['34414', '32494', '34415'];
const base = 'http://localhost/api/ver1.0';
/** How long a request or its answer travels, in ms. */
const trip = { from: 5, to: 40 };

await whenStarted(import.meta.url, async () => {
  await build();
  const total = Number(process.argv[2] ?? 200_000);
  const { isValetError, ValetPark } = await import('valet-park');
  const { createSwitch } = await import('valet-park/server');
  const random = chance(1);
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
  const lately = new Map(extensions.map((extension) => [extension, []]));
  const claims = new Claims(exchange, agenda);
  /** Counts the turns of the event loop: what is sent and heard in the same one crosses. */
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
    const asked = lately.get(extension) ?? [];
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
  exchange.onEvent((event) => {
    desks.find(({ extension }) => extension === event.extension)?.panel.track(event.fields);
  });

  let [commands, done, unsafe, judged] = [0, 0, 0, 0];
  /** @type {Record<string, number>} */
  const accidents = {};
  let widest = 0;

  /** Somebody at a desk does something, without looking at what the panel shows. */
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

  /** Looks at the accidents since the last look. */
  function judge() {
    for (const { kind, commands: led } of exchange.accidents.slice(judged)) {
      accidents[kind] = (accidents[kind] ?? 0) + 1;
      const last = led.at(-1);
      // Where the switch chooses the slot, there is none to look at.
      if (last?.slot === null) continue;
      const asked = lately.get(last?.extension ?? '') ?? [];
      const deed = asked.find(
        ({ call, arrived, action }) =>
          action !== 'slots' && call === last?.call && arrived === last.at,
      );
      const looks = asked.filter(
        ({ action, slot, call, heard, body }) =>
          action === 'slots' &&
          slot === last?.slot &&
          // In the turn in which the deed was sent only the look counts that led to it.
          heard < (deed?.sent ?? 0) + Number(call === deed?.call) &&
          body.includes('"UUID"'),
      );
      const look = looks.at(-1);
      const isVacant = look?.body.includes('"UUID":null') ?? false;
      // Another deed of the same panel in the same slot, of which it had not heard yet.
      const isCrossed = asked.some(
        (other) =>
          other !== deed &&
          other.action !== 'slots' &&
          other.slot === last?.slot &&
          other.sent < (deed?.sent ?? 0) &&
          other.heard > (deed?.sent ?? 0),
      );
      const isFit = isVacant === (last?.action === 'park');
      if (look === undefined || !isFit || isCrossed) unsafe += 1;
      else widest = Math.max(widest, (last?.at ?? 0) - look.arrived);
    }
    judged = exchange.accidents.length;
    if (judged > 2_000) {
      exchange.reset();
      judged = 0;
    }
  }

  let told = 0;
  while (done < total) {
    for (const desk of desks) if (desk.busy.size < 2 && random() < 0.5) act(desk);
    exchange.forward(between(1, 25));
    turn += 1;
    agenda.run();
    await new Promise((resolve) => setImmediate(resolve));
    judge();
    if (done >= told + total / 10) {
      told = done;
      console.log(`${done} commands, ${JSON.stringify(accidents)}, ${unsafe} that could be known`);
    }
  }
  for (const { panel } of desks) panel.dispose();
  // What is still on its way comes home, so that nobody asks a closed switch for the time.
  for (let rest = 0; rest < 10; rest += 1) {
    exchange.forward(trip.to);
    agenda.run();
    await new Promise((resolve) => setImmediate(resolve));
  }
  pbx.dispose();
  const all = Object.values(accidents).reduce((sum, one) => sum + one, 0);
  console.log(
    `${commands} commands: ${all} accidents in the window between look and act, at most ` +
      `${widest} ms wide; ${unsafe} that the client could have known`,
  );
  claims.print(commands);
  if (unsafe > 0) {
    const remedy = 'see what src/mirror/act.rs looks at before it acts';
    throw new Failure('parking among strangers', `${unsafe} commands were unsafe`, remedy);
  }
  if (claims.visible * 10_000 > commands) {
    const remedy = 'see what src/mirror/confirm.rs looks at after an act';
    const why = `${claims.visible} claims were false, and a look would have shown it`;
    throw new Failure('parking among strangers', why, remedy);
  }
});
