// Measures unit costs of a relay and of Redis. scripts/capacity/measure.mjs starts this file as a separate
// process.

import { createClient } from '@redis/client';
import { createRelay, startRelay } from 'valet-park/server';
import { pause, serve } from '../../benches/relay/child.mjs';

const EXTENSION = '34414';
const LEG = '262077ef325f4868aa49bf22309229f7';
const silent = { info() {}, warn() {} };

/** @type {typeof fetch} */
const answerAsSwitch = async (input) => {
  const isToken = String(input instanceof Request ? input.url : input).includes('/oauth/');
  return Response.json(isToken ? { access_token: 't', expires_in: 3600 } : { call_list: [] });
};
const common = {
  upstream: { url: 'http://pbx.invalid', clientId: 'capacity', clientSecret: 'capacity' },
  ...{ fetch: answerAsSwitch, extensions: [EXTENSION], logger: silent },
};

/** @type {import('valet-park/server').RunningRelay | null} */
let relay = null;

serve({ lots, start, messages, used, memory, shares });

/** Creates relays of one lot each. Returns the memory of one in KB. @param {number} count */
async function lots(count) {
  const access = { identify: () => null, onRevoked: () => () => {} };
  const create = async () => {
    const relay = createRelay({ ...common, access });
    await relay.ready;
    return relay;
  };
  const relays = [];
  for (let done = 0; done < 20; done += 1) relays.push(await create()); // The heap grows once.
  const before = await memory();
  for (let done = 0; done < count; done += 1) relays.push(await create());
  const kilobytes = (await memory()) - before;
  for (const relay of relays) await relay.dispose();
  return kilobytes / count;
}

/** Starts a relay over Redis. Returns the address of its feed. @param {string} url */
async function start(url) {
  relay = await startRelay({
    ...common,
    redis: url,
    feedsPerToken: 10_000,
    requestsPerMinute: 1e9,
  });
  await relay.ready;
  const { token } = await relay.admin.addToken({ name: 'capacity', extensions: [EXTENSION] });
  await send(200); // Compiles the code.
  return { port: Number(new URL(relay.url).port), path: `/feed?extension=${EXTENSION}`, token };
}

/**
 * Sends web hooks to the relay. Returns the time of the processor for one of them, in ms, at the relay
 * and at Redis.
 *
 * @param {string} url @param {number} count
 */
async function messages(url, count) {
  const redis = await connect(url);
  const [before, redisBefore] = [used(), await redis.cpu()];
  await send(count);
  const [messageMs, redisMs] = [used() - before, (await redis.cpu()) - redisBefore];
  await redis.close();
  return { messageMs: messageMs / count, redisMessageMs: redisMs / count };
}

/** Returns the time of the processor that this process has used so far, in ms. */
function used() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Lets Redis do what it does for many lots. Returns its time in ms for one message to one relay, and
 * for one renewal of a lease.
 *
 * @param {string} url @param {number} count
 */
async function shares(url, count) {
  const [redis, subscriber] = [await connect(url), await connect(url)];
  const channels = Array.from({ length: count }, (_, at) => `capacity:${at}`);
  await subscriber.subscribe(channels);
  const text = 'x'.repeat(400);
  let before = await redis.cpu();
  for (let done = 0; done < 5_000; done += 1) {
    await redis.send('PUBLISH', channels[done % count] ?? '', text);
  }
  const deliverMs = ((await redis.cpu()) - before) / 5_000;
  await subscriber.close();
  const hash = String(await redis.send('SCRIPT', 'LOAD', BEAT));
  before = await redis.cpu();
  for (let done = 0; done < 5_000; done += 1) {
    const lot = `capacity:{${done % count}}`;
    const keys = ['log', 'asker', 'fence', 'relays'].map((name) => `${lot}:${name}`);
    await redis.send('EVALSHA', hash, '4', ...keys, 'relay', '8000');
  }
  const beatMs = ((await redis.cpu()) - before) / 5_000;
  await redis.close();
  return { deliverMs, beatMs };
}

/** Sends web hooks, one after the other, because messages that come together cost less. @param {number} count */
async function send(count) {
  if (relay === null) return;
  const { hookPath, fetch } = relay;
  for (let done = 0; done < count; done += 1) {
    const fields = {
      ...{
        EventType: done % 2 === 0 ? 'dial-in' : 'hangup',
        EventTime: String(Date.now() * 1_000),
      },
      ...{ CallID: LEG, SubCallID: `${EXTENSION}-${LEG}`, CallAPIID: `3584709739-${LEG}` },
      ...{ CallFlow: 'in', CallStatus: 'CALLING', CalledExtensionID: EXTENSION },
      ...{ CallerIDNum: '+79161112233', CallerIDName: `${count}-${done}` },
    };
    const query = new URLSearchParams(fields).toString();
    await fetch(new Request(`http://relay.test${hookPath}?${query}`));
  }
}

/** Returns the memory of this process in KB. */
async function memory() {
  for (let turn = 0; turn < 3; turn += 1) {
    await pause(50);
    globalThis.gc?.();
  }
  return process.memoryUsage().rss / 1000;
}

/** @param {string} url */
async function connect(url) {
  const client = createClient({ url, RESP: 2 });
  client.on('error', () => {});
  await client.connect();
  const send = (/** @type {string[]} */ ...command) => client.sendCommand(command);
  return {
    send,
    subscribe: (/** @type {string[]} */ channels) => client.subscribe(channels, () => {}),
    /** Returns the time that Redis has used so far, in ms. */
    async cpu() {
      const text = String(await send('INFO', 'cpu'));
      const of = (/** @type {string} */ name) =>
        Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(text)?.[1]);
      return (of('used_cpu_user') + of('used_cpu_sys')) * 1000;
    },
    close: async () => client.destroy(),
  };
}

/** The commands of one renewal, as the script in www/server/feed/redis/scripts.ts has them. */
const BEAT = `
redis.call('ZADD', KEYS[4], 1, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', 0)
redis.call('PEXPIRE', KEYS[4], 60000)
redis.call('GET', KEYS[2])
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
redis.call('GET', KEYS[3])
redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
redis.call('XTRIM', KEYS[1], 'MINID', 0)
redis.call('XRANGE', KEYS[1], '1-0', '1-0')
return redis.call('ZCARD', KEYS[4])`;
