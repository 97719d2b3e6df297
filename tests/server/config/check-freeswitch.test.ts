// `--check` with FreeSWITCH: what it says about an engine on which something is missing.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execFile } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import {
  checkFreeswitch,
  type FreeswitchCheck,
} from '../../../www/server/config/check-freeswitch.ts';
import { openSocket, openStandIn } from '../freeswitch/open.ts';

const SNIPPET = /^<extension name="valet_park">\n[^]*<\/extension>$/;
const HOST = '127.0.0.1';

type Answers = Readonly<Record<string, string>>;

/** The answers of a FreeSWITCH on which nothing is missing, as a real one gave them. */
const RIGHT: Answers = {
  version: 'FreeSWITCH Version 1.10.12-release~64bit ( 64bit)\n',
  valet_info: '<lots>\n</lots>\n',
  show: '{"row_count":0}\n',
  uuid_exists: 'false',
  uuid_getvar: '-ERR No such channel!\n',
  uuid_transfer: '-ERR No such channel!\n',
  uuid_bridge: '-ERR Invalid uuid\n',
  uuid_kill: '-ERR No such channel!\n',
  originate: '-USAGE: <call url> <exten>|&<application_name>(<app_args>)\n',
  module_exists: 'true',
  global_getvar: 'pbx.example',
  user_exists: 'true',
  sofia_contact: 'sofia/internal/sip:1001@192.0.2.7:5060',
  xml_locate:
    '<context name="default">\n  <action application="valet_park" data="L $1"></action>\n',
};

/** Checks an engine that answers as `RIGHT`, except for `changed`. A key may have arguments. */
async function checkOn(changed: Answers, options: Partial<FreeswitchCheck['freeswitch']> = {}) {
  const answers = { ...RIGHT, ...changed };
  const socket = await openSocket((command, args) => {
    return (
      answers[`${command} ${args}`] ?? answers[command] ?? `-ERR ${command} Command not found!\n`
    );
  });
  const found = await checkFreeswitch({
    freeswitch: { port: socket.port, password: socket.password, lot: 'L', ...options },
    ...{ extensions: ['1001', '1002'], slots: 9, patienceMs: 180_000 },
  });
  return { ...found, text: found.lines.join('\n'), port: socket.port, commands: socket.commands };
}

test('an engine on which nothing is missing', async () => {
  const { code, lines, port, commands } = await checkOn({});
  expect({ code, lines }).toEqual({
    code: 0,
    lines: [
      `FreeSWITCH Version 1.10.12-release~64bit answers at ${HOST}:${port}.`,
      expect.stringMatching(
        /^Password: the factory one, .* Set another one in event_socket\.conf\.xml\.$/,
      ),
      'Modules: all that the relay needs are loaded.',
      'Lot L: FreeSWITCH creates it when the first call is parked.',
      'Extension 1001: a telephone is registered.',
      'Extension 1002: a telephone is registered.',
      'Feature codes: the dialplan parks in this lot, too.',
    ],
  });
  // Nothing that the check sends can touch a call.
  const words = commands.filter((line) => /uuid_|originate/.test(line));
  expect(words.every((line) => /00000000-0000-4000|originate$/.test(line))).toBe(true);
});

test.for<readonly [Answers, string]>([
  [
    { 'module_exists mod_valet_parking': 'false' },
    'Missing: mod_valet_parking is not loaded, which parks calls. Run load mod_valet_parking in fs_cli, and ' +
      'name it in modules.conf.xml.',
  ],
  [
    { 'module_exists mod_loopback': 'false' },
    'Missing: mod_loopback is not loaded, which lets the relay',
  ],
  [{ 'module_exists mod_sofia': 'false' }, 'Missing: mod_sofia is not loaded, which connects'],
  [
    { uuid_kill: '-ERR permission denied\n', originate: '-ERR permission denied\n' },
    'Missing: FreeSWITCH does not execute uuid_kill, originate (permission denied).',
  ],
  [
    { uuid_bridge: '-ERR uuid_bridge Command not found!\n' },
    'Missing: FreeSWITCH does not execute uuid_bridge (uuid_bridge Command not found!).',
  ],
  [
    { global_getvar: '-ERR no reply\n' },
    'Missing: the domain of the extensions, because the variable domain of FreeSWITCH is empty. Set domain',
  ],
  [
    { 'user_exists id 1002 pbx.example': 'false' },
    'Missing: extension 1002, because FreeSWITCH has no user 1002@pbx.example. Compare extensions and domain',
  ],
  [
    {
      valet_info:
        '<lots>\n  <lot name="L">\n    <extension uuid="a">6001</extension>\n  </lot>\n</lots>\n',
    },
    'Missing: panels do not show the slots 6001, in which calls wait. Slot 1 is named 1: set slot-names',
  ],
])('with the answers %j, something is missing', async ([changed, line]) => {
  const { code, text } = await checkOn(changed);
  expect(code).toBe(1);
  expect(text).toContain(`\n${line}`);
  expect(text.match(/Missing: /g)).toHaveLength(1);
});

