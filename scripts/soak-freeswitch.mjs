// Sends the commands of six careless clients to one lot on a real FreeSWITCH:
// `npm run soak:freeswitch -- 127.0.0.1:8021`, or with the number of commands after it. Calls hang up
// in every phase. The script fails if strangers were connected, if a call that fetches was parked, if
// a call was left without a slot, or if an answer was false.
//
// The callers are silent channels of the engine (`null/…`), so use an engine without real calls. The
// script reads the password from the variable FREESWITCH_PASSWORD (default ClueCon). Telephones pick
// up if the extensions 7001 to 7006 exist, and each is answered at once:
// `<user id="7001"><params><param name="dial-string" value="null/7001"/></params></user>`.

import { build } from 'esbuild';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Judge } from './soak-freeswitch/judge.mjs';
import { at, Failure, whenStarted } from './step.mjs';

const EXTENSIONS = ['7001', '7002', '7003', '7004', '7005', '7006'];
/** The number of commands that one client has under way at the same time. */
const LANES = 4;
/** The number of slots that the clients name. There are nine. */
const CONTESTED = 4;

/** Loads the driver of the relay, which no package exports. */
async function load() {
  const outfile = at('.cache/soak-freeswitch/driver.mjs');
  await build({
    stdin: {
      contents: `export { FreeswitchDriver } from './driver.ts';
        export { Connection } from './connection.ts';`,
      resolveDir: at('www/server/freeswitch'),
      loader: 'ts',
    },
    ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile },
  });
  /** @type {typeof import('../www/server/freeswitch/driver.ts') & typeof import('../www/server/freeswitch/connection.ts')} */
  const loaded = await import(pathToFileURL(outfile).href);
  return loaded;
}

/** Returns the value below which a share of the numbers lies, rounded. */
function quantile(/** @type {number[]} */ numbers, /** @type {number} */ share) {
  const sorted = [...numbers].sort((one, other) => one - other);
  return Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
}

