import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSwitch, type StartOptions } from 'valet-park/server';
import { check } from '../../../www/server/config/check.ts';
import { init } from '../../../www/server/config/init.ts';
import type { Prompt } from '../../../www/server/config/prompt.ts';
import { readConfig } from '../../../www/server/config/read.ts';
import { relaySettings } from '../../../www/server/config/relay-settings.ts';
import { NOON, RECEPTION, SALES } from '../desk.ts';

const CLIENT = { id: 'relay', secret: 's3cret-s3cret' };

async function open(options: StartOptions = {}) {
  const pbx = await startSwitch({
    strict: CLIENT,
    now: () => NOON,
    hourlyLimit: 1_000,
    ...options,
  });
  onTestFinished(() => pbx.close());
  const settings = {
    url: pbx.url,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    extensions: [RECEPTION, SALES],
  };
  return { pbx, settings };
}

test('a check without a live call says what it found', async () => {
  const { pbx, settings } = await open();
  expect(await check(settings)).toEqual({
    code: 0,
    lines: [
      `The switch at ${pbx.url} gives a token for client relay.`,
      `Extension ${RECEPTION}: no call now.`,
      `Extension ${SALES}: no call now.`,
      'Dialect: not known, because it takes a live call to ask. Make a call, and check again.',
      'Budget: 1000 requests an hour, for all applications of the customer; 998 remain for the next ' +
        '30 minutes.',
    ],
  });
});

test.for([
  ['classic', 'Dialect: classic. The switch lists its free slots, now 9.'],
  [
    'current',
    /^Dialect: current\. The switch has no list of free slots.*Set dialect = "current"\.$/,
  ],
] as const)('with a live call, a check finds the dialect %s', async ([dialect, line]) => {
  const { pbx, settings } = await open({ dialect });
  pbx.exchange.answer(pbx.exchange.ring(SALES, '+79161112233').call);
  const { code, lines } = await check(settings);
  expect([code, lines[2]]).toEqual([0, `Extension ${SALES}: 1 call now.`]);
  expect(lines[3]).toEqual(typeof line === 'string' ? line : expect.stringMatching(line));
  expect(lines.join()).not.toContain('79161112233');
});

test('wrong credentials have an exit code of their own', async () => {
  const { settings } = await open();
  const { code, lines } = await check({ ...settings, clientSecret: 'wrong-secret' });
  expect([code, lines]).toEqual([
    3,
    [
      expect.stringMatching(
        /^Failed: the switch gives no token .*check the client id and the secret\.$/,
      ),
    ],
  ]);
  expect(lines.join()).not.toContain('wrong-secret');
});

test('an extension that does not exist has an exit code of its own', async () => {
  const { settings } = await open();
  const { code, lines } = await check({ ...settings, extensions: [RECEPTION, '999'] });
  expect(code).toBe(4);
  expect(lines[2]).toBe(
    'Extension 999: the switch has no such extension (status 404); use its numeric id.',
  );
});

test('a switch that cannot be reached has an exit code of its own', async () => {
  const { pbx, settings } = await open();
  await pbx.close();
  const { code, lines } = await check(settings);
  expect([code, lines]).toEqual([
    1,
    [expect.stringMatching(/^Failed: the switch cannot be reached/)],
  ]);
});

/** A prompt that gives these answers, and what it printed. */
function prompt(answers: string[]): Prompt & { printed: string } {
  return {
    printed: '',
    print(text) {
      this.printed += text;
    },
    async ask(question) {
      this.printed += `${question}\n`;
      const answer = answers.shift();
      if (answer === undefined) throw new Error(`no answer to ${question}`);
      return answer;
    },
    close: () => {},
  };
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'valet-park-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test('init asks, repeats a question after a wrong answer, tries the settings, and writes the file', async () => {
  const { pbx } = await open();
  const path = folder();
  const file = join(path, 'valet-park.toml');
  const answers = [
    'pbx.example',
    pbx.url,
    'relay',
    `${RECEPTION}, ${SALES}`,
    '',
    CLIENT.secret,
    '',
  ];
  const talk = prompt(answers);
  expect(await init(talk, { file })).toBe(true);
  expect(answers).toEqual([]);
  expect(talk.printed).toContain('This is the address of the switch without a path, as https://');
  expect(talk.printed).toContain('gives a token for client relay');
  expect(talk.printed + readFileSync(file, 'utf8')).not.toContain(CLIENT.secret);
  const config = readConfig({}, {}, path);
  expect(relaySettings(config, {})).toEqual({
    url: pbx.url,
    clientId: 'relay',
    clientSecret: CLIENT.secret,
    extensions: [RECEPTION, SALES],
  });
  if (process.platform !== 'win32') {
    expect(statSync(join(path, 'client-secret')).mode & 0o777).toBe(0o600);
  }
});

