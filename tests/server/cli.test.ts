import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startSwitch } from 'valet-park/server';

const CLI = fileURLToPath(new URL('cli.js', import.meta.resolve('valet-park/server')));

/** Runs the command. `printed` resolves with the first output, `ended` when the process ends. */
function run(...args: string[]) {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  let errors = '';
  const ended = new Promise<{ code: number | null; output: string; errors: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, output, errors }));
  });
  child.stderr.setEncoding('utf8').on('data', (chunk) => (errors += chunk));
  const printed = new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
      if (output.includes('token:')) resolve(output);
    });
  });
  return { child, printed, ended };
}

test.for(['SIGINT', 'SIGTERM'] as const)(
  'the command prints its address and its token, and ends at %s',
  async (signal) => {
    const { child, printed, ended } = run('--port', '0', '--slots', '3', '--patience', '60');
    const [, url = '', token = ''] = /listens at (\S+)\ntoken: (\S+)\n/.exec(await printed) ?? [];
    const play = await (await fetch(`${url}/play`)).json();
    expect(play).toMatchObject({ token, slots: 3, patienceMs: 60_000 });
    // An open feed must not keep the process alive.
    const feed = await fetch(`${url}/feed?extension=34414`, {
      headers: { authorization: `Bearer ${token}` },
    });
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 0, errors: '' });
    await feed.text();
  },
);

test('--token sets the token', async () => {
  const { printed } = run('--port', '0', '--token', 'my-token');
  expect(await printed).toContain('token: my-token\n');
});

test('--profile and --faults set the profile and the faults', async () => {
  const { printed } = run('--port', '0', '--profile', 'freeswitch', '--faults', 'rough,seed=7');
  const [, url = ''] = /listens at (\S+)\n/.exec(await printed) ?? [];
  const play = await (await fetch(`${url}/play`)).json();
  expect(play).toMatchObject({ profile: 'freeswitch', preset: 'rough' });
  expect(play.faults).toMatch(/^seed=7,delay=/);
});

test.for([
  [[], 200],
  [['--refuse-parked'], 404],
] as const)(
  'with the flags %j a question with a parked call gets the answer %i',
  async ([flags, status]) => {
    const { printed } = run('--port', '0', ...flags);
    const [, url = '', token = ''] = /listens at (\S+)\ntoken: (\S+)\n/.exec(await printed) ?? [];
    const send = (method: string, path: string, body: object) =>
      fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
    const { call } = await (await send('POST', '/play/ring', { extension: '341' })).json();
    await send('POST', '/play/answer', { call });
    const path = `/api/ver1.0/extension/34414/valet_park/${call}`;
    expect((await send('PUT', path, { action: 'park', slot: '6' })).status).toBe(200);
    expect((await send('PUT', path, { action: 'slots', slot: '6' })).status).toBe(status);
  },
);

test('for a port that is taken, the error names the port and the remedy', async () => {
  const pbx = await startSwitch();
  onTestFinished(() => pbx.close());
  const { port } = new URL(pbx.url);
  expect(await run('--port', port).ended).toEqual({
    code: 1,
    output: '',
    errors:
      `valet-park: port ${port} is taken; ` +
      'take another with --port, or any free one with --port 0\n',
  });
});

test('for an address of another machine, the error names the address', async () => {
  const { code, errors } = await run('--port', '0', '--host', '203.0.113.1').ended;
  expect([code, errors]).toEqual([1, expect.stringContaining('`203.0.113.1` is no address')]);
});

test('--help describes every flag', async () => {
  const { code, output } = await run('--help').ended;
  expect(code).toBe(0);
  const flags = ['port', 'host', 'slots', 'patience', 'token', 'profile', 'refuse-parked'];
  for (const flag of [...flags, 'faults', 'help']) {
    expect(output).toContain(`--${flag} `);
  }
});

test.for([
  ['--port', 'http'],
  ['--port', '65536'],
  ['--port', '-1'],
  ['--slots', '0'],
  ['--slots', '65536'],
  ['--slots', ''],
  ['--patience', '1.5'],
  ['--patience', '3m'],
  ['--profile', 'asterisk'],
  ['--faults', ''],
  ['--faults', 'lost=2'],
  ['--colour', 'red'],
  ['--slots'],
  ['start'],
])('%s %s is refused', async (args) => {
  const { code, output, errors } = await run(...args).ended;
  expect([code, output]).toEqual([2, '']);
  expect(errors).toMatch(/^valet-park: .+\nTry: valet-park --help\n$/s);
  expect(errors).not.toContain('    at ');
});

test('a token that cannot be sent in a header is refused', async () => {
  const { code, errors } = await run('--port', '0', '--token', 'my token').ended;
  expect([code, errors]).toEqual([1, expect.stringMatching(/^valet-park: a token is made of/)]);
});
