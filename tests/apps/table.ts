// The apps that a user might write: their tools, their files, and how they run. They need no
// plugin, no option and no copied file for valet-park.

import { readFileSync } from 'node:fs';
import type { App } from './app.ts';
import { frameworks } from './frameworks.ts';
import { hosts } from './hosts.ts';
import { jsx } from './jsx.ts';
import { aloneAsModule, asModule, forDemo, forNode, forPage, forPageAlone, html } from './story.ts';

const main = { 'index.html': html('<script type="module" src="./main.js"></script>') };
const page = { ...main, 'main.js': forPage };
const node = { 'main.mjs': forNode.esm, 'main.cjs': forNode.cjs };
const esbuild = (...options: string[]): readonly string[] => [
  ...['esbuild', 'main.js', '--bundle', '--format=esm', '--outdir=out', '--log-level=warning'],
  ...options,
];
const copied = {
  'copy.mjs': `import { copyFileSync } from 'node:fs';\ncopyFileSync('index.html', 'out/index.html');\n`,
};
const copy = ['node', 'copy.mjs'];
const policy = (script: string): string =>
  `default-src 'none'; script-src ${script}; connect-src 'self' http://127.0.0.1:*; img-src data:`;

/** The development server of Vite. */
const viteServer: App['run'] = {
  kind: 'server',
  command: ['vite', '--port', 'PORT', '--strictPort', '--host', '127.0.0.1'],
};

/** The apps that need only the tools of this repository. */
const quick: readonly App[] = [
  {
    name: 'node, import',
    files: node,
    run: { kind: 'program', command: ['node', 'main.mjs', 'DESK'] },
  },
  {
    name: 'node, require',
    files: node,
    run: { kind: 'program', command: ['node', 'main.cjs', 'DESK'] },
  },
  {
    name: 'no bundler, import map',
    files: {
      'index.html': html(
        `<script type="importmap">
          { "imports": { "valet-park": "./node_modules/valet-park/dist/index.js" } }
        </script>
        <script type="module" src="./main.js"></script>`,
      ),
      'main.js': forPage,
    },
    run: { kind: 'page', folder: '.' },
  },
  {
    name: 'esbuild, one file',
    uses: ['esbuild'],
    files: { ...page, ...copied },
    build: [esbuild(), copy],
    run: { kind: 'page', folder: 'out' },
    output: 'out',
  },
  {
    name: 'esbuild, in parts',
    uses: ['esbuild'],
    files: { ...page, ...copied },
    build: [esbuild('--splitting'), copy],
    run: { kind: 'page', folder: 'out' },
    output: 'out',
  },
  {
    name: 'vite 8, build',
    uses: ['vite'],
    files: page,
    build: [['vite', 'build', '--logLevel', 'warn']],
    run: { kind: 'page', folder: 'dist' },
    output: 'dist',
  },
  {
    name: 'vite 8, dev',
    uses: ['vite'],
    files: page,
    run: viteServer,
  },
  {
    name: 'vite 8, a demo without a backend',
    uses: ['vite'],
    files: { ...main, 'main.js': forDemo },
    build: [['vite', 'build', '--logLevel', 'warn']],
    run: { kind: 'page', folder: 'dist' },
    output: 'dist',
    usesLot: true,
  },
  {
    name: "policy with 'wasm-unsafe-eval'",
    uses: ['esbuild'],
    files: { ...page, ...copied },
    build: [esbuild('--splitting'), copy],
    run: { kind: 'page', folder: 'out', policy: policy("'self' 'wasm-unsafe-eval'") },
  },
  {
    name: "policy without 'wasm-unsafe-eval'",
    uses: ['esbuild'],
    files: { ...page, ...copied },
    build: [esbuild('--splitting'), copy],
    run: { kind: 'page', folder: 'out', policy: policy("'self'") },
    outcome: /^ValetError: .*'wasm-unsafe-eval'/,
  },
  {
    name: 'opened from the disk',
    uses: ['esbuild'],
    files: {
      'index.html': html('<script src="./out/main.js"></script>'),
      'main.js': forPageAlone,
    },
    build: [
      ['esbuild', 'main.js', '--bundle', '--format=iife', '--outdir=out', '--log-level=error'],
    ],
    run: { kind: 'disk', file: 'index.html' },
  },
  {
    name: 'service worker, as a module',
    files: {
      'index.html': html('<script type="module" src="./main.js"></script>'),
      'main.js': `navigator.serviceWorker.addEventListener('message', ({ data }) => (document.title = data));
        navigator.serviceWorker.register('./worker.js', { type: 'module' });
        navigator.serviceWorker.ready.then(({ active }) => active.postMessage('start'));`,
      'worker.js': `${aloneAsModule.replace("'valet-park'", "'./node_modules/valet-park/dist/index.js'")}
        self.addEventListener('message', (event) =>
          event.waitUntil(story().catch(String).then((outcome) => event.source.postMessage(outcome))));`,
    },
    run: { kind: 'page', folder: '.' },
  },
  {
    name: 'extension for Chromium',
    uses: ['esbuild'],
    files: {
      'main.js': `${aloneAsModule}
        chrome.runtime.onMessage.addListener((message, sender, reply) => {
          story().catch(String).then(reply);
          return true;
        });`,
      'out/manifest.json': JSON.stringify({
        ...{ manifest_version: 3, name: 'a softphone', version: '1' },
        background: { service_worker: 'main.js', type: 'module' },
        content_security_policy: { extension_pages: "script-src 'self' 'wasm-unsafe-eval'" },
      }),
      'out/index.html': html('<script src="page.js"></script>'),
      'out/page.js': `chrome.runtime.sendMessage('start', (outcome) => (document.title = outcome));`,
    },
    build: [esbuild()],
    run: { kind: 'extension', folder: 'out' },
  },
  {
    name: 'vitest, node',
    uses: ['vitest'],
    files: { 'story.test.js': suite('vitest'), 'vitest.config.js': 'export default {};' },
    run: { kind: 'suite', command: ['vitest', 'run', '--root', '.'] },
  },
];

