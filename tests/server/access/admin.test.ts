import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectAdmin, listenForAdmin } from '../../../www/server/access/admin.ts';
import { LocalAdministration } from '../../../www/server/access/administration.ts';
import { Pairing } from '../../../www/server/access/pairing.ts';
import { PanelTokens } from '../../../www/server/access/panel-tokens.ts';
import { MemoryTokenStore } from '../../../www/server/access/store.ts';

async function open() {
  const state = mkdtempSync(join(tmpdir(), 'valet-park-'));
  onTestFinished(() => rmSync(state, { recursive: true }));
  const tokens = new PanelTokens({ store: new MemoryTokenStore() });
  const pairing = new Pairing(tokens);
  const admin = new LocalAdministration({ tokens, pairing, extensions: ['34414'], forget: null });
  const listener = await listenForAdmin(state, () => admin);
  onTestFinished(async () => {
    tokens.close();
    await listener.close();
  });
  return { state, tokens, pairing, listener };
}

const RECEPTION = { name: 'Reception', extensions: ['34414'] };

test('another process administers the running relay', async () => {
  const { state, pairing } = await open();
  const admin = await connectAdmin(state);
  const { code, device } = await pairing.begin('192.0.2.1');
  const info = await admin?.pair(code, RECEPTION);
  expect((await pairing.poll(device)).state).toBe('paired');
  expect(await admin?.listTokens()).toEqual([info]);
  await admin?.revokeToken('Reception');
  const { token } =
    (await admin?.addToken({ ...RECEPTION, may: ['look'], lifetimeMs: 60_000 })) ?? {};
  expect(token).toMatch(/^vp_/);
  expect(await admin?.listTokens()).toMatchObject([
    { may: ['look'], expiresAt: expect.any(Number) },
  ]);
});

test('a refusal arrives with its message and its code', async () => {
  const { state } = await open();
  const admin = await connectAdmin(state);
  await expect(admin?.pair('BBBBBBBB', RECEPTION)).rejects.toMatchObject({
    code: 'unknown-code',
    message: expect.stringContaining('no panel shows this code'),
  });
});

test('the listener refuses everyone without the secret of the state folder', async () => {
  const { state } = await open();
  const file = join(state, 'admin.json');
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  const { url } = JSON.parse(readFileSync(file, 'utf8'));
  for (const authorization of ['', 'Bearer', `Bearer ${'A'.repeat(43)}`]) {
    for (const what of ['ping', 'list', 'add', 'pair', 'revoke', 'nowhere']) {
      const reply = await fetch(`${url}/${what}`, { method: 'POST', headers: { authorization } });
      expect([what, reply.status]).toEqual([what, 401]);
    }
  }
});

test('without a running relay there is no connection', async () => {
  const { state, listener } = await open();
  const left = readFileSync(join(state, 'admin.json'), 'utf8');
  await listener.close();
  expect(await connectAdmin(state)).toBeNull();
  writeFileSync(join(state, 'admin.json'), left); // As after a power failure.
  expect(await connectAdmin(state)).toBeNull();
});

test('the secret is not sent to another machine', async () => {
  const { state } = await open();
  writeFileSync(join(state, 'admin.json'), '{"url":"http://192.0.2.1:80","secret":"s","pid":1}');
  expect(await connectAdmin(state)).toBeNull();
});
