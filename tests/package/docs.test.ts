// Runs the examples of all documents. The JavaScript blocks of a page run in their order, as one
// program in the project of a user. Every HTML page runs in Chromium, and every command that starts
// a switch is started. The compiler checks every TSX block. A block that no test runs is a failure.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { startSwitch, type RunningSwitch } from 'valet-park/server';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { apps } from '../apps/table.ts';
import { listen, open, serveFolder, under } from '../apps/visit.ts';

const { project } = inject('installed');

interface Block {
  readonly file: string;
  readonly language: string;
  readonly text: string;
}

const documents = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  'examples/README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
  ...readdirSync('docs/decisions').map((name) => join('docs/decisions', name)),
];

const texts = new Map(documents.map((file) => [file, readFileSync(file, 'utf8')]));

const blocks = documents.flatMap((file): Block[] => {
  const found = (texts.get(file) ?? '').matchAll(/^```(\w+)\n([^]*?)^```$/gm);
  const shown = [...found].map(([, language = '', text = '']) => ({ file, language, text }));
  return shown.filter(({ language }) => language !== 'text');
});

function textsOf(language: string, file?: string): string[] {
  return blocks
    .filter((block) => block.language === language && (file ?? block.file) === block.file)
    .map(({ text }) => text);
}

/** Runs a program in the project of a user, and returns its output. */
async function run(program: string): Promise<string> {
  const args = ['--input-type=module', '--eval', program];
  const child = spawn(process.execPath, args, { cwd: project, timeout: 60_000 });
  let [printed, complaints] = ['', ''];
  child.stdout.on('data', (data) => (printed += data));
  child.stderr.on('data', (data) => (complaints += data));
  const status = await new Promise((done) => child.once('close', done));
  expect(complaints).toBe('');
  expect(status).toBe(0);
  return printed;
}

/**
 * Returns the blocks of a page as one program: first its imports, then `before`, then the lines of
 * the page. `replaced` gives values for the parts that the page leaves to its reader.
 */
function programOf(
  file: string,
  before: string,
  replaced: Readonly<Record<string, string>>,
): string {
  let program = textsOf('js', file).join('\n');
  for (const [what, by] of Object.entries(replaced)) {
    expect(program, `${file} shows it`).toContain(what);
    program = program.replaceAll(what, by);
  }
  const imports = new Map<string, Set<string>>();
  for (const [, names = '', from = ''] of program.matchAll(/^import \{ (.*) \} from '(.*)';$/gm)) {
    const known = imports.get(from) ?? new Set();
    for (const name of names.split(', ')) known.add(name);
    imports.set(from, known);
  }
  program = program.replace(/^import .*$/gm, '');
  const lines = [...imports].map(
    ([from, names]) => `import { ${[...names].join(', ')} } from '${from}';`,
  );
  return [...lines, before, program].join('\n');
}

/** Returns the lines that a reader already has: a client, and an answered call. */
function atHand(pbx: RunningSwitch, call: string): string {
  return `
    const { ValetPark: $ValetPark } = await import('valet-park');
    const park = await $ValetPark.open({
      baseUrl: '${pbx.url}/api/ver1.0',
      extension: '34414',
      headers: () => ({ Authorization: 'Bearer ${pbx.token}' }),
    });
    const call = '${call}';
    park.track({ EventType: 'answer', CallAPIID: call, CallFlow: 'in', CallerIDNum: '100' });
  `;
}

function talk(pbx: RunningSwitch, name: string): string {
  return pbx.exchange.answer(pbx.exchange.ring('34414', '+79161112233', name).call).call;
}

