// A server with a feed in its own process. The server is a relay, or a loop of `res.write` to compare with.

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRelay } from 'valet-park/server';
import { now, pause, serve } from './child.mjs';

const EXTENSION = '34414';
/** All events are about one call, because a relay keeps each call for half an hour. */
const LEG = '262077ef325f4868aa49bf22309229f7';

/** @typedef {{ port: number, path: string, token: string }} Address */

/** Sends one message to all lines. */
let send = async (/** @type {string} */ _fields) => {};
let count = 0;

serve({
  start: (/** @type {'relay' | 'loop'} */ kind, /** @type {string | undefined} */ redis) =>
    kind === 'relay' ? startOurs(redis) : startLoop(),

  /** Sends messages, one each `everyMs`, or as fast as possible for 0. Returns the processor time of one message in ms. */
  async publish(/** @type {number} */ messages, /** @type {number} */ everyMs) {
    const startedAt = now();
    const before = process.cpuUsage();
    for (let n = 0; n < messages; n += 1) {
      const sent = send(fields());
      if (everyMs === 0 && n % 100 === 99)
        await sent; // Others share its turn of the disk.
      else if (everyMs === 0) continue;
      else await pause(startedAt + (n + 1) * everyMs - now());
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / messages;
  },

  /** Returns the memory in bytes after the garbage is collected. */
  async memory() {
    for (let turn = 0; turn < 3; turn += 1) {
      await pause(50);
      globalThis.gc?.();
    }
    const { rss, heapUsed, external } = process.memoryUsage();
    return { rss, heap: heapUsed + external };
  },
});

/** The fields of the next call event. The name of the caller is the time. */
function fields() {
  count += 1;
  const fields = {
    EventType: count % 2 === 1 ? 'dial-in' : 'hangup',
    EventTime: String(Math.round(now() * 1000)),
    CallID: LEG,
    SubCallID: `${EXTENSION}-${LEG}`,
    CallAPIID: `3584709739-${LEG}`,
    CallFlow: 'in',
    CallStatus: 'CALLING',
    CalledExtensionID: EXTENSION,
    CallerIDNum: '+79161112233',
    CallerIDName: `T${now().toFixed(3)}`,
  };
  return new URLSearchParams(fields).toString();
}

/** @returns {Promise<Address>} */
async function startLoop() {
  /** @type {Set<import('node:http').ServerResponse>} */
  const lines = new Set();
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write('retry: 1000\n\n');
    lines.add(response);
    response.on('close', () => lines.delete(response));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  let id = Date.now();
  send = async (data) => {
    id += 1;
    const text = `id: ${id}\nevent: call\ndata: ${data}\n\n`;
    for (const line of lines) line.write(text);
  };
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { port, path: '/feed', token: '' };
}

/** Starts a relay. Its log is in a file, or in `redis`. @param {string} [redis] @returns {Promise<Address>} */
async function startOurs(redis) {
  const state = mkdtempSync(join(tmpdir(), 'valet-park-bench-'));
  process.on('exit', () => rmSync(state, { recursive: true }));
  process.on('SIGTERM', () => process.exit());
  const relay = await startRelay({
    upstream: { url: 'http://pbx.invalid', clientId: 'bench', clientSecret: 'bench' },
    fetch: async (input) => {
      const isToken = String(input instanceof Request ? input.url : input).includes('/oauth/');
      return Response.json(isToken ? { access_token: 't', expires_in: 3600 } : { call_list: [] });
    },
    extensions: [EXTENSION],
    state,
    ...(redis ? { redis } : {}), // The message between the processes makes `undefined` null.
    feedsPerToken: 10_000,
    requestsPerMinute: 1e9,
    logger: { info() {}, warn() {} },
  });
  await relay.ready;
  const { token } = await relay.admin.addToken({ name: 'bench', extensions: [EXTENSION] });
  send = async (data) => {
    const request = new Request(`http://localhost${relay.hookPath}?${data}`);
    const { status } = await relay.fetch(request);
    if (status !== 200) throw new Error(`the web hook got ${status}`);
  };
  return { port: Number(new URL(relay.url).port), path: `/feed?extension=${EXTENSION}`, token };
}
