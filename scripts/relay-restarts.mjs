// Kills the relay and the switch in the middle of traffic: `node scripts/relay-restarts.mjs`, or
// `node scripts/relay-restarts.mjs 50 30` for 50 panels and 30 seconds.
//
// Afterwards every panel must equal the lot, no command may have reached the switch twice, and the
// feed must have every message once.

import { fork } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from './build.mjs';
import { at, Failure, whenStarted } from './step.mjs';

const CLIENT = { id: 'relay', secret: 'a-secret' };
const SLOTS = 40;
/** The mean time between two commands of all panels, in ms. Each command reaches every panel. */
const BETWEEN_MS = 300;
/** How long the panels have to agree with the lot at the end, in ms. */
const AGREE_MS = 60_000;

/** @typedef {import('valet-park').ValetPark} ValetPark */
/** @typedef {{ done: number, failed: number, unknown: number, codes: Record<string, number> }} Acts */
/** @typedef {{ url: string, hookPath: string, tokens: string[] }} Address */

await whenStarted(import.meta.url, async () => {
  await build();
  const [panels = '200', seconds = '120'] = process.argv.slice(2);
  const problems = await run(Number(panels), Number(seconds) * 1_000);
  if (problems.length > 0) {
    const remedy = 'compare with tests/server/relay/faults.test.ts, and add a test there';
    throw new Failure('restarting the relay and the switch', problems.join('\n        '), remedy);
  }
});

/** @param {number} count @param {number} ms */
async function run(count, ms) {
  const { ValetPark } = await import('valet-park');
  const extensions = Array.from({ length: count }, (_, index) => String(40_000 + index));
  const pbx = await openSwitch(extensions);
  const relay = openRelay({
    ...{ state: mkdtempSync(join(tmpdir(), 'valet-park-')), url: pbx.url, client: CLIENT },
    ...{ extensions, slots: SLOTS },
  });
  let address = await relay.start();
  pbx.sendHooksTo(address.url + address.hookPath);
  const panels = await Promise.all(
    extensions.map(async (extension, index) => {
      const panel = await ValetPark.open({
        baseUrl: `${address.url}/api/ver1.0`,
        feed: `${address.url}/feed?extension=${extension}`,
        ...{ extension, tabs: 'solo', dialect: { slots: SLOTS } },
        headers: () => ({ Authorization: `Bearer ${address.tokens[index]}` }),
      });
      panel.subscribe(() => {});
      return panel;
    }),
  );
  const readers = [0, 1, 2].map(() => readFeed(address, extensions[0] ?? ''));

  /** @type {Acts} */
  const acts = { done: 0, failed: 0, unknown: 0, codes: {} };
  const state = { isOver: false };
  const traffic = panels.map((panel, index) =>
    use(panel, extensions[index] ?? '', pbx, acts, state, count * BETWEEN_MS),
  );
  await pause(ms / 3);
  console.log('▸ killing the relay');
  relay.kill();
  await pause(1_000);
  address = await relay.start();
  await pause(ms / 3);
  console.log('▸ killing the switch');
  await pbx.restart(1_000);
  await pause(ms / 3);
  state.isOver = true;
  await Promise.all(traffic);

  const problems = [];
  const disagreeing = await agree(panels, pbx);
  if (disagreeing !== '') problems.push(`panels do not show the lot: ${disagreeing}`);
  const twice = [...pbx.commands].filter(([, times]) => times > 1);
  if (twice.length > 0) problems.push(`${twice.length} commands reached the switch twice`);
  await pause(1_000);
  const feeds = readers.map((reader) => reader.stop());
  for (const { ids, resets } of feeds) {
    if (resets > 0) problems.push(`a feed was reset ${resets} times`);
    if (ids.some((id, place) => place > 0 && id <= (ids[place - 1] ?? 0)))
      problems.push('a feed has a message twice, or in the wrong order');
    if (ids.join() !== feeds[0]?.ids.join()) problems.push('two feeds have other messages');
  }
  console.log(
    `${count} panels, ${pbx.commands.size} commands at the switch, ${acts.done} done, ` +
      `${acts.failed} refused, ${acts.unknown} with an unknown outcome, ` +
      `${feeds[0]?.ids.length} messages in each of ${feeds.length} feeds`,
    acts.codes,
  );
  for (const panel of panels) panel.dispose();
  relay.kill();
  await pbx.close();
  return problems;
}

