import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { expect, inject, test } from 'vitest';

const { files, folder, unpackedSize } = inject('installed');
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const manifest = JSON.parse(read('package.json'));

test('the tarball contains these files', () => {
  // Vite adds a hash of the content to the names of the panel's assets.
  const paths = files.map(({ path }) => path.replace(/-[\w-]{8}\.(js|css|svg)$/, '-HASH.$1'));
  expect(paths.sort()).toMatchInlineSnapshot(`
    [
      "CHANGELOG.md",
      "LICENSE-APACHE",
      "LICENSE-MIT",
      "README.md",
      "deploy/Caddyfile",
      "deploy/Dockerfile",
      "deploy/compose.yaml",
      "deploy/example.toml",
      "deploy/grafana-dashboard.json",
      "deploy/nginx.conf",
      "deploy/prometheus-alerts.yaml",
      "deploy/valet-park.service",
      "dist/THIRD-PARTY-LICENCES.txt",
      "dist/cli.js",
      "dist/custom-elements.json",
      "dist/element.d.ts",
      "dist/element.js",
      "dist/index.d.cts",
      "dist/index.d.ts",
      "dist/index.js",
      "dist/inlined.cjs",
      "dist/inlined.js",
      "dist/lot/index.d.cts",
      "dist/lot/index.d.ts",
      "dist/lot/index.js",
      "dist/lot/inlined.cjs",
      "dist/lot/inlined.js",
      "dist/lot/node.cjs",
      "dist/lot/node.js",
      "dist/lot/require.cjs",
      "dist/lot/valet_park_lot.wasm",
      "dist/messages/ar.js",
      "dist/messages/de.js",
      "dist/messages/es.js",
      "dist/messages/fr.js",
      "dist/messages/pt-BR.js",
      "dist/messages/ru.js",
      "dist/messages/zh-CN.js",
      "dist/node.cjs",
      "dist/node.js",
      "dist/qwik.d.ts",
      "dist/react.d.ts",
      "dist/react.js",
      "dist/require.cjs",
      "dist/server.d.ts",
      "dist/server.js",
      "dist/solid.d.ts",
      "dist/svelte.d.ts",
      "dist/valet_park.wasm",
      "dist/vue.d.ts",
      "dist/www/assets/ar-HASH.js",
      "dist/www/assets/de-HASH.js",
      "dist/www/assets/es-HASH.js",
      "dist/www/assets/fr-HASH.js",
      "dist/www/assets/icon-HASH.svg",
      "dist/www/assets/index-HASH.css",
      "dist/www/assets/index-HASH.js",
      "dist/www/assets/pt-BR-HASH.js",
      "dist/www/assets/ru-HASH.js",
      "dist/www/assets/zh-CN-HASH.js",
      "dist/www/icon-192.png",
      "dist/www/icon-512.png",
      "dist/www/icon-apple.png",
      "dist/www/icon-maskable.png",
      "dist/www/index.html",
      "dist/www/manifest.webmanifest",
      "dist/www/service-worker.js",
      "docs/accuracy.md",
      "docs/capacity.md",
      "docs/cdn.md",
      "docs/comparison.md",
      "docs/dialects.md",
      "docs/element.md",
      "docs/errors.md",
      "docs/events.md",
      "docs/feed.md",
      "docs/frameworks.md",
      "docs/freeswitch.md",
      "docs/loading.md",
      "docs/notifications.md",
      "docs/operating.md",
      "docs/parking.md",
      "docs/performance.md",
      "docs/reception.md",
      "docs/relay.md",
      "docs/security.md",
      "docs/snapshot.md",
      "docs/testing.md",
      "llms-full.txt",
      "llms.txt",
      "package.json",
    ]
  `);
});

test('it contains each WebAssembly module once', () => {
  expect(files.filter(({ path }) => path.endsWith('.wasm')).map(({ path }) => path)).toEqual([
    'dist/lot/valet_park_lot.wasm',
    'dist/valet_park.wasm',
  ]);
});

test('the main entry contains nothing of the switch', () => {
  const wasm = new WebAssembly.Module(readFileSync(join(folder, 'dist/valet_park.wasm')));
  expect(WebAssembly.Module.exports(wasm).map(({ name }) => name)).not.toContain('lot');
  for (const name of ['index.js', 'node.cjs']) {
    expect(read(`dist/${name}`)).not.toMatch(/valet_park_lot|takeEvents|nextDeadline/);
  }
});

test('it stays below 2,800 kB unpacked', () => {
  expect(unpackedSize).toBeLessThan(2_800_000);
});

test('it needs no other package, except React for the hooks, and Redis for several relays', () => {
  expect(manifest).not.toHaveProperty('dependencies');
  expect(manifest).not.toHaveProperty('optionalDependencies');
  expect(Object.keys(manifest.peerDependencies)).toEqual(['@redis/client', 'react']);
  expect(manifest.peerDependenciesMeta).toEqual({
    '@redis/client': { optional: true },
    react: { optional: true },
  });
});

test('every file in "exports", "main", "types" and "bin" exists', () => {
  const named = JSON.stringify([manifest.exports, manifest.main, manifest.types, manifest.bin]);
  const paths = [...named.matchAll(/"(?:\.\/)?(dist\/[^"]+)"/g)].map(([, path]) => path ?? '');
  expect(paths.length).toBeGreaterThan(10);
  for (const path of paths) expect(files.map((file) => file.path)).toContain(path);
});