/** Creates a folder with these files and the package, and returns its path. */
function pageOf(files: Readonly<Record<string, string>>): string {
  const folder = join(project, 'page');
  mkdirSync(folder);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  symlinkSync(join(project, 'node_modules/valet-park/dist'), join(folder, 'dist'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Opens an HTML page that imports the package by name, and records the messages of its console. */
async function show(body: string): Promise<{ page: Page; said: readonly string[] }> {
  const names = { 'valet-park': './dist/index.js', 'valet-park/element': './dist/element.js' };
  const folder = pageOf({
    'index.html': `<!doctype html><title>Softphone</title><link rel="icon" href="data:,">
      <script type="importmap">${JSON.stringify({ imports: names })}</script>
      ${body}`,
  });
  const page = await (await open()).newPage();
  const said = listen(page);
  await page.goto(await serveFolder(folder));
  return { page, said };
}

/** The name of a call in the guides. */
const shownCall = '3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0';

/** Runs the blocks of each page, and checks their result. */
const programs: Readonly<Record<string, (pbx: RunningSwitch) => Promise<void>>> = {
  'README.md': async (pbx) => {
    const [open = '', play = ''] = textsOf('js', 'README.md');
    // Whether a snapshot follows the answer to `park` depends on which came first, answer or feed.
    const lines = `${open}\n${play}`
      .replace('http://127.0.0.1:8341', pbx.url)
      .replace('console.log(park.getSnapshot())', 'park.getSnapshot()');
    const { page, said } = await show(`<body><script type="module">${lines}</script></body>`);
    await page.getByRole('gridcell', { name: /^Slot 1, Anna, .*, parked by you/ }).waitFor();
    expect(said).toEqual([]);

    const other = talk(pbx, 'Jörg');
    const picked = talk(pbx, 'Olga');
    pbx.exchange.ask({ extension: '34414', call: picked, action: 'park', slot: 2 });
    const answering = setInterval(() => {
      for (const { call, state } of pbx.exchange.calls()) {
        if (state === 'ringing') pbx.exchange.answer(call);
      }
    }, 20);
    const before = `${atHand(pbx, other)} const [slot, other] = [1, call];`;
    const program = programOf('README.md', before, {
      [open]: '',
      [play]: '',
      'park.pickUp(slot)': 'park.pickUp(2)',
    });
    await run(`${program} park.dispose();`);
    clearInterval(answering);
    const states = pbx.exchange.calls().map(({ name, state }) => `${name} ${state}`);
    expect(states).toEqual(
      expect.arrayContaining(['Anna bridged', 'Jörg talking', 'Olga bridged', 'Olga talking']),
    );
  },
  'docs/notifications.md': async () => {
    const program = programOf('docs/notifications.md', '', {});
    const key = Buffer.alloc(24, 7).toString('base64');
    const printed = await run(`${program}
      const timestamp = String(Math.floor(Date.now() / 1000));
      const mac = createHmac('sha256', Buffer.from('${key}', 'base64')).update('a.' + timestamp + '.{}');
      const headers = { 'webhook-id': 'a', 'webhook-timestamp': timestamp };
      headers['webhook-signature'] = 'v1,AAAA v1,' + mac.digest('base64');
      const old = { ...headers, 'webhook-timestamp': '1' };
      console.log([[headers, '{}'], [headers, '{ }'], [old, '{}']]
        .map(([given, body]) => isGenuine(given, body, 'whsec_${key}')).join());`);
    expect(printed).toBe('true,false,false\n');
  },
  'docs/parking.md': async (pbx) => {
    const call = talk(pbx, 'Anna');
    const second = talk(pbx, 'Jörg');
    const third = talk(pbx, 'Olga');
    const waiting = talk(pbx, 'Emma');
    pbx.exchange.ask({ extension: '34414', call: waiting, action: 'park', slot: 2 });
    const before = `const currentToken = async () => '${pbx.token}';
      const say = console.log;
      const [second, third] = ['${second}', '${third}'];`;
    const guide = programOf('docs/parking.md', before, {
      'https://pbx.example': pbx.url,
      [shownCall]: call,
    });
    // The recipes answer the INVITE of a pick-up while it runs, and no other one.
    const program = `${guide}
      const ring = (slot) => {
        const request = { getHeader: (name) => (name === 'X-Pick-Up-Slot' ? slot : undefined) };
        delegate.onInvite({ request, accept: () => say('SIP.js answers', slot) });
        const session = { answer: () => say('JsSIP answers', slot) };
        onSession({ originator: 'remote', session, request });
      };
      ring('6');
      const picked = pickUp(6).catch(({ code }) => say(code));
      ring('5');
      ring('6');
      await picked;
      ring('6');`;
    const answered = 'SIP.js answers 6\nJsSIP answers 6\n';
    const printed = `Anna, call on 6\nNot connected: vacant\n${answered}disposed\n`;
    expect(await run(program)).toBe(printed);
    const states = pbx.exchange.calls().map(({ state }) => state);
    expect(states).toEqual(['bridged', 'talking', 'talking', 'bridged']);
  },
  'docs/events.md': async (pbx) => {
    const before = `${atHand(pbx, talk(pbx, 'Anna'))}
      const port = 0;
      class EventSource {
        constructor(url) {
          fetch(url).then(async ({ body }) => {
            fetch(origin + '/hook?EventType=hangup&CallAPIID=' + call);
            for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
              this.onmessage({ data: chunk.slice('data: '.length).trimEnd() });
              console.log(park.whereIs(call).state);
              park.dispose();
              process.exit();
            }
          });
        }
      }`;
    const program = programOf('docs/events.md', before, {
      'relay.listen(port);': `await new Promise((done) => relay.listen(port, '127.0.0.1', done));
        const origin = 'http://127.0.0.1:' + relay.address().port;`,
    });
    expect(await run(program)).toBe('dial-in 100 in\ngone\n');
  },
  'docs/snapshot.md': async (pbx) => {
    const before = `${atHand(pbx, talk(pbx, 'Anna'))}
      const told = [];
      const [draw, ring, note] = [() => {}, told.push, told.push];
      await park.park(call, { slot: 6 });`;
    const program = `${programOf('docs/snapshot.md', before, {})}
      console.log(board[5], clock, board[0]);
      stop();
      park.dispose();`;
    expect(await run(program)).toMatch(/^6: 100 2:5\d 1: \?\n$/);
  },
  'docs/element.md': async () => {
    const before = `const [lot, token] = [{}, 'secret'];
      globalThis.fetch = async (path, { headers, body }) => {
        console.log(path, body ?? headers.Authorization);
        return Response.json([]);
      };`;
    const program = programOf('docs/element.md', before, {});
    const printed = await run(`${program}
      await lot.journal();
      await lot.announce({}, { text: 'Anna, call on 6' });
      await lot.page({ forWhom: 'Petrov', note: 'urgent' }, { text: 'Anna waits' });
      console.log(lot.callerHref({ number: '+7 495' }));`);
    expect(printed.split('\n')).toEqual([
      '/journal Bearer secret',
      '/paging {"zone":"all","text":"Anna, call on 6"}',
      '/chat {"to":"Petrov","text":"Anna waits (urgent)"}',
      ...['/customers?phone=%2B7%20495', ''],
    ]);
  },
  'docs/errors.md': async (pbx) => {
    const other = talk(pbx, 'Jörg');
    pbx.exchange.ask({ extension: '34414', call: other, action: 'park', slot: 6 });
    const before = `${atHand(pbx, talk(pbx, 'Anna'))} const log = console.log;`;
    const program = `${programOf('docs/errors.md', before, {})} park.dispose();`;
    expect(await run(program)).toBe('taken refusal not-done\naborted\n');
  },
  'docs/testing.md': async () => {
    const printed = await run(programOf('docs/testing.md', '', {}));
    expect(printed).toMatch(/'Anna', 'talking', null.*'Jörg', 'parked', 2/s);
  },
  'docs/loading.md': async () => {
    const assets = await serveFolder(join(project, 'node_modules/valet-park/dist'));
    await run(programOf('docs/loading.md', `const assets = '${assets}';`, {}));
  },
  'docs/dialects.md': async () => {
    const printed = await run(programOf('docs/dialects.md', '', {}));
    const comments = textsOf('js', 'docs/dialects.md')
      .join('')
      .matchAll(/\/\/ (\{.*\}|\w+)/g);
    expect(printed.trim().split('\n')).toEqual([...comments].map(([, printed]) => printed));
  },
  'docs/security.md': async () => {
    const before = `let asked = 0;
      globalThis.fetch = async (path) => Response.json({ token: path + ++asked, expiresIn: 3600 });`;
    const program = `${programOf('docs/security.md', before, {})}
      console.log((await headers()).Authorization, (await headers()).Authorization);`;
    const token = 'Bearer /session/switch-token1';
    expect(await run(program)).toBe(`${token} ${token}\n`);
  },
};

describe('the JavaScript runs', () => {
  test.for(Object.entries(programs))('in %s', async ([, program]) => {
    const pbx = await startSwitch();
    onTestFinished(() => pbx.close());
    await program(pbx);
  });

  test('on every page with JavaScript', () => {
    const files = new Set(
      blocks.filter(({ language }) => language === 'js').map(({ file }) => file),
    );
    expect([...files].sort()).toEqual(Object.keys(programs).sort());
  });
});

describe('the HTML pages show the lot', () => {
  // tests/package/cdn.test.ts runs the pages of docs/cdn.md, which load the package from a CDN.
  const pages = blocks.filter(
    ({ language, file }) => language === 'html' && file !== 'docs/cdn.md',
  );

  test('and there are several', () => {
    expect(pages.length).toBeGreaterThan(1);
  });

  test.for(pages)('in $file', async ({ text }) => {
    const pbx = await startSwitch();
    onTestFinished(() => pbx.close());
    // A parked call shows whether the page asks the switch.
    const parked = talk(pbx, 'Anna');
    pbx.exchange.ask({ extension: '34414', call: parked, action: 'park', slot: 1 });
    const client = `const park = await ValetPark.open({
      baseUrl: 'https://pbx.example/api/ver1.0',
      extension: '34414',
      feed: '/feed?extension=34414',
      headers: () => ({ Authorization: 'Bearer ${pbx.token}' }),
    });`;
    const token = `const token = async () => '${pbx.token}';`;
    const isWhole = text.includes('ValetPark.open');
    const given = isWhole ? token : `import { ValetPark } from 'valet-park'; ${client}`;
    const { page, said } = await show(
      text
        .replace('<script type="module">', `<script type="module">${given}`)
        .replace('https://pbx.example', pbx.url)
        .replace("'/feed", `'${pbx.url}/feed`),
    );
    await page.getByRole('gridcell', { name: /^Slot 1, Anna, .*, parked by you/ }).waitFor();
    expect(said).toEqual([]);
  });
});

test('the policy in the docs is enough, and its word `wasm-unsafe-eval` is needed', async () => {
  const [shown = ''] = textsOf('http');
  const policy = /^Content-Security-Policy: (.*)$/m.exec(shown)?.[1] ?? '';
  const folder = pageOf({
    'index.html': '<title>…</title><script type="module" src="main.js"></script>',
    'main.js': `import { init } from './dist/index.js';
     init().then(() => 'loaded', ({ code }) => code).then((outcome) => (document.title = outcome));`,
  });
  for (const [rules, outcome] of [
    [policy, 'loaded'],
    [policy.replace(" 'wasm-unsafe-eval'", ''), 'not-loaded'],
  ] as const) {
    const page = await (await open()).newPage();
    await page.goto(await serveFolder(folder, under(rules)));
    await expect.poll(() => page.title()).toBe(outcome);
  }
});

const commands = textsOf('sh')
  .flatMap((text) => text.split('\n'))
  .filter((line) => /^npx valet-park(?: |$)/.test(line));

test('there are several command lines', () => {
  expect(commands.length).toBeGreaterThan(3);
});

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

test('every block has a language that a test runs', () => {
  const known = ['html', 'http', 'js', 'jsx', 'sh', 'svelte', 'ts', 'tsx', 'vue'];
  expect(blocks.filter(({ language }) => !known.includes(language))).toEqual([]);
  // A block that is no program, such as a tree of files, has the language `text`.
  for (const [file, text] of texts) {
    const fences = text.match(/^\s*```.*$/gm) ?? [];
    const pictures = fences.filter((fence) => fence.trim() === '```text').length;
    const shown = blocks.filter((block) => block.file === file).length;
    expect(fences.length, file).toBe(2 * (shown + pictures));
  }
});

test('the apps with other frameworks use the blocks of their guide', () => {
  const used = apps.slow.flatMap(({ files }) => Object.values(files));
  const shown = blocks.filter(({ language }) => ['jsx', 'svelte', 'ts', 'vue'].includes(language));
  expect(shown.length).toBeGreaterThan(5);
  for (const { text, file } of shown) {
    expect(
      used.some((app) => app.includes(text)),
      `${file}: ${text}`,
    ).toBe(true);
  }
});

test('every script in the docs and in the workflow exists', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const workflow = readFileSync('.ci/hosted.yml', 'utf8');
  const all = [...texts.values(), workflow].join('\n');
  const names = [...all.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
  const [, listed = ''] = /script: \[(.*)\]/.exec(workflow) ?? [];
  expect(listed).not.toBe('');
  for (const name of [...names, ...listed.replaceAll("'", '').split(', ')]) {
    expect(scripts).toHaveProperty([name]);
  }
});

test('every linked file exists', () => {
  for (const [file, text] of texts) {
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)#]+)/g)) {
      expect(existsSync(join(file, '..', target)), `${file} links to ${target}`).toBe(true);
    }
  }
});

test('the TSX compiles', () => {
  const folder = join(project, 'tsx');
  mkdirSync(join(folder, 'node_modules/@types'), { recursive: true });
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of ['react', '@types/react', 'csstype']) {
    symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
  }
  const shown = textsOf('tsx');
  expect(shown.length).toBeGreaterThan(2);
  const files = shown.map((text, index) => {
    const file = `shown${index}.tsx`;
    writeFileSync(join(folder, file), text);
    return file;
  });
  const compilerOptions = {
    ...{ target: 'ES2022', lib: ['ES2022', 'DOM'], types: [], noEmit: true, strict: true },
    ...{ module: 'ESNext', moduleResolution: 'Bundler', jsx: 'react-jsx', skipLibCheck: true },
    // The package, which is in the folder above, finds React here, too.
    paths: { react: ['./node_modules/@types/react'] },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const { stdout } = spawnSync(resolve('node_modules/.bin/tsc'), ['-p', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});