await whenStarted(import.meta.url, async () => {
  const [address = '127.0.0.1:8021', count = '20000'] = process.argv.slice(2);
  const [host = '', port = '8021'] = address.split(':');
  const total = Number(count);
  const { FREESWITCH_PASSWORD: password = 'ClueCon' } = process.env;
  const { FreeswitchDriver, Connection } = await load();
  const server = { host, port: Number(port), password, timeoutMs: 10_000 };
  const own = String(process.pid);
  const lot = `soak-${own}`;

  /** @type {Set<string>} */
  const warnings = new Set();
  let outages = 0;
  const driver = new FreeswitchDriver({
    ...{ ...server, lot, context: 'default', slots: 9, patienceMs: 20_000, now: Date.now },
    wakeIn(ms, work) {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    listener: {
      ...{ call: () => {}, moved: () => {}, warn: (sentence) => void warnings.add(sentence) },
      changed: (problem) => {
        if (problem === null) return;
        outages += 1;
        console.log(problem);
      },
    },
  });
  driver.start();
  for (let waited = 0; !driver.isReady && waited < 10_000; waited += 50) await pause(50);
  if (driver.problem !== null) {
    const remedy = 'name the event socket as HOST:PORT, and set FREESWITCH_PASSWORD';
    throw new Failure('the trial on FreeSWITCH', driver.problem, remedy);
  }
  const watching = await Connection.open(server, { event: (event) => judge.apply(event) });
  const judge = new Judge(lot, (command) => watching.api(command));
  await watching.send('event plain CHANNEL_CREATE CHANNEL_BRIDGE CUSTOM valet_parking::info');
  const domain = await watching.api('global_getvar domain');
  const canPickUp = (await watching.api(`user_exists id ${EXTENSIONS[0]} ${domain}`)) === 'true';

  let started = 0;
  /** @type {Record<string, number>} */
  const answers = {};
  /** @type {Record<string, number[]>} */
  const times = { park: [], bridge: [], 'pick-up': [] };
  const chance = (/** @type {number} */ share) => Math.random() < share;

  /** @typedef {import('../www/server/freeswitch/connection.ts').Connection} Line */

  /** Makes a caller who talks with a telephone. Resolves to the uuid of the caller. */
  async function talk(/** @type {string} */ extension, /** @type {Line} */ line) {
    const uuid = `${own}-${started}`;
    const phone = `dialed_user=${extension},presence_id=${extension}@${domain || 'soak'}`;
    await line.api(
      `originate {origination_uuid=${uuid},origination_caller_id_number=${started}}null/caller ` +
        `&bridge({${phone}}null/telephone)`,
    );
    for (let waited = 0; waited < 3_000; waited += 10) {
      const calls = driver.state.calls.callsOf(extension);
      if (calls.some(({ leg, far }) => far.uuid === uuid && leg.isAnswered)) break;
      await pause(10);
    }
    return uuid;
  }

  /** Gives one command without looking. The call may hang up meanwhile. */
  async function command(/** @type {string} */ extension, /** @type {Line} */ line) {
    started += 1;
    if (started % Math.ceil(total / 10) === 0) {
      console.log(`${started} commands, ${JSON.stringify(judge.counts)}`);
    }
    const slot = 1 + Math.floor(Math.random() * CONTESTED);
    const kill = (/** @type {string} */ uuid) => void line.api(`uuid_kill ${uuid}`).catch(() => {});
    if (canPickUp && chance(0.15)) {
      const leave = new AbortController();
      if (chance(0.2)) setTimeout(() => leave.abort(), Math.random() * 200);
      const waiting = driver.state.waiting().at(-1);
      if (waiting !== undefined && chance(0.25))
        setTimeout(kill, Math.random() * 140, waiting.uuid);
      const wanted = { extension, slot: waiting?.slot ?? slot, expect: null };
      const began = performance.now();
      const answer = await driver.pickUp(wanted, leave.signal);
      note('pick-up', answer, performance.now() - began);
      if (answer.kind === 'bridged' && answer.uuid !== null) {
        await judge.pickedUp(answer.uuid);
        setTimeout(kill, Math.random() * 2_000, answer.uuid);
      }
      return;
    }
    const action = chance(0.55) ? 'park' : 'bridge';
    const call = await talk(extension, line);
    judge.expect(call, action);
    if (chance(0.25)) setTimeout(kill, Math.random() * 140, call);
    const began = performance.now();
    const answer = await driver.ask({ extension, call, action, ...(chance(0.85) ? { slot } : {}) });
    note(action, answer, performance.now() - began);
    if (answer.kind === 'parked') await judge.parked(call);
    if (answer.kind === 'bridged') await judge.bridged(answer.uuid ?? '', call);
    // A call that waits may stay. All others end soon.
    if (answer.kind !== 'parked' || chance(0.5)) setTimeout(kill, Math.random() * 2_000, call);
  }

  function note(
    /** @type {string} */ action,
    /** @type {{ kind: string, code?: string }} */ answer,
    /** @type {number} */ ms,
  ) {
    const key = answer.code ?? answer.kind;
    answers[key] = (answers[key] ?? 0) + 1;
    if (answer.kind === 'parked' || answer.kind === 'bridged') times[action]?.push(ms);
    if (answer.kind === 'unclear') console.log('unclear:', answer);
  }

  const began = Date.now();
  await Promise.all(
    EXTENSIONS.flatMap((extension) =>
      Array.from({ length: LANES }, async () => {
        const line = await Connection.open(server);
        while (started < total) {
          await pause(Math.random() * 100);
          await command(extension, line);
        }
        line.close();
      }),
    ),
  );
  await pause(3_000);
  judge.close();
  const rows = [...(await watching.api(`valet_info ${lot}`)).matchAll(/uuid="([^"]*)"/g)];
  const inEngine = rows.map(([, uuid]) => uuid).sort();
  const inRelay = driver.state.waiting().map(({ uuid }) => uuid);
  const isEqual = JSON.stringify(inEngine) === JSON.stringify(inRelay.sort());
  const calls = (await watching.api('show channels as json')).matchAll(/"uuid":"([^"]*)"/g);
  for (const [, uuid = ''] of calls) {
    if (uuid.startsWith(`${own}-`)) await watching.api(`uuid_kill ${uuid}`).catch(() => {});
  }
  driver.close();
  watching.close();

  console.log(`${started} commands in ${Math.round((Date.now() - began) / 1000)} s`);
  console.log('answers', JSON.stringify(answers), 'outages', outages);
  for (const [action, all] of Object.entries(times)) {
    const [half, worst] = [quantile(all, 0.5), quantile(all, 0.99)];
    console.log(`${action}: ${all.length}, median ${half} ms, 99 of 100 within ${worst} ms`);
  }
  for (const sentence of warnings) console.log(sentence);
  console.log(`in the lot: ${inEngine.length}; the relay knows the same: ${isEqual}`);
  console.log(JSON.stringify(judge.counts));
  const accidents = Object.values(judge.counts).reduce((sum, one) => sum + one, 0);
  if (accidents > 0 || !isEqual) {
    const remedy = 'see the lines above, and the log of FreeSWITCH';
    throw new Failure('the trial on FreeSWITCH', `${accidents} accidents`, remedy);
  }
});
