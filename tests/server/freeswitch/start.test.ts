// A relay on FreeSWITCH as users start it: with the settings of the program, and with several lots.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readCommandLine } from '../../../www/server/config/command-line.ts';
import { readConfig } from '../../../www/server/config/read.ts';
import { runLots } from '../../../www/server/config/run-lots.ts';
import { runRelay } from '../../../www/server/config/run-relay.ts';
import {
  createRelay,
  startLots,
  startRelay,
  type LotOptions,
  type RelayOptions,
} from '../../../www/server/index.ts';
import { MemoryLog } from '../../../www/server/feed/memory.ts';
import { openStandIn } from './open.ts';

const SOON = { timeout: 30_000 };
const logger = { info: () => {}, warn: () => {} };

/** Sends a request as a panel does. */
async function send(url: string, token: string, method: string, path: string, body?: object) {
  const response = await fetch(`${url}/api/ver1.0${path}`, {
    ...{ method, headers: { Authorization: `Bearer ${token}` } },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

/** Resolves to the `call_api_id` of a call when the relay knows the call. */
async function callAt(url: string, token: string, extension: string, uuid: string) {
  const list = `/extension/${extension}/current_calls/`;
  await expect.poll(async () => (await send(url, token, 'GET', list)).text, SOON).toContain(uuid);
  return `2130706433-${uuid}`;
}

test('the command line of the guide starts a relay that parks and bridges', async () => {
  const { pbx, socket } = await openStandIn();
  const folder = mkdtempSync(join(tmpdir(), 'valet-park-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const args = `--freeswitch 127.0.0.1:${socket.port} --lot valet_lot@default --extensions 1001,1002`;
  const more = ['--port', '0', '--log-level', 'silent', '--state', folder];
  const { flags } = readCommandLine([...args.split(' '), ...more]);
  const { relay, text } = await runRelay(readConfig(flags, {}, folder), {});
  onTestFinished(() => relay.close());
  expect(text).toContain(
    `parks in lot valet_lot@default of FreeSWITCH at 127.0.0.1:${socket.port}\n`,
  );
  expect(text).toContain('Warning: FreeSWITCH has the factory password');

  const { token } = await relay.admin.addToken({ name: 'Board', extensions: ['1001', '1002'] });
  const [a, b] = [pbx.talk('1001', '100', 'Anna'), pbx.talk('1002', '200', 'Boris')];
  const first = await callAt(relay.url, token, '1001', a);
  const second = await callAt(relay.url, token, '1002', b);
  const park = `/extension/1001/valet_park/${first}`;
  expect(await send(relay.url, token, 'PUT', park, { action: 'park', slot: '6' })).toMatchObject({
    status: 200,
  });
  expect(pbx.engine.valet.list('valet_lot@default').map(({ uuid }) => uuid)).toEqual([a]);
  const bridge = `/extension/1002/valet_park/${second}`;
  expect(
    await send(relay.url, token, 'PUT', bridge, { action: 'bridge', slot: '6' }),
  ).toMatchObject({ status: 200 });
  expect(pbx.engine.channels.get(a)?.partner?.uuid).toBe(b);
  expect((await fetch(`${relay.url}/hook/secret`, { method: 'POST' })).status).toBe(404);
});

test('the slots have the names of the dialplan', async () => {
  const { pbx, socket } = await openStandIn();
  const relay = await startRelay({
    freeswitch: { port: socket.port, password: 'ClueCon', lot: 'L', slotNames: '60##' },
    ...{ extensions: ['1001'], logger },
  });
  onTestFinished(() => relay.close());
  const { token } = await relay.admin.addToken({ name: 'Board', extensions: ['1001'] });
  const [a, b] = [pbx.talk('1001', '100', 'Anna'), pbx.talk('1001', '200', 'Boris')];
  const put = async (uuid: string, body: object) => {
    const call = await callAt(relay.url, token, '1001', uuid);
    return send(relay.url, token, 'PUT', `/extension/1001/valet_park/${call}`, body);
  };
  expect(await put(a, { action: 'park', slot: '6' })).toMatchObject({ status: 200 });
  expect(pbx.engine.valet.list('L')).toMatchObject([{ slot: '6006', uuid: a }]);
  // A telephone parks at 6002 by itself, and in a slot that the relay does not serve.
  const [c, d] = [pbx.talk('1001', '300', 'Clara'), pbx.talk('1001', '400', 'Dora')];
  pbx.api('uuid_transfer', `${c} 'valet_park:L 6002' inline`);
  pbx.api('uuid_transfer', `${d} 'valet_park:L 2' inline`);
  const free = async () => (await put(b, { action: 'slots' })).text.match(/[1-9]/g)?.join('');
  await expect.poll(free, SOON).toBe('1345789');
  expect(await put(b, { action: 'bridge', slot: '6' })).toMatchObject({ status: 200 });
  expect(pbx.engine.channels.get(a)?.partner?.uuid).toBe(b);
});

test('the health and the metrics say whether FreeSWITCH is connected', async () => {
  const { socket } = await openStandIn();
  const logged: string[] = [];
  const log = (sentence: string) => void logged.push(sentence);
  const relay = await startRelay({
    freeswitch: { port: socket.port, password: 'ClueCon', lot: 'L', probeMs: 200 },
    ...{ extensions: ['1001'], logger: { info: log, warn: log } },
  });
  onTestFinished(() => relay.close());
  const ready = async () => {
    const response = await fetch(`${relay.url}/readyz`);
    return { status: response.status, text: await response.text() };
  };
  await expect.poll(ready, SOON).toMatchObject({ status: 200 });
  expect((await relay.metrics()).text).toContain('valet_park_authorized{lot="main"} 1');
  await socket.stop();
  await expect
    .poll(ready, SOON)
    .toMatchObject({ status: 503, text: expect.stringContaining('FreeSWITCH') });
  expect((await relay.metrics()).text).toContain('valet_park_authorized{lot="main"} 0');
  await socket.start();
  await expect.poll(ready, SOON).toMatchObject({ status: 200 });
  const about = logged.filter((sentence) => sentence.includes('FreeSWITCH'));
  expect([about[0], about.at(-1)]).toEqual(['FreeSWITCH is connected', 'FreeSWITCH is connected']);
  expect(about.length).toBeGreaterThan(2);
});

test('two lots on one FreeSWITCH do not mix, and one of them changes while the other works', async () => {
  const { pbx, socket } = await openStandIn();
  const lot = (name: string, extension: string, changed: object = {}): LotOptions => ({
    ...{ name, extensions: [extension] },
    freeswitch: { port: socket.port, password: 'ClueCon', lot: `park@${name}`, ...changed },
  });
  const lots = await startLots({ lots: [lot('acme', '1001'), lot('globex', '1002')], logger });
  onTestFinished(() => lots.close());
  expect(lots.report).toMatchObject({ added: ['acme', 'globex'], broken: [] });
  const callers = { acme: pbx.talk('1001', '100'), globex: pbx.talk('1002', '200') };
  const parkAt = async (name: 'acme' | 'globex', extension: string) => {
    const url = `${lots.url}/lot/${name}`;
    const grant = { name: 'Board', extensions: [extension] };
    const { token } = (await lots.lot(name)?.admin.addToken(grant)) ?? { token: '' };
    const call = await callAt(url, token, extension, callers[name]);
    const path = `/extension/${extension}/valet_park/${call}`;
    return send(url, token, 'PUT', path, { action: 'park', slot: '6' });
  };
  expect(await parkAt('acme', '1001')).toMatchObject({ status: 200 });
  expect(await parkAt('globex', '1002')).toMatchObject({ status: 200 });
  expect(pbx.engine.valet.list('park@acme').map(({ uuid }) => uuid)).toEqual([callers.acme]);
  expect(pbx.engine.valet.list('park@globex').map(({ uuid }) => uuid)).toEqual([callers.globex]);

  const changed = [lot('acme', '1001'), lot('globex', '1002', { context: 'office' })];
  expect(await lots.change(changed)).toMatchObject({ changed: ['globex'], kept: ['acme'] });
  await expect.poll(() => lots.health.ok, SOON).toBe(true);
  expect(pbx.engine.valet.list('park@globex').map(({ uuid }) => uuid)).toEqual([callers.globex]);
  const twin = { ...lot('globex', '1002'), freeswitch: lot('acme', '1001').freeswitch };
  expect(await lots.change([lot('acme', '1001'), twin])).toMatchObject({
    kept: ['acme', 'globex'],
    broken: [
      { problem: expect.stringMatching(/^lots acme and globex are the same lot on FreeSWITCH/) },
    ],
  });
});

test('a FreeSWITCH that refuses the password from the start is logged once', async () => {
  const { socket } = await openStandIn();
  const logged: string[] = [];
  const log = (sentence: string) => void logged.push(sentence);
  const relay = await startRelay({
    freeswitch: { port: socket.port, password: 'wr0ng', lot: 'L' },
    ...{ extensions: ['1001'], logger: { info: log, warn: log } },
  });
  onTestFinished(() => relay.close());
  const refused = 'FreeSWITCH does not accept the password';
  await expect.poll(() => relay.health.problems, SOON).toContain(refused);
  expect(logged).toEqual([refused]);
});

test('the file of a process with two lots is read again', async () => {
  const { socket } = await openStandIn();
  const folder = mkdtempSync(join(tmpdir(), 'valet-park-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'valet-park.toml');
  const table = (name: string, lot: string) =>
    `[[lot]]\nname = "${name}"\nlot = "${lot}"\nextensions = ["1001"]\n`;
  const write = (...tables: string[]) => {
    writeFileSync(file, `freeswitch = "127.0.0.1:${socket.port}"\n${tables.join('')}`);
  };
  write(table('acme', 'park@acme'), table('globex', 'park@globex'));
  const args = ['--config', file, '--port', '0', '--log-level', 'silent'];
  const lots = await runLots(() => readConfig(readCommandLine(args).flags, {}, folder));
  onTestFinished(() => lots.close());
  expect(lots.text).toContain('Warning: FreeSWITCH has the factory password');
  const [, url = ''] = /listens at (\S+) and serves 2 lots/.exec(lots.text) ?? [];
  const problems = async () => {
    const { problems: found } = await (await fetch(`${url}/healthz`)).json();
    return String(found);
  };
  await expect.poll(problems, SOON).toBe('');

  write(table('acme', 'park@acme'), table('globex', 'park@acme'));
  await lots.reload();
  expect(await problems()).toContain('lots acme and globex are the same lot on FreeSWITCH');
  write(table('acme', 'park@acme'), table('initech', 'park@initech'));
  await lots.reload();
  await expect.poll(problems, SOON).toBe('');
  // A lot that runs asks for a token.
  expect((await fetch(`${url}/lot/initech/access`)).status).toBe(401);
  expect((await fetch(`${url}/lot/globex/access`)).status).toBe(404);
});

const FREESWITCH = { password: 'ClueCon', lot: 'valet_lot' };
const UPSTREAM = { url: 'https://pbx.example', clientId: 'a', clientSecret: 'b' };

test.for<readonly [Partial<RelayOptions>, string]>([
  [{}, 'give either `upstream` or `freeswitch`'],
  [{ freeswitch: FREESWITCH, upstream: UPSTREAM }, 'give either `upstream` or `freeswitch`'],
  [{ freeswitch: { ...FREESWITCH, lot: 'a b' } }, 'the lot on FreeSWITCH is up to 100 letters'],
  [{ freeswitch: { ...FREESWITCH, context: "d'" } }, 'the context on FreeSWITCH is up to 100'],
  [{ freeswitch: { ...FREESWITCH, domain: '' } }, 'the domain on FreeSWITCH is up to 100'],
  [{ freeswitch: { ...FREESWITCH, port: 0 } }, 'the address of FreeSWITCH is a host and a port'],
  [{ freeswitch: { ...FREESWITCH, host: 'a b' } }, 'the address of FreeSWITCH is a host'],
  [{ freeswitch: { ...FREESWITCH, password: 'a\nb' } }, 'the password of FreeSWITCH is 1 to 512'],
  [{ freeswitch: { ...FREESWITCH, host: 'pbx.example' } }, 'must not have the factory password'],
  [{ freeswitch: { ...FREESWITCH, ringMs: 10 } }, '`ringMs` is a number from 1,000 to 60,000'],
  [{ freeswitch: FREESWITCH, pickUp: { extension: '900' } }, 'rings the telephones itself'],
])('a relay with %j is refused', ([options, message]) => {
  const access = { identify: () => null, onRevoked: () => () => {} };
  const create = () => createRelay({ extensions: ['1001'], access, ...options });
  expect(create).toThrow(RangeError);
  expect(create).toThrow(message);
});

test('a lot on FreeSWITCH shares no log in Redis, and the message says what to do', async () => {
  const options = { freeswitch: FREESWITCH, extensions: ['1001'] };
  const redis = 'redis://127.0.0.1:1';
  await expect(startRelay({ ...options, redis })).rejects.toThrow(
    /^one relay alone orders the commands of a lot on FreeSWITCH, .* let the system start the relay/,
  );
  const lease = { askers: 1, relays: 1 };
  const log = Object.assign(new MemoryLog(), { lease });
  const access = { identify: () => null, onRevoked: () => () => {} };
  expect(() => createRelay({ ...options, access, log: log as never })).toThrow('one relay alone');
});
