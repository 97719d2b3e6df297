// Runs a relay for scripts/relay-restarts.mjs and scripts/relay-redis.mjs. The process sends the tokens of the panels and the path
// of the web hooks to its parent.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startRelay } from 'valet-park/server';

const { state, port, url, client, extensions, slots, redis } = JSON.parse(process.argv[2] ?? '{}');
const silent = { info: () => {}, warn: (/** @type {string} */ text) => console.error(text) };
const relay = await startRelay({
  upstream: { url, clientId: client.id, clientSecret: client.secret },
  ...(redis === undefined ? {} : { redis }),
  ...{ state, port, extensions, slots, logger: silent, requestsPerMinute: 100_000 },
});
const file = join(state, 'panel-tokens.json');
if (!existsSync(file)) {
  /** @type {string[]} */
  const tokens = [];
  for (const id of extensions) {
    const { token } = await relay.admin.addToken({ name: `Panel ${id}`, extensions: [id] });
    tokens.push(token);
  }
  writeFileSync(file, JSON.stringify(tokens));
}
const tokens = JSON.parse(readFileSync(file, 'utf8'));
await relay.ready;
process.send?.({ url: relay.url, hookPath: relay.hookPath, tokens });
process.on('message', () => {
  const { ok, asks, problems } = relay.health;
  process.send?.({ ok, asks, problems });
});