test.for<readonly [Answers, string]>([
  [
    { 'sofia_contact */1002@pbx.example': 'error/user_not_registered' },
    'Extension 1002: no telephone is registered now, so it cannot pick up.',
  ],
  [
    { valet_info: '<lots>\n  <lot name="other">\n  </lot>\n  <lot name="l">\n  </lot>\n</lots>\n' },
    'Lot L: FreeSWITCH creates it when the first call is parked. It knows other, l.',
  ],
  [
    {
      valet_info:
        '<lots>\n  <lot name="L">\n    <extension uuid="a">7</extension>\n  </lot>\n</lots>\n',
    },
    'Lot L: 1 call waits in slots 1 to 9.',
  ],
  [
    { valet_info: '<lots>\n  <lot name="L">\n  </lot>\n</lots>\n' },
    'Lot L: no call waits in slots 1 to 9.',
  ],
  [
    { xml_locate: '<context name="default">\n' },
    'Feature codes: the context default of the dialplan does not name this lot. To park and fetch by ' +
      'telephone, too, add this, and run reloadxml in fs_cli:',
  ],
  [
    { xml_locate: "can't find anything\n" },
    'Feature codes: no file of the dialplan has the context default, to which calls return.',
  ],
])('with the answers %j, nothing is missing', async ([changed, line]) => {
  const { code, text } = await checkOn(changed);
  expect(code).toBe(0);
  expect(text).toContain(`\n${line}`);
});

test('the slots have the names of the dialplan', async () => {
  const info =
    '<lots>\n  <lot name="L">\n    <extension uuid="a">6001</extension>\n  </lot>\n</lots>\n';
  const { code, text } = await checkOn({ valet_info: info, xml_locate: '' }, { slotNames: '60##' });
  expect(code).toBe(0);
  expect(text).toContain('Lot L: 1 call waits in slots 1 to 9.');
  expect(text).toContain('expression="^(600[1-9])$"');
});

test('the feature codes are ready to paste', async () => {
  const { lines } = await checkOn({ xml_locate: '' }, { context: 'office', lot: 'L@pbx.example' });
  expect(lines.at(-1)).toMatch(SNIPPET);
  expect(lines.at(-1)).toContain('expression="^\\*5([1-9])$"');
  expect(lines.at(-1)).toContain('data="valet_parking_timeout=180"');
  expect(lines.at(-1)).toContain('data="valet_parking_orbit_context=office"');
  expect(lines.at(-1)).toContain('<action application="valet_park" data="L@pbx.example $1"/>');
});

test('a lot that the dialplan names by the domain is found', async () => {
  const dialplan =
    '<context name="default">\n<action application="valet_park" data="park@${domain_name} $1"/>';
  const { text } = await checkOn({ xml_locate: dialplan }, { lot: 'park@pbx.example' });
  expect(text).toContain('Feature codes: the dialplan parks in this lot, too.');
});

test('an engine that cannot be reached, and one that refuses', async () => {
  const { socket } = await openStandIn();
  const common = { extensions: ['1001'], slots: 9, patienceMs: 180_000 };
  const check = (changed: object) =>
    checkFreeswitch({
      freeswitch: { port: socket.port, password: socket.password, lot: 'L', ...changed },
      ...common,
    });
  expect(await check({ password: 'wr0ng' })).toEqual({
    code: 1,
    lines: [
      'Failed: FreeSWITCH does not accept the password. Compare the file of freeswitch-password-file with ' +
        'the password in event_socket.conf.xml.',
    ],
  });
  socket.rejects = true;
  expect(await check({})).toEqual({
    code: 1,
    lines: [
      'Failed: FreeSWITCH refuses this machine: see `apply-inbound-acl` in event_socket.conf.xml.',
    ],
  });
  await socket.stop();
  const { code, lines } = await check({});
  expect([code, lines.length]).toEqual([1, 1]);
  expect(lines[0]).toMatch(
    /^Failed: FreeSWITCH cannot be reached at 127\.0\.0\.1:\d+: .*ECONNREFUSED\. Is FreeSWITCH running/,
  );
});

test('a program that is no event socket', async () => {
  const socket = await openSocket();
  socket.stall();
  const freeswitch = { port: socket.port, password: 'x', lot: 'L', timeoutMs: 50 };
  const wanted = { freeswitch, extensions: ['1001'], slots: 9, patienceMs: 180_000 };
  expect(await checkFreeswitch(wanted)).toEqual({
    code: 1,
    lines: [
      expect.stringMatching(/^Failed: FreeSWITCH cannot be reached at .* no answer in 50 ms/),
    ],
  });
});

test('the program checks each lot, and ends with the code of the first that fails', async () => {
  const { socket } = await openStandIn();
  const folder = mkdtempSync(join(tmpdir(), 'valet-park-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const lot = (name: string) =>
    `[[lot]]\nname = "${name}"\nlot = "park@${name}"\nextensions = [1001]\n`;
  const toml = `freeswitch = "127.0.0.1:${socket.port}"\n${lot('acme')}${lot('globex')}`;
  writeFileSync(join(folder, 'valet-park.toml'), toml);
  const cli = fileURLToPath(new URL('cli.js', import.meta.resolve('valet-park/server')));
  const { code, output } = await new Promise<{ code: unknown; output: string }>((done) => {
    execFile(process.execPath, [cli, '--check'], { cwd: folder }, (error, stdout) => {
      done({ code: error === null ? 0 : error.code, output: stdout });
    });
  });
  // The stand-in knows no modules.
  expect(code).toBe(1);
  expect(output.match(/^Lot (acme|globex):$/gm)).toHaveLength(2);
  expect(output).toContain('Missing: mod_valet_parking is not loaded');
});
