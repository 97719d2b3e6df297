import { expect, onTestFinished, test } from 'vitest';
import { LocalAdministration } from '../../../www/server/access/administration.ts';
import { Pairing } from '../../../www/server/access/pairing.ts';
import { PanelTokens } from '../../../www/server/access/panel-tokens.ts';
import { MemoryTokenStore } from '../../../www/server/access/store.ts';

function open() {
  const clock = { now: Date.UTC(2026, 5, 15, 12, 30) };
  const tokens = new PanelTokens({ store: new MemoryTokenStore(), now: () => clock.now });
  onTestFinished(() => tokens.close());
  const pairing = new Pairing(tokens, { now: () => clock.now });
  const admin = new LocalAdministration({
    tokens,
    pairing,
    extensions: ['34414', '34415'],
    forget: null,
  });
  return { clock, tokens, pairing, admin };
}

const RECEPTION = { name: 'Reception', extensions: ['34414'] };

test('a panel shows a code, an administrator enters it, and the panel gets its token', async () => {
  const { pairing, admin, tokens } = open();
  const { code, device, expiresInS } = await pairing.begin('192.0.2.1');
  expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
  expect(expiresInS).toBe(600);
  expect(await pairing.poll(device)).toEqual({ state: 'waiting' });
  await admin.pair(code, RECEPTION);
  const paired = await pairing.poll(device);
  if (paired.state !== 'paired') throw new Error('it was let in');
  expect(tokens.identify(`Bearer ${paired.token}`)).toMatchObject(RECEPTION);
  // The panel may not have received the first answer.
  expect(await pairing.poll(device)).toEqual(paired);
});

test.for([(code: string) => code.toLowerCase(), (code: string) => code.replace('-', ' ')])(
  'letter case and separators do not matter (%#)',
  async (change) => {
    const { pairing, admin } = open();
    const { code, device } = await pairing.begin('192.0.2.1');
    await admin.pair(change(code), RECEPTION);
    expect((await pairing.poll(device)).state).toBe('paired');
  },
);

test('a code lets one panel in', async () => {
  const { pairing, admin, tokens } = open();
  const one = await pairing.begin('192.0.2.1');
  const other = await pairing.begin('192.0.2.1');
  await admin.pair(one.code, RECEPTION);
  expect(await pairing.poll(other.device)).toEqual({ state: 'waiting' });
  await expect(admin.pair(one.code, RECEPTION)).rejects.toThrow('no panel shows this code');
  expect(tokens.list()).toHaveLength(1);
});

test('a code is valid for ten minutes', async () => {
  const { pairing, admin, clock } = open();
  const { code, device } = await pairing.begin('192.0.2.1');
  clock.now += 599_999;
  expect(await pairing.poll(device)).toEqual({ state: 'waiting' });
  clock.now += 1;
  expect(await pairing.poll(device)).toEqual({ state: 'expired' });
  await expect(admin.pair(code, RECEPTION)).rejects.toMatchObject({ code: 'unknown-code' });
});

test('the code does not reveal the token', async () => {
  const { pairing, admin } = open();
  const { code } = await pairing.begin('192.0.2.1');
  await admin.pair(code, RECEPTION);
  for (const guess of [code, code.replace('-', ''), '', 'device']) {
    expect(await pairing.poll(guess)).toEqual({ state: 'expired' });
  }
});

test('after five wrong codes in a minute no code is accepted, until a minute has passed', async () => {
  const { pairing, admin, clock } = open();
  const { code } = await pairing.begin('192.0.2.1');
  for (let wrong = 0; wrong < 5; wrong += 1) {
    await expect(admin.pair('BBBB-BBBB', RECEPTION)).rejects.toMatchObject({
      code: 'unknown-code',
    });
    clock.now += 1_000;
  }
  await expect(admin.pair(code, RECEPTION)).rejects.toThrow('try again in 55 seconds');
  clock.now += 54_999;
  await expect(admin.pair(code, RECEPTION)).rejects.toMatchObject({ code: 'too-many' });
  clock.now += 1;
  expect(await admin.pair(code, RECEPTION)).toMatchObject({ name: 'Reception' });
});

test('one address cannot use up all codes', async () => {
  const { pairing } = open();
  const flood = async () => {
    for (let count = 0; count < 1_000; count += 1) await pairing.begin('192.0.2.66');
  };
  await expect(flood()).rejects.toThrow('too many panels wait');
  expect((await pairing.begin('192.0.2.1')).code).not.toBe('');
});

test.for([
  [{ name: '', extensions: ['34414'] }, '--name has 1 to 60 characters'],
  [{ name: 'a\u0007', extensions: ['34414'] }, '--name has 1 to 60 characters'],
  [{ name: 'a'.repeat(61), extensions: ['34414'] }, '--name has 1 to 60 characters'],
  [{ name: 'Reception', extensions: [] }, '--extension is one of 34414, 34415, or all'],
  [
    { name: 'Reception', extensions: ['34414', '999'] },
    'does not serve extension 999; --extension is',
  ],
] as const)('%j is refused', async ([request, message]) => {
  const { admin, pairing, tokens } = open();
  const { code } = await pairing.begin('192.0.2.1');
  await expect(admin.pair(code, request)).rejects.toThrow(message);
  await expect(admin.addToken(request)).rejects.toThrow(message);
  expect(tokens.list()).toEqual([]);
});

test('a token can be for all extensions', async () => {
  const { admin } = open();
  const { info } = await admin.addToken({ name: 'Board', extensions: ['all'], may: ['look'] });
  expect(info).toMatchObject({ extensions: 'all', may: ['look'] });
});

test('a token can be revoked by its id, or by its name if the name is unique', async () => {
  const { admin } = open();
  const { info } = await admin.addToken({ name: 'Desk', extensions: ['34414'] });
  await admin.addToken({ name: 'Desk', extensions: ['34415'] });
  await expect(admin.revokeToken('Desk')).rejects.toThrow('2 tokens have the name `Desk`');
  await expect(admin.revokeToken('Table')).rejects.toThrow(
    'no token has the id or the name `Table`',
  );
  expect(await admin.revokeToken(info.id)).toMatchObject({ id: info.id });
  await admin.revokeToken('Desk');
  expect(await admin.listTokens()).toEqual([]);
});