/** @param {{ isOver: boolean }} state */
function isOver(state) {
  return state.isOver;
}

/**
 * Parks and bridges calls of one extension until the traffic is over.
 *
 * @param {ValetPark} panel
 * @param {string} extension
 * @param {Awaited<ReturnType<typeof openSwitch>>} pbx
 * @param {Acts} acts
 * @param {{ isOver: boolean }} state
 * @param {number} everyMs  the mean time between two commands
 */
async function use(panel, extension, pbx, acts, state, everyMs) {
  while (!isOver(state)) {
    const end = Date.now() + Math.random() * 2 * everyMs;
    while (Date.now() < end && !isOver(state)) await pause(500);
    if (isOver(state)) return;
    try {
      const { call } = pbx.talk(extension);
      for (let tries = 0; tries < 50; tries += 1) {
        if (panel.getSnapshot().calls.some((one) => one.call === call)) break;
        await pause(100);
      }
      const { slots } = panel.getSnapshot();
      const held = slots.filter(({ state }) => state === 'held');
      const slot = Math.random() < 0.5 && held[Math.floor(Math.random() * held.length)];
      if (slot) await panel.bridge(call, { slot: slot.slot });
      else await panel.park(call, { slot: 1 + Math.floor(Math.random() * SLOTS) });
      acts.done += 1;
    } catch (error) {
      const { outcome, code = 'other' } = /** @type {{ outcome?: string, code?: string }} */ (
        error
      );
      if (outcome === 'unknown') acts.unknown += 1;
      else acts.failed += 1;
      acts.codes[code] = (acts.codes[code] ?? 0) + 1;
    }
  }
}

/**
 * Waits until every panel shows the lot. Returns what is wrong, or an empty text.
 *
 * @param {ValetPark[]} panels
 * @param {Awaited<ReturnType<typeof openSwitch>>} pbx
 */
async function agree(panels, pbx) {
  const end = Date.now() + AGREE_MS;
  for (;;) {
    const truth = pbx.lot();
    const wrong = panels.flatMap((panel) =>
      panel
        .getSnapshot()
        .slots.filter(
          ({ slot, state, uuid }) => (state === 'free' ? null : uuid) !== (truth.get(slot) ?? null),
        )
        .map(({ slot, state }) => `slot ${slot} is ${state}`),
    );
    if (wrong.length === 0) return '';
    if (Date.now() > end) return `${wrong.length} slots, as ${wrong[0]}`;
    await pause(500);
  }
}