test('init uses a secret that exists, and sets the web hooks up', async () => {
  const { pbx } = await open();
  const path = folder();
  const file = join(path, 'valet-park.toml');
  writeFileSync(join(path, 'key'), CLIENT.secret, { mode: 0o600 });
  const answers = [pbx.url, 'relay', RECEPTION, 'key', 'https://park.example'];
  await init(prompt([...answers, '34900', `${RECEPTION}=341, 34900=900`]), { file });
  const config = readConfig({}, {}, path);
  expect(config.values).toMatchObject({ 'public-url': 'https://park.example', subscribe: true });
  expect(relaySettings(config, {}).pickUp).toEqual({
    extension: '34900',
    numbers: { [RECEPTION]: '341', 34900: '900' },
  });
});

test('a check tells whether the extension for pick-ups exists, and which numbers are missing', async () => {
  const { settings } = await open();
  const pickUp = { extension: '34900', numbers: { 34900: '900', [RECEPTION]: '341' } };
  const { code, lines } = await check({ ...settings, pickUp });
  expect(code).toBe(0);
  expect(lines).toContainEqual(expect.stringMatching(/^Extension 34900, for pick-ups: it exists/));
  expect(lines).toContainEqual(expect.stringContaining(`Numbers: those of ${SALES} are missing`));
  const wrong = await check({ ...settings, pickUp: { extension: '1', numbers: { 1: '900' } } });
  expect(wrong.code).toBe(4);
});

test('init writes nothing that does not work, unless it is told to', async () => {
  const { pbx } = await open();
  const path = folder();
  const file = join(path, 'valet-park.toml');
  const answers = [pbx.url, 'relay', RECEPTION, '', 'wrong', ''];
  expect(await init(prompt([...answers, 'n']), { file })).toBe(false);
  expect(existsSync(file)).toBe(false);
  // The secret exists now, so it is not asked for again.
  expect(await init(prompt([pbx.url, 'relay', RECEPTION, '', '', 'y']), { file })).toBe(true);
  expect(existsSync(file)).toBe(true);
});

test('init does not replace a file without a question', async () => {
  const path = folder();
  const file = join(path, 'valet-park.toml');
  writeFileSync(file, 'port = 1\n');
  expect(await init(prompt(['']), { file })).toBe(false);
  expect(readFileSync(file, 'utf8')).toBe('port = 1\n');
});

test.for([
  [
    'upstream',
    'the relay needs upstream: pass --upstream, set VALET_PARK_UPSTREAM, or write upstream',
  ],
  ['client-id', 'the relay needs client-id: pass --client-id'],
  ['extensions', 'the relay needs extensions: pass --extensions'],
] as const)('a relay without %s is refused', ([name, message]) => {
  const path = folder();
  const all = { upstream: 'https://a.example', 'client-id': 'a', extensions: '1' };
  const { [name]: _, ...rest } = all;
  const flags = name === 'upstream' ? {} : rest;
  const config = readConfig(flags, {}, path);
  expect(() => relaySettings(config, { VALET_PARK_CLIENT_SECRET: 's' })).toThrow(message);
});

test('a relay without a secret is refused', () => {
  const config = readConfig({ upstream: 'https://a.example' }, {}, folder());
  expect(() => relaySettings(config, {})).toThrow(
    'the relay needs client-secret-file: pass --client-secret-file, set VALET_PARK_CLIENT_SECRET, or',
  );
});