test('every import and require() has its own types, which come first', () => {
  const branches = (value: unknown): object[] => {
    if (typeof value !== 'object' || value === null) return [];
    return 'default' in value ? [value] : Object.values(value).flatMap(branches);
  };
  const found = branches(manifest.exports);
  expect(found).toHaveLength(11);
  for (const branch of found) {
    expect(Object.keys(branch)).toEqual(['types', 'default']);
    const { types, default: code } = branch as Record<string, string>;
    expect(types?.endsWith('.d.cts')).toBe(code?.endsWith('.cjs'));
  }
});

/** The folder of each entry point, with the name of its WebAssembly. */
const entries = [
  ['dist', 'valet_park'],
  ['dist/lot', 'valet_park_lot'],
] as const;

test.each(entries)(
  'in %s a bundler finds the WebAssembly by one literal expression',
  (at, name) => {
    const literal = new RegExp(
      `new URL\\(["']\\./${name}\\.wasm["'],\\s*import\\.meta\\.url\\)`,
      'g',
    );
    expect(read(`${at}/index.js`).match(literal)).toHaveLength(1);
    expect(read(`${at}/index.js`)).toMatch(/import\(["']\.\/inlined\.js["']\)/);
  },
);

test('the files for require() have no import.meta and no import()', () => {
  for (const { path } of files.filter(({ path }) => path.endsWith('.cjs'))) {
    expect(read(path), path).not.toMatch(/import\.meta|\bimport\(/);
  }
});

test.each(entries)('in %s the inlined copies are equal to the WebAssembly', (at, name) => {
  const wasm = readFileSync(join(folder, `${at}/${name}.wasm`));
  for (const copy of [`${at}/inlined.js`, `${at}/inlined.cjs`]) {
    const [, base64 = ''] = /'([^']*)'/.exec(read(copy)) ?? [];
    const unpacked = inflateRawSync(Buffer.from(base64, 'base64'));
    expect(unpacked.equals(wasm), copy).toBe(true);
  }
});

test.each(entries)('in %s the types refer to Symbol.dispose themselves', (at) => {
  const reference = '/// <reference lib="esnext.disposable" />';
  expect(read(`${at}/index.d.cts`).split('\n')[0]).toBe(reference);
  expect(read(`${at}/index.d.ts`)).toBe("export * from './index.cjs';\n");
});

test('the command can be executed', () => {
  expect(read(manifest.bin['valet-park'])).toMatch(/^#!\/usr\/bin\/env node\n/);
  expect(statSync(join(folder, manifest.bin['valet-park'])).mode & 0o111).toBe(0o111);
});

test('no file contains the path of the build folder', () => {
  for (const { path } of files) {
    expect(readFileSync(join(folder, path)).includes(resolve('.')), path).toBe(false);
  }
});

test('it contains the licences of all bundled packages', () => {
  const notices = read('dist/THIRD-PARTY-LICENCES.txt');
  for (const name of ['hono', '@hono/node-server', 'lit-html', 'wasm-bindgen', 'uuid']) {
    expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
  }
});

test('the manifest of the element lists exactly what the types declare', () => {
  const [{ declarations }] = JSON.parse(read(manifest.customElements)).modules;
  const [{ attributes, members, events, cssProperties }] = declarations;
  const types = read('dist/element.d.ts');
  const code = read('dist/element.js');
  const names = (list: { name: string }[]): string[] => list.map(({ name }) => name);
  for (const { fieldName } of attributes) {
    if (fieldName !== 'lang') expect(types).toMatch(new RegExp(`^  ${fieldName}: `, 'm'));
  }
  for (const name of names(members)) expect(types).toMatch(new RegExp(`^  ${name}: `, 'm'));
  const fields = [...types.matchAll(/^ {2}(\w+): (?!readonly)/gm)].map(([, name]) => name);
  const own = attributes as { fieldName: string }[];
  const known = [...own.map(({ fieldName }) => fieldName), ...names(members)];
  for (const field of fields.slice(0, known.length - 1)) expect(known).toContain(field);
  const promised = [...types.matchAll(/'(parking-[a-z-]+)':/g)].map(([, name]) => name);
  expect(names(events).sort()).toEqual(promised.sort());
  const used = new Set([...code.matchAll(/var\((--parking-[a-z-]+)/g)].map(([, name]) => name));
  expect(names(cssProperties).sort()).toEqual([...used].sort());
});

test('the element can be imported without a page, and imports only texts on demand', async () => {
  const code = read('dist/element.js');
  const imports = [...code.matchAll(/\bimport\s*[{"'*(][^)]*/g)].map(([found]) => found);
  const texts = files.filter(({ path }) => path.startsWith('dist/messages/'));
  expect(imports.sort()).toEqual(
    texts.map(({ path }) => `import("${path.replace('dist', '.')}"`).sort(),
  );
  const { ValetLot, define } = await import(join(folder, 'dist/element.js'));
  expect([typeof ValetLot, typeof define]).toEqual(['function', 'function']);
});

test('every file has the version of package.json', () => {
  const { version } = manifest;
  expect(readFileSync('Cargo.toml', 'utf8')).toMatch(`\nversion = "${version}"\n`);
  expect(readFileSync('Cargo.lock', 'utf8')).toMatch(`name = "valet-park"\nversion = "${version}"`);
  expect(readFileSync('CHANGELOG.md', 'utf8')).toMatch(`\n## ${version}, `);
  const { dependencies } = JSON.parse(readFileSync('examples/package.json', 'utf8'));
  expect(dependencies['valet-park']).toBe(`^${version}`);
  const shown = readFileSync('docs/cdn.md', 'utf8').matchAll(/valet-park@([\d.]*\d)/g);
  expect([...new Set([...shown].map(([, named]) => named))]).toEqual([version]);
});
