import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Hono } from 'hono/tiny';
import { requireAccess, type AccessEnv } from '../../../www/server/access/access.ts';
import { PanelTokens, type PanelTokensOptions } from '../../../www/server/access/panel-tokens.ts';
import {
  FileTokenStore,
  MemoryTokenStore,
  type StoredToken,
} from '../../../www/server/access/store.ts';

const START = Date.UTC(2026, 5, 15, 12, 30);

/** Opens the tokens in a store, with a clock that the test sets. */
function open(options: Partial<PanelTokensOptions> = {}) {
  const clock = { now: START };
  const store = options.store ?? new MemoryTokenStore();
  const tokens = new PanelTokens({ now: () => clock.now, ...options, store });
  onTestFinished(() => tokens.close());
  return { clock, store, tokens };
}

/** Returns the path of a new empty folder. */
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'valet-park-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

/** Returns the secret in a token: the text after the id. */
function secretOf(token: string): string {
  return token.slice('vp_000000000000_'.length);
}

const RECEPTION = { name: 'Reception', extensions: ['34414'] } as const;

test('a token identifies its holder', () => {
  const { tokens } = open();
  const { token, info } = tokens.add(RECEPTION);
  expect(token).toMatch(/^vp_[0-9a-f]{12}_[\w-]{43}$/);
  expect(tokens.identify(`Bearer ${token}`)).toEqual({
    id: info.id,
    name: 'Reception',
    extensions: ['34414'],
    may: ['look', 'act'],
  });
});

test('a wrong token does not identify a holder', () => {
  const { tokens } = open();
  const { token, info } = tokens.add(RECEPTION);
  const { token: other } = tokens.add(RECEPTION);
  const last = token.endsWith('A') ? 'B' : 'A';
  for (const wrong of [
    undefined,
    '',
    token,
    `Basic ${token}`,
    `Bearer ${token.slice(0, -1)}`,
    `Bearer ${token.slice(0, -1)}${last}`,
    `Bearer ${token}A`,
    `Bearer vp_${info.id}_`,
    `Bearer vp_${info.id}_${secretOf(other)}`,
    `Bearer vp_${'0'.repeat(12)}_${secretOf(token)}`,
    `Bearer vp___proto___${secretOf(token)}`,
  ]) {
    expect([wrong, tokens.identify(wrong)]).toEqual([wrong, null]);
  }
});

test('the store has the hash of a secret, and not the secret', () => {
  const file = join(folder(), 'state/tokens.json');
  const { tokens } = open({ store: new FileTokenStore(file) });
  const { token } = tokens.add(RECEPTION);
  const secret = secretOf(token);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('Reception');
  expect(text).not.toContain(secret);
  expect(JSON.stringify(tokens.list())).not.toMatch(/hash/);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('tokens survive a restart, and no temporary file remains', () => {
  const state = folder();
  const store = new FileTokenStore(join(state, 'tokens.json'));
  const { token } = open({ store }).tokens.add(RECEPTION);
  expect(open({ store }).tokens.identify(`Bearer ${token}`)).toMatchObject({ name: 'Reception' });
  expect(readdirSync(state)).toEqual(['tokens.json']);
});

test.for(['', '{', '[]', '{"version":2,"tokens":[]}', '{"version":1,"tokens":[{"id":"../x"}]}'])(
  'a store that contains %j is refused, and the message says what to do',
  (text) => {
    const file = join(folder(), 'tokens.json');
    writeFileSync(file, text);
    expect(() => open({ store: new FileTokenStore(file) })).toThrow(/restore it from a copy/);
    expect(readFileSync(file, 'utf8')).toBe(text);
  },
);

test('if the store cannot be written, no token is added and none is revoked', () => {
  const store = new MemoryTokenStore();
  const { tokens } = open({ store });
  const { token, info } = tokens.add(RECEPTION);
  vi.spyOn(store, 'write').mockImplementation(() => {
    throw new Error('the disk is full');
  });
  expect(() => tokens.add(RECEPTION)).toThrow('the disk is full');
  expect(() => tokens.revoke(info.id)).toThrow('the disk is full');
  expect(tokens.list()).toHaveLength(1);
  expect(tokens.identify(`Bearer ${token}`)).not.toBeNull();
});

test('a revoked token is not valid, and the listeners learn its id once', () => {
  const { tokens } = open();
  const { token, info } = tokens.add(RECEPTION);
  const revoked: string[] = [];
  const remove = tokens.onRevoked((id) => revoked.push(id));
  tokens.revoke(info.id);
  expect(tokens.identify(`Bearer ${token}`)).toBeNull();
  expect(revoked).toEqual([info.id]);
  expect(() => tokens.revoke(info.id)).toThrow('there is no token');
  remove();
  tokens.revoke(tokens.add(RECEPTION).info.id);
  expect(revoked).toEqual([info.id]);
});

test('when a token expires it is not valid, and the listeners learn its id within five seconds', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { tokens, clock } = open();
  const { token, info } = tokens.add({ ...RECEPTION, lifetimeMs: 60_000 });
  const revoked: string[] = [];
  tokens.onRevoked((id) => revoked.push(id));
  clock.now = START + 59_999;
  vi.advanceTimersByTime(5_000);
  expect(tokens.identify(`Bearer ${token}`)).not.toBeNull();
  expect(revoked).toEqual([]);
  clock.now = START + 60_000;
  expect(tokens.identify(`Bearer ${token}`)).toBeNull();
  expect(tokens.list()).toEqual([]);
  vi.advanceTimersByTime(5_000);
  expect(revoked).toEqual([info.id]);
});

test('the time of the last use is stored at most once a minute', () => {
  const store = new MemoryTokenStore();
  const { tokens, clock } = open({ store });
  const { token } = tokens.add(RECEPTION);
  const written: (number | null | undefined)[] = [];
  const write = store.write.bind(store);
  vi.spyOn(store, 'write').mockImplementation((all: readonly StoredToken[]) => {
    written.push(all[0]?.usedAt);
    write(all);
  });
  for (const second of [1, 59, 60, 61]) {
    clock.now = START + second * 1_000;
    tokens.identify(`Bearer ${token}`);
    tokens.sweep();
  }
  expect(written).toEqual([START + 60_000]);
  expect(tokens.list()[0]?.usedAt).toBe(START + 61_000);
});

test('a route behind `requireAccess` can read the holder of the token', async () => {
  const { tokens } = open();
  const { token } = tokens.add(RECEPTION);
  const app = new Hono<AccessEnv>()
    .use(requireAccess(tokens))
    .get('/', (c) => c.text(c.get('who').name));
  const ask = (headers: Record<string, string>) => app.request('/', { headers });
  expect(await (await ask({ authorization: `Bearer ${token}` })).text()).toBe('Reception');
  const refused = await ask({ authorization: 'Bearer vp_wrong' });
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  expect(await refused.text()).not.toContain('vp_wrong');
});