/** The apps whose tools have to be installed first. */
const slow: readonly App[] = [
  ...(['22', '24'] as const).map((version): App => ({
    name: `node ${version}`,
    needs: { node: version },
    files: node,
    run: { kind: 'program', command: ['./node_modules/.bin/node', 'main.mjs', 'DESK'] },
  })),
  ...(['build', 'dev'] as const).map((way): App => ({
    name: `vite 7, ${way}`,
    needs: { vite: '^7' },
    files: page,
    ...(way === 'build'
      ? {
          build: [['vite', 'build', '--logLevel', 'warn']],
          run: { kind: 'page', folder: 'dist' },
          output: 'dist',
        }
      : { run: viteServer }),
  })),
  {
    name: 'webpack 5',
    needs: { webpack: '^5', 'webpack-cli': '*' },
    files: {
      'index.html': html('<script src="./main.js"></script>'),
      'src/index.js': forPage,
      'copy.mjs': copied['copy.mjs'].replace('out/', 'dist/'),
    },
    build: [['webpack', '--mode', 'production', '--stats', 'errors-warnings'], copy],
    run: { kind: 'page', folder: 'dist' },
    output: 'dist',
  },
  {
    name: 'rspack',
    needs: { '@rspack/core': '*', '@rspack/cli': '*' },
    files: {
      'index.html': html('<script src="./main.js"></script>'),
      'src/index.js': forPage,
      'copy.mjs': copied['copy.mjs'].replace('out/', 'dist/'),
    },
    build: [['rspack', 'build', '--mode', 'production'], copy],
    run: { kind: 'page', folder: 'dist' },
    output: 'dist',
  },
  {
    name: 'rollup',
    needs: { rollup: '^4', '@rollup/plugin-node-resolve': '*' },
    files: { ...page, ...copied },
    build: [['rollup', 'main.js', '-d', 'out', '-f', 'es', '-p', 'node-resolve', '--silent'], copy],
    run: { kind: 'page', folder: 'out' },
    output: 'out',
  },
  {
    name: 'parcel',
    needs: { parcel: '^2' },
    files: page,
    build: [['parcel', 'build', 'index.html', '--no-cache', '--log-level', 'warn']],
    run: { kind: 'page', folder: 'dist' },
    output: 'dist',
  },
  ...(['turbopack', 'webpack'] as const).map((bundler): App => ({
    name: `next, ${bundler}`,
    needs: { next: '^16', react: '^19', 'react-dom': '^19' },
    files: {
      'app/layout.js': `export default ({ children }) => <html lang="en"><body>{children}</body></html>;`,
      'app/icon.svg': `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" />`,
      'app/page.js': `import { Desk } from './desk';
          import { story } from './server';
          export const dynamic = 'force-dynamic';
          export default async () => <Desk server={await story()} />;`,
      'app/server.js': aloneAsModule,
      'app/desk.js': `'use client';
          import { useEffect } from 'react';
          import { story } from './client';
          export function Desk({ server }) {
            useEffect(() => {
              story(new URLSearchParams(location.search).get('desk'))
                .catch((error) => String(error))
                .then((outcome) => (document.title = outcome + ', on the server ' + server));
            }, [server]);
            return server;
          }`,
      'app/client.js': asModule,
    },
    build: [['next', 'build', bundler === 'webpack' ? '--webpack' : '--turbopack']],
    run: { kind: 'server', command: ['next', 'start', '-p', 'PORT', '-H', '127.0.0.1'] },
    outcome: 'parked in 6, on the server parked in 6',
    output: '.next/static',
  })),
  {
    name: 'deno',
    needs: { deno: '^2' },
    files: node,
    run: {
      kind: 'program',
      command: ['deno', 'run', '-q', '--allow-all', 'main.mjs', 'DESK'],
    },
  },
  {
    name: 'bun',
    needs: { bun: '^1' },
    files: node,
    run: { kind: 'program', command: ['bun', 'main.mjs', 'DESK'] },
  },
  {
    name: 'bun, built',
    needs: { bun: '^1' },
    files: node,
    build: [['bun', 'build', 'main.mjs', '--target=bun', '--outdir=out']],
    run: { kind: 'program', command: ['bun', 'out/main.js', 'DESK'] },
  },
  {
    name: 'bun, compiled',
    needs: { bun: '^1' },
    files: node,
    build: [['bun', 'build', 'main.mjs', '--compile', '--outfile=out/desk']],
    run: { kind: 'program', command: ['./out/desk', 'DESK'] },
  },
  {
    name: 'vitest, jsdom',
    needs: { vitest: '*', jsdom: '*' },
    files: { 'story.test.js': suite('vitest'), 'vitest.config.js': 'export default {};' },
    run: { kind: 'suite', command: ['vitest', 'run', '--root', '.', '--environment', 'jsdom'] },
  },
  {
    name: 'jest, node',
    needs: { jest: '^30' },
    manifest: { type: 'commonjs' },
    files: {
      'story.test.js': suite('jest').replace(
        "import { ValetPark } from 'valet-park'",
        "const { ValetPark } = require('valet-park')",
      ),
    },
    run: { kind: 'suite', command: ['jest'] },
  },
  ...['~5.4', '~5.9', '^7'].map((version): App => ({
    name: `types, TypeScript ${version}`,
    needs: { typescript: version, react: '^19', '@types/react': '^19', '@types/node': '^20' },
    files: {
      ...Object.fromEntries(
        ['panel.mts', 'panel.cts', 'element.mts', 'react.mts', 'server.mts'].map((name) => [
          name,
          readFileSync(`tests/package/consumer/${name}`, 'utf8'),
        ]),
      ),
      ...Object.fromEntries(
        ['node16', 'nodenext', 'bundler'].map((resolution) => [
          `tsconfig.${resolution}.json`,
          JSON.stringify({
            compilerOptions: {
              ...{ target: 'es2022', lib: ['es2022', 'dom'], types: ['node'] },
              ...{ strict: true, noEmit: true, skipLibCheck: false },
              module: resolution === 'bundler' ? 'esnext' : resolution,
              moduleResolution: resolution,
            },
            // CommonJS does not exist with the resolution of a bundler.
            files: ['panel.mts', 'element.mts', 'react.mts', 'server.mts'].concat(
              resolution === 'bundler' ? [] : ['panel.cts'],
            ),
          }),
        ]),
      ),
    },
    build: ['node16', 'nodenext'].map((name) => ['tsc', '-p', `tsconfig.${name}.json`]),
    run: { kind: 'suite', command: ['tsc', '-p', 'tsconfig.bundler.json'] },
    outcome: 'clean',
  })),
  {
    name: 'are the types wrong',
    needs: { '@arethetypeswrong/cli': '*' },
    files: {},
    outcome: 'clean',
    run: {
      kind: 'suite',
      // Node 10 does not read "exports", and the WebAssembly has no types. The entries for pages
      // and tests are modules only, which every supported version of Node can load with require(),
      // too.
      command: [
        ...['attw', 'TARBALL', '--profile', 'node16', '--no-color', '--format', 'table-flipped'],
        ...['--exclude-entrypoints', './valet_park.wasm'],
        ...['./valet_park_lot.wasm', './package.json'],
        ...['--ignore-rules', 'cjs-resolves-to-esm'],
      ],
    },
  },
];

export const apps: Readonly<Record<'quick' | 'slow', readonly App[]>> = {
  quick,
  slow: [...slow, ...frameworks, ...jsx, ...hosts],
};

/** The program as a test of a user. The environment contains the address of the switch. */
function suite(runner: 'vitest' | 'jest'): string {
  const imported = runner === 'vitest' ? `import { expect, test } from 'vitest';\n` : '';
  const module = asModule.replace('export async', 'async');
  return `${imported}${module}
test('parks a call', async () => {
  expect(await story(process.env.DESK)).toBe('parked in 6');
});
`;
}
