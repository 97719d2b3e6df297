// A switch, relays in processes of their own, and the traffic of panels, for scripts/relay-restarts.mjs
// and scripts/relay-redis.mjs.

import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { at } from '../step.mjs';

export const CLIENT = { id: 'relay', secret: 'a-secret' };
export const SLOTS = 40;
/** The mean time between two commands of all panels, in ms. Each command reaches every panel. */
export const BETWEEN_MS = 300;
/** How long the panels have to agree with the lot at the end, in ms. */
const AGREE_MS = 60_000;

/** @typedef {import('valet-park').ValetPark} ValetPark */
/** @typedef {{ done: number, failed: number, unknown: number, codes: Record<string, number> }} Acts */
/** @typedef {{ url: string, hookPath: string, tokens: string[] }} Address */
/** @typedef {{ ok: boolean, asks: boolean, problems: string[] }} RelayState */
/** A message of a feed: its id, and its text without the id. @typedef {{ id: number, text: string }} Told */

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
export async function use(panel, extension, pbx, acts, state, everyMs) {
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
export async function agree(panels, pbx) {
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
export async function openSwitch(extensions) {
  const { createSwitch } = await import('valet-park/server');
  const make = () =>
    createSwitch({
      ...{ strict: CLIENT, slots: SLOTS, patienceMs: 0, hourlyLimit: 10_000_000, trust: 'anyone' },
      extensions: extensions.map((id, index) => ({ id, number: String(100 + index), name: id })),
    });
  /** How often each command came. @type {Map<string, number>} */
  const commands = new Map();
  /** @type {string[]} */
  let hookUrls = [];
  let pbx = listened(make());

  /** @param {import('valet-park/server').Switch} one */
  function listened(one) {
    one.exchange.onEvent(({ fields }) => {
      const body = new URLSearchParams(fields);
      const send = async (/** @type {string} */ url, tries = 0) => {
        const response = await fetch(url, { method: 'POST', body }).catch(() => null);
        if (response?.status === 200 || tries === 5) return;
        await pause(500);
        await send(url, tries + 1);
      };
      for (const url of hookUrls) void send(url);
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
    sendHooksTo: (/** @type {string[]} */ ...urls) => void (hookUrls = urls),
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
export function openRelay(options) {
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
    pause: () => child?.kill('SIGSTOP'),
    resume: () => child?.kill('SIGCONT'),
    /** Whether the relay can do all of its work, and asks for all. @returns {Promise<RelayState>} */
    state: () =>
      new Promise((resolve) => {
        child?.once('message', resolve);
        child?.send('state');
      }),
  };
}

/**
 * Reads a feed. After each interruption it continues after its last message.
 *
 * @param {Address} address @param {string} extension
 */
export function readFeed(address, extension) {
  const end = new AbortController();
  /** @type {Told[]} */
  const told = [];
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
        const isNew = !isBeginning || told.length > 0 || last !== id;
        const line = block.replace(/^id: .*\n?/m, '');
        if (isNew && last !== '' && line !== '') told.push({ id: Number(id), text: line });
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
    /** The greatest id so far. */
    greatest: () => Math.max(0, ...told.map(({ id }) => id)),
    length: () => told.length,
    stop() {
      end.abort();
      return { told, resets };
    },
  };
}