/** Opens a strict switch that counts the commands. @param {readonly string[]} extensions */
async function openSwitch(extensions) {
  const { createSwitch } = await import('valet-park/server');
  const make = () =>
    createSwitch({
      ...{ strict: CLIENT, slots: SLOTS, patienceMs: 0, hourlyLimit: 10_000_000, trust: 'anyone' },
      extensions: extensions.map((id, index) => ({ id, number: String(100 + index), name: id })),
    });
  /** How often each command came. @type {Map<string, number>} */
  const commands = new Map();
  let hookUrl = '';
  let pbx = listened(make());

  /** @param {import('valet-park/server').Switch} one */
  function listened(one) {
    one.exchange.onEvent(({ fields }) => {
      if (hookUrl === '') return;
      const body = new URLSearchParams(fields);
      const send = async (tries = 0) => {
        const response = await fetch(hookUrl, { method: 'POST', body }).catch(() => null);
        if (response?.status === 200 || tries === 5) return;
        await pause(500);
        await send(tries + 1);
      };
      void send();
    });
    return one;
  }

  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const chunks = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      const { method = 'GET', url = '/' } = incoming;
      const path = decodeURIComponent(url);
      const headers = new Headers(/** @type {Record<string, string>} */ (incoming.headers));
      const body = method === 'GET' ? {} : { body: text };
      const request = new Request(`http://127.0.0.1${url}`, { method, headers, ...body });
      const response = await pbx.fetch(request);
      // After a 401 the relay sends a command once more, because the switch did nothing.
      if (/"(park|bridge)"/.test(text) && response.status !== 401) {
        const name = `${path} ${text}`;
        commands.set(name, (commands.get(name) ?? 0) + 1);
      }
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(await response.text());
    })().catch(() => outgoing.destroy());
  });
  const listen = (/** @type {number} */ port) =>
    new Promise((/** @type {(value: void) => void} */ done) => {
      server.listen(port, '127.0.0.1', () => done());
    });
  await listen(0);
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const stop = () =>
    new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${port}`,
    commands,
    sendHooksTo: (/** @type {string} */ url) => void (hookUrl = url),
    talk(/** @type {string} */ extension) {
      const { call } = pbx.exchange.ring(extension, '+79161112233');
      return pbx.exchange.answer(call);
    },
    /** The UUIDs of the waiting calls, by slot. */
    lot() {
      const parked = pbx.exchange.calls().filter(({ state }) => state === 'parked');
      return new Map(
        parked.map(({ slot, call }) => [slot ?? 0, call.slice(call.indexOf('-') + 1)]),
      );
    },
    /** Ends the switch with all its calls, and starts another one. @param {number} ms */
    async restart(ms) {
      await stop();
      pbx.dispose();
      await pause(ms);
      pbx = listened(make());
      await listen(port);
    },
    async close() {
      await stop();
      pbx.dispose();
    },
  };
}

/** @param {object} options  the options of the relay */
function openRelay(options) {
  /** @type {import('node:child_process').ChildProcess | null} */
  let child = null;
  let port = 0;
  return {
    /** Resolves when the relay listens. @returns {Promise<Address>} */
    async start() {
      const own = fork(at('scripts/relay-restarts/relay.mjs'), [
        JSON.stringify({ ...options, port }),
      ]);
      child = own;
      /** @type {Address} */
      const address = await new Promise((resolve, reject) => {
        own.once('message', resolve);
        own.once('exit', (code) => reject(new Error(`the relay ended with ${code}`)));
      });
      port = Number(new URL(address.url).port);
      return address;
    },
    kill: () => child?.kill('SIGKILL'),
  };
}

/**
 * Reads a feed. After each interruption it continues after its last message.
 *
 * @param {Address} address @param {string} extension
 */
function readFeed(address, extension) {
  const end = new AbortController();
  /** @type {number[]} */
  const ids = [];
  let resets = 0;
  let last = '';
  async function read() {
    const headers = {
      Authorization: `Bearer ${address.tokens[0]}`,
      ...(last === '' ? {} : { 'Last-Event-ID': last }),
    };
    const url = `${address.url}/feed?extension=${extension}`;
    const response = await fetch(url, { headers, signal: end.signal });
    if (response.body === null || !response.ok) return;
    const isBeginning = last === '';
    let text = '';
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += part.value;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const id = /^id: (\d+)$/m.exec(block)?.[1];
        if (block.includes('event: reset')) resets += 1;
        if (id === undefined) continue;
        // All messages of the beginning have the same id.
        const isNew = !isBeginning || ids.length > 0 || last !== id;
        if (isNew && last !== '') ids.push(Number(id));
        last = id;
      }
    }
  }
  void (async () => {
    while (!end.signal.aborted) {
      await read().catch(() => {});
      await pause(200);
    }
  })();
  return {
    stop() {
      end.abort();
      return { ids, resets };
    },
  };
}
