// Sends a million call events and answers through one client, as in months at a busy desk, and
// prints its memory: `npm run soak`, or `npm run soak -- 50000`. Fails if the memory grows.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { build } from './build.mjs';
import { Failure, whenStarted } from './step.mjs';

const SLOTS = 9;
/** The heap of JavaScript varies by this many bytes even without a leak. */
const heapSlack = 1_000_000;

await whenStarted(import.meta.url, async () => {
  await build();
  const total = Number(process.argv[2] ?? 1_000_000);
  const instances = watched();
  const park = await import('valet-park');
  const { Lot, readRequest, writeAnswer } = await import('valet-park/lot');

  let now = 1_600_000_000_000;
  const lot = new Lot({ slots: SLOTS, seed: 1 });
  const dialect = { slots: SLOTS };
  let answers = 0;
  const panel = await park.ValetPark.open({
    baseUrl: '/api/ver1.0',
    extension: '34414',
    // This clock never wakes the client, so the client cannot check a slot later.
    clock: { now: () => now, wakeAt: () => () => {} },
    confirm: 'never',
    fetch: async (url, init) => {
      answers += 1;
      const question = readRequest('PUT', String(url), String(init?.body), dialect);
      const { status, body, headers } = writeAnswer(lot.ask(now, question), dialect);
      return new Response(body, { status, headers });
    },
  });
  panel.subscribe(() => {});

  let events = 0;
  const tell = (/** @type {string} */ type, /** @type {string} */ call) => {
    events += 1;
    panel.track(
      `EventType=${type}&EventTime=${now}000&CallAPIID=${call}&CallID=${call.slice(2)}` +
        `&CallFlow=in&CallerIDNum=%2B7${call.slice(2)}&CalledExtensionID=34414`,
    );
  };

  /** One call comes in and is parked. It is bridged with a second call, or hangs up. */
  async function round(/** @type {number} */ number) {
    now += 7_000;
    const [call, other] = [`1-${2 * number}`, `1-${2 * number + 1}`];
    for (const each of [call, other]) {
      tell('dial-in', each);
      tell('answer', each);
    }
    const { slot } = await panel.park(call, { slot: (number % SLOTS) + 1 });
    tell('hangup', call);
    if (number % 3 > 0) await panel.bridge(other, { slot });
    else lot.hangup(now, call);
    await panel.inspect(slot, { call: other });
    tell('hangup', other);
    lot.takeEvents();
  }

  let number = 0;
  const until = async (/** @type {number} */ count) => {
    while (events + answers < count) await round((number += 1));
  };
  await until(Math.min(20_000, total / 2));
  const before = measure(instances);
  for (let tenth = 1; tenth <= 10; tenth += 1) {
    await until((total * tenth) / 10);
    console.log(`${events} events, ${answers} answers: ${described(measure(instances))}`);
  }
  const after = measure(instances);
  console.log(`before: ${described(before)}\nafter:  ${described(after)}`);
  const grew = after.core > before.core || after.references > before.references;
  if (grew || after.heap > before.heap + heapSlack) {
    const remedy = 'find what is kept of calls that have ended: see the bounds in src/mirror';
    throw new Failure('measuring the memory', 'the client holds more memory than before', remedy);
  }
  panel.dispose();
});

/** Collects every instance of WebAssembly from now on, to measure the memory of the core. */
function watched() {
  /** @type {WebAssembly.Instance[]} */
  const instances = [];
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(target, args) {
      const instance = Reflect.construct(target, args);
      instances.push(instance);
      return instance;
    },
  });
  return instances;
}

/**
 * Collects garbage and returns three sizes: `heap`, the heap of JavaScript in bytes; `core`, the memory
 * of the core in bytes; `references`, the number of JavaScript objects that the core has room for.
 *
 * @param {WebAssembly.Instance[]} instances
 */
function measure(instances) {
  setFlagsFromString('--expose-gc');
  const collect = /** @type {() => void} */ (runInNewContext('gc'));
  collect();
  const exports = instances.flatMap(({ exports }) => Object.values(exports));
  const sum = (/** @type {number[]} */ numbers) => numbers.reduce((all, one) => all + one, 0);
  return {
    heap: process.memoryUsage().heapUsed,
    core: sum(
      exports.map((one) => (one instanceof WebAssembly.Memory ? one.buffer.byteLength : 0)),
    ),
    references: sum(exports.map((one) => (one instanceof WebAssembly.Table ? one.length : 0))),
  };
}

/** @param {ReturnType<typeof measure>} memory */
function described({ heap, core, references }) {
  return `heap ${(heap / 1e6).toFixed(1)} MB, core ${core / 1024} KiB, ${references} references`;
}
