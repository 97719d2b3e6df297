import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startRelay } from 'valet-park/server';
import { RECEPTION, SALES } from '../desk.ts';
import { openStanding } from '../relay/standing.ts';

function stateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'valet-park-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'state');
}

/** Opens a feed. Resolves when its first bytes are here. */
async function openFeed(url: string, token: string, extension = RECEPTION) {
  const response = await fetch(`${url}/feed?extension=${extension}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = (await reader?.read())?.value ?? '';
  return {
    response,
    /** Reads until the relay ends the feed. */
    async rest(): Promise<string> {
      for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
        text += part.value;
      }
      return text;
    },
  };
}

test('a token parks and fetches a call of its extension', async () => {
  const { token, talk, ask } = await openStanding();
  const panel = await token();
  const call = await talk();
  expect((await ask(panel, call, { action: 'park', slot: '6' })).status).toBe(200);
  const second = await talk();
  expect((await ask(panel, second, { action: 'slots', slot: '6' })).json).toMatchObject({
    slot: '6',
  });
});

test('a revoked token ends its open feeds, and no others', async () => {
  const { relay, token } = await openStanding();
  const { token: revoked, info } = await relay.admin.addToken({
    ...{ name: 'Reception', extensions: [RECEPTION] },
  });
  const feed = await openFeed(relay.url, revoked);
  const other = await openFeed(relay.url, await token());
  await relay.admin.revokeToken(info.id);
  await feed.rest();
  expect(relay.health.subscribers).toBe(1);
  expect((await openFeed(relay.url, revoked)).response.status).toBe(401);
  await other.response.body?.cancel().catch(() => {});
});

test('a token that expires ends its open feeds', async () => {
  const { relay } = await openStanding();
  const { token } = await relay.admin.addToken({
    ...{ name: 'Reception', extensions: [RECEPTION], lifetimeMs: 1 },
  });
  // The feed may open in the first millisecond, or not.
  const feed = await openFeed(relay.url, token);
  if (feed.response.status === 200) await feed.rest();
  expect(await openFeed(relay.url, token)).toMatchObject({ response: { status: 401 } });
});

test('a token has a limited number of open feeds', async () => {
  const { relay, token } = await openStanding({ feedsPerToken: 2 });
  const panel = await token();
  for (const status of [200, 200, 429]) {
    expect((await openFeed(relay.url, panel)).response.status).toBe(status);
  }
  expect((await openFeed(relay.url, await token())).response.status).toBe(200);
});

test('closing ends the feeds with a hint when to return, and answers requests under way', async () => {
  let release = () => {};
  const isReleased = new Promise<void>((resolve) => (release = resolve));
  let reached = () => {};
  const isReached = new Promise<void>((resolve) => (reached = resolve));
  const { relay, token, talk, ask } = await openStanding({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (request.url.includes('/valet_park/') && (await request.clone().text()).includes('park')) {
        reached();
        await isReleased;
      }
      return fetch(request);
    },
  });
  const panel = await token();
  const feed = await openFeed(relay.url, panel);
  const asked = ask(panel, await talk(), { action: 'park', slot: '6' });
  await isReached;
  const closed = relay.close();
  expect(await feed.rest()).toMatch(/retry: \d+\n\n$/);
  release();
  expect((await asked).status).toBe(200);
  await closed;
});

test('tokens, the log and the web hooks survive a restart', async () => {
  const state = stateFolder();
  const first = await openStanding({ state });
  const panel = await first.token();
  const { hookPath } = first.relay;
  await first.relay.close();
  const second = await openStanding({ state });
  expect((await second.send('/access', { token: panel })).status).toBe(200);
  expect(second.relay.hookPath).toBe(hookPath);
  if (process.platform === 'win32') return;
  for (const file of ['tokens.json', 'hooks.json', 'admin.json', 'log.jsonl']) {
    expect([file, statSync(join(state, file)).mode & 0o777]).toEqual([file, 0o600]);
  }
});

test('two relays cannot use one folder', async () => {
  const state = stateFolder();
  await openStanding({ state });
  await expect(openStanding({ state })).rejects.toThrow('another relay runs with the folder');
});

test('a port that is taken leaves nothing behind', async () => {
  const state = stateFolder();
  const { relay, pbx } = await openStanding();
  const options = {
    upstream: { url: pbx.url, clientId: 'relay', clientSecret: 'x' },
    ...{ extensions: [RECEPTION, SALES], state },
  };
  const { port } = new URL(relay.url);
  await expect(startRelay({ ...options, port: Number(port) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  const later = await startRelay({ ...options, logger: { info: () => {}, warn: () => {} } });
  await later.close();
});

test('the health is red while the switch gives no token', async () => {
  const { send } = await openStanding({
    upstream: { url: 'http://127.0.0.1:1', clientId: 'relay', clientSecret: 'x' },
  });
  const { status, json } = await send('/healthz');
  expect([status, json.problems]).toEqual([503, ['the switch has given no token']]);
});
