// Runs what README and docs show: each block of JavaScript in the project of a user, each command
// line that starts a switch, each block of TSX through the compiler. A block that nobody runs here
// fails, so that none is forgotten.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startSwitch } from 'valet-park/server';
import { expect, inject, onTestFinished, test } from 'vitest';

const { project } = inject('installed');

interface Block {
  readonly where: string;
  readonly language: string;
  readonly text: string;
}

function blocksOf(file: string): Block[] {
  const found = readFileSync(file, 'utf8').matchAll(/^```(\w+)\n([^]*?)^```$/gm);
  return [...found].map(([, language = '', text = ''], index) => ({
    where: `${file} ${index + 1}`,
    language,
    text,
  }));
}

const documents = ['README.md', ...readdirSync('docs').filter((name) => name.endsWith('.md'))];
const blocks = documents.flatMap((name) =>
  blocksOf(name === 'README.md' ? name : join('docs', name)),
);

/** Runs a program in the project of a user; returns what it printed. */
async function run(program: string): Promise<string> {
  const args = ['--input-type=module', '--eval', program];
  const child = spawn(process.execPath, args, { cwd: project });
  let [printed, complaints] = ['', ''];
  child.stdout.on('data', (data) => (printed += data));
  child.stderr.on('data', (data) => (complaints += data));
  const status = await new Promise((done) => child.once('close', done));
  expect(status, complaints).toBe(0);
  expect(complaints).toBe('');
  return printed;
}

/** How the blocks of JavaScript are run, in their order; some go on where another ended. */
const [parking, further, switching, weather] = blocks
  .filter(({ language }) => language === 'js')
  .map(({ text }) => text) as [string, string, string, string];

test('every block of JavaScript is known here', () => {
  expect(blocks.filter(({ language }) => language === 'js')).toHaveLength(4);
});

test('the lines that park a call, and what comes after them', async () => {
  const pbx = await startSwitch();
  onTestFinished(() => pbx.close());
  const here = parking.replaceAll('http://127.0.0.1:8341', pbx.url);
  expect(await run(here)).toMatch(/\{\s*slot: 6,\s*uuid: '[0-9a-f-]{36}',\s*returnsAt: \d+/);
  pbx.exchange.reset();

  const more = `
    const render = () => {};
    const { call: second } = await play('ring', { extension: '341', number: '+49301234567' });
    await play('answer', { call: second });
    park.track({ EventType: 'answer', CallAPIID: second, CallFlow: 'in' }); // as a feed would
    ${further}`;
  await run(here.replace('park.dispose();', `${more}\npark.dispose();`));
  expect(pbx.exchange.calls().map(({ state }) => state)).toContain('bridged');
});

test('the switch for tests of your own', async () => {
  await run(switching);
});

test('bad weather in a test', async () => {
  await run(`import { startSwitch } from 'valet-park/server';\n${weather}\nawait pbx.close();`);
});

const commands = blocks
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text }) => text.split('\n'))
  .filter((line) => line.startsWith('npx valet-park'));

test.for(commands)('the command line: %s', async (line) => {
  const [, , ...args] = line.replace(/\s+#.*/, '').split(/\s+/);
  const command = join(project, 'node_modules/.bin/valet-park');
  const child = spawn(command, [...args, '--port', '0'], { cwd: project });
  onTestFinished(() => void child.kill());
  let printed = '';
  child.stderr.on('data', (data) => (printed += data));
  child.stdout.on('data', (data) => (printed += data));
  await expect.poll(() => printed, { timeout: 60_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
});

test('the scripts that are named exist', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const texts = documents.map((name) =>
    readFileSync(name === 'README.md' ? name : join('docs', name), 'utf8'),
  );
  for (const [, name = ''] of texts.join('\n').matchAll(/npm run ([\w:-]+)/g)) {
    expect(scripts).toHaveProperty([name]);
  }
});

test('the TSX compiles', () => {
  const folder = join(project, 'tsx');
  mkdirSync(join(folder, 'node_modules/@types'), { recursive: true });
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of ['react', '@types/react', 'csstype']) {
    symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
  }
  const shown = blocks.filter(({ language }) => language === 'tsx');
  expect(shown.length).toBeGreaterThan(2);
  const files = shown.map(({ text }, index) => {
    const file = `shown${index}.tsx`;
    const head = [
      "import { useEffect, useRef } from 'react';",
      "import type { ValetPark } from 'valet-park';",
      "import type { ValetLot } from 'valet-park/element';",
      "declare module 'react' { namespace JSX { interface IntrinsicElements {",
      "  'valet-lot': React.DetailedHTMLProps<React.HTMLAttributes<ValetLot>, ValetLot> &",
      '    { park?: ValetPark; home?: string; layout?: string };',
      '} } }',
      'export { useEffect, useRef }; export type { ValetLot };',
    ];
    writeFileSync(join(folder, file), `${head.join('\n')}\n${text}`);
    return file;
  });
  const compilerOptions = {
    ...{ target: 'ES2022', lib: ['ES2022', 'DOM'], types: [], noEmit: true, strict: true },
    ...{ module: 'ESNext', moduleResolution: 'Bundler', jsx: 'react-jsx', skipLibCheck: true },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const { stdout } = spawnSync(resolve('node_modules/.bin/tsc'), ['-p', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});
