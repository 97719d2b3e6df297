// Apps in workers and other hosts, with other package managers, and on servers with habits of
// their own.

import { aloneAsModule, asModule, forElement, forNode, forPage, html } from './story.ts';
import type { App } from './app.ts';
import { guide } from './parts.ts';

const main = { 'index.html': html('<script type="module" src="./main.js"></script>') };
const vite = ['vite', 'build', '--logLevel', 'warn'];
const esbuild = (...more: string[]): readonly string[] => [
  ...['esbuild', '--bundle', '--outdir=out', '--log-level=error', ...more],
];

/** A worker that tells its page the result. */
const worker = `${asModule}
self.onmessage = ({ data }) => story(data).catch(String).then((outcome) => self.postMessage(outcome));
`;
const startWorker = (expression: string): string => `const worker = ${expression};
worker.onmessage = ({ data }) => (document.title = data);
worker.postMessage(new URLSearchParams(location.search).get('desk'));
`;

/** A page whose panel parks a call. */
const panel = `import 'valet-park/element';
import { openPhone, say } from './phone.js';
const lot = document.createElement('valet-lot');
lot.addEventListener('parking-parked', ({ detail }) => say('parked in ' + detail.slot));
document.body.append(lot);
lot.park = await openPhone();
`;

export const hosts: readonly App[] = [
  {
    name: 'web worker, as a module',
    uses: ['vite'],
    files: {
      ...main,
      'main.js': startWorker(
        `new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })`,
      ),
      'worker.js': worker,
      'vite.config.js': `export default { worker: { format: 'es' } };`,
    },
    build: [vite],
    run: { kind: 'page', folder: 'dist' },
    output: 'dist',
  },
  {
    name: 'web worker, classic',
    uses: ['esbuild'],
    files: {
      'index.html': html(`<script>${startWorker(`new Worker('./out/worker.js')`)}</script>`),
      'worker.js': worker,
    },
    build: [esbuild('worker.js', '--format=iife')],
    run: { kind: 'page', folder: '.' },
  },
  {
    name: 'cloudflare workers',
    uses: ['esbuild'],
    needs: { workerd: '^1' },
    files: {
      'worker.js': `import { story } from './story.js';
        import './init.js';
        export default {
          fetch: async () => new Response(
            '<!doctype html><link rel="icon" href="data:,"><title>' + (await story().catch(String)) + '</title>',
            { headers: { 'Content-Type': 'text/html' } },
          ),
        };`,
      // The guide shows how a worker gets its module.
      'init.js': guide('ts', 2),
      'story.js': aloneAsModule.replace('await init();', ''),
      'config.capnp': `using Workerd = import "/workerd/workerd.capnp";
        const config :Workerd.Config = (
          services = [(name = "main", worker = (
            modules = [
              (name = "worker.js", esModule = embed "out/worker.js"),
              (name = "valet-park/valet_park.wasm", wasm = embed "node_modules/valet-park/dist/valet_park.wasm"),
            ],
            compatibilityDate = "2025-01-01",
          ))],
          sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
        );`,
      'serve.mjs': `import { spawn } from 'node:child_process';
        const address = '127.0.0.1:' + process.env.PORT;
        const args = ['serve', 'config.capnp', '--socket-addr', 'http=' + address, '--control-fd=3'];
        const child = spawn('workerd', args, { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
        child.stdio[3].on('data', () => console.log('http://' + address));`,
    },
    build: [esbuild('worker.js', '--format=esm', '--external:*.wasm')],
    run: { kind: 'server', command: ['node', 'serve.mjs'] },
    core: 'its module',
  },
  {
    name: 'vitest, happy-dom',
    needs: { vitest: '^4', 'happy-dom': '*' },
    files: {
      'story.test.js': `import { expect, test } from 'vitest';
        import 'valet-park/element';
        ${asModule}
        test('parks a call', async () => {
          expect(await story(process.env.DESK)).toBe('parked in 6');
          const lot = document.createElement('valet-lot');
          document.body.append(lot);
          await lot.updateComplete;
          expect(lot.shadowRoot.querySelector('valet-board')).not.toBeNull();
        });`,
      'vitest.config.js': `export default { test: { environmentOptions: {
        happyDOM: { settings: { fetch: { disableSameOriginPolicy: true } } } } } };`,
    },
    run: { kind: 'suite', command: ['vitest', 'run', '--root', '.', '--environment', 'happy-dom'] },
  },
  {
    name: 'pnpm',
    uses: ['vite'],
    manager: 'pnpm',
    files: { ...main, 'main.js': forPage },
    build: [vite],
    run: { kind: 'page', folder: 'dist' },
    output: 'dist',
  },
  {
    name: 'yarn, plug and play',
    uses: ['esbuild'],
    manager: 'yarn',
    files: { 'main.mjs': forNode.esm, 'yarn.lock': '', '.yarnrc.yml': 'nodeLinker: pnp\n' },
    run: {
      kind: 'program',
      command: ['node', '-r', './.pnp.cjs', '--loader', './.pnp.loader.mjs', 'main.mjs', 'DESK'],
    },
  },
  ...(['build', 'dev'] as const).map((way): App => ({
    name: `monorepo with symlinks, ${way}`,
    uses: ['vite'],
    manifest: { workspaces: ['packages/*'] },
    files: {
      'packages/phone/package.json': JSON.stringify({
        ...{ name: '@desk/phone', version: '1.0.0', type: 'module', exports: './phone.js' },
        peerDependencies: { 'valet-park': '*' },
      }),
      'packages/phone/phone.js': forElement,
      'packages/desk/package.json': JSON.stringify({
        ...{ name: '@desk/app', version: '1.0.0', type: 'module' },
        dependencies: { '@desk/phone': '*' },
      }),
      'packages/desk/index.html': main['index.html'],
      'packages/desk/main.js': panel.replace('./phone.js', '@desk/phone'),
    },
    ...(way === 'build'
      ? {
          build: [[...vite, 'packages/desk']],
          run: { kind: 'page', folder: 'packages/desk/dist' },
          output: 'packages/desk/dist',
        }
      : {
          run: {
            kind: 'server',
            command: [
              ...['vite', 'packages/desk', '--port', 'PORT', '--strictPort'],
              ...['--host', '127.0.0.1'],
            ],
          },
        }),
  })),
  {
    name: 'a base path',
    uses: ['vite'],
    files: { ...main, 'main.js': panel, 'phone.js': forElement },
    build: [[...vite, '--base', '/phone/', '--outDir', 'site/phone']],
    run: { kind: 'page', folder: 'site', path: 'phone/' },
    output: 'site',
  },
  {
    name: 'a policy with trusted types',
    uses: ['esbuild'],
    files: {
      'index.html': html('<script type="module" src="./out/main.js"></script>'),
      'main.js': panel,
      'phone.js': forElement,
    },
    build: [esbuild('main.js', '--format=esm', '--splitting')],
    run: {
      ...{ kind: 'page', folder: '.' },
      policy: [
        `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; img-src data:`,
        `connect-src 'self' http://127.0.0.1:*; trusted-types lit-html`,
        `require-trusted-types-for 'script'`,
      ].join('; '),
    },
  },
  {
    name: 'WebAssembly with a wrong type',
    uses: ['vite'],
    files: { ...main, 'main.js': forPage },
    build: [vite],
    run: { kind: 'page', folder: 'dist', wasmType: 'text/plain' },
    output: 'dist',
  },
  {
    name: 'two versions in one page',
    uses: ['esbuild'],
    files: {
      'index.html': html('<script type="module" src="./out/main.js"></script>'),
      // The element of one version shows the client of the other one.
      'main.js': `import { ValetLot as OldLot } from 'old/element';
        import { ValetPark as OldPark } from 'old';
        import { ValetPark } from 'valet-park';
        ${panel}
        if (OldPark === ValetPark) throw new Error('the page has one version');
        if (!(lot instanceof OldLot)) throw new Error('the element is not that of the old version');`,
      'phone.js': forElement,
      'copy.mjs': `import { cpSync, readFileSync, writeFileSync } from 'node:fs';
        cpSync('node_modules/valet-park', 'node_modules/old', { recursive: true });
        const manifest = JSON.parse(readFileSync('node_modules/old/package.json', 'utf8'));
        writeFileSync('node_modules/old/package.json', JSON.stringify({ ...manifest, name: 'old', version: '0.0.1' }));`,
    },
    build: [['node', 'copy.mjs'], esbuild('main.js', '--format=esm', '--splitting')],
    run: { kind: 'page', folder: '.' },
  },
];
