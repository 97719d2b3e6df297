// Bundles www/element into element.js ('valet-park/element'). Lit is inside, and the page passes the
// client in, so element.js imports only the texts of a language, from the folder `messages`, when they
// are needed. The types and the manifest are written by hand, because users rely on them. The types
// get the English texts, from which TypeScript knows the placeholders. Bundles also the hooks of
// 'valet-park/react'.

import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { at, Failure, files, step, whenStarted } from '../step.mjs';
import { tight } from './tight.mjs';

const manifest = 'www/element/custom-elements.json';

/** The files of the client that are bundled, too. They load no core. */
const clientFiles = ['src/client/error.ts', 'src/client/host.ts', 'src/client/snapshot.ts'];

/** The names of the catalogues that are loaded on demand: all languages but English. */
const languages = files('www/element/messages/dialogs', '.ts')
  .map((path) => basename(path, '.ts'))
  .filter((name) => name !== 'en');

/** The frameworks, except React, whose templates know the types of `<valet-lot>`. */
const templates = ['qwik', 'solid', 'svelte', 'vue'];

export async function buildElement() {
  const io = {
    reads: [
      ...files('www/element', '.ts'),
      ...clientFiles,
      manifest,
      'package-lock.json',
      'scripts/build/element.mjs',
      'scripts/build/tight.mjs',
    ],
    writes: [
      'dist/element.js',
      'dist/element.d.ts',
      'dist/custom-elements.json',
      ...languages.map((name) => `dist/messages/${name}.js`),
    ],
  };
  await step('element', io, async () => {
    const { build } = await import('esbuild');
    await build({
      absWorkingDir: at(''),
      entryPoints: ['www/element/index.ts'],
      outfile: 'dist/element.js',
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      mainFields: ['module'],
      conditions: ['browser'],
      target: 'es2022',
      legalComments: 'none',
      minify: true,
      inject: ['www/element/server-shims.ts'],
      plugins: [messagesBeside, tightStyles],
    });
    writeFileSync(at('dist/element.js'), tight(readFileSync(at('dist/element.js'), 'utf8')));
    await buildMessages();
    writeFileSync(at('dist/element.d.ts'), await typesOfElement());
    const elements = JSON.parse(readFileSync(at(manifest), 'utf8'));
    writeFileSync(at('dist/custom-elements.json'), JSON.stringify(elements));
  });
}

/** Writes each catalogue as a separate file. */
async function buildMessages() {
  const { build } = await import('esbuild');
  rmSync(at('dist/messages'), { recursive: true, force: true });
  await build({
    absWorkingDir: at(''),
    entryPoints: languages.map((name) => `www/element/messages/${name}.ts`),
    outdir: 'dist/messages',
    bundle: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    minify: true,
  });
}

/** Returns the public types, with the English texts in place of their import. */
async function typesOfElement() {
  const { build } = await import('esbuild');
  const entry = at('www/element/messages/en.ts');
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const { en } = await import(`data:text/javascript;base64,${code}`);
  const texts = Object.entries(en).map(([key, text]) => `  readonly '${key}': ${JSON.stringify(text)};\n`);
  const types = readFileSync(at('www/element/public.d.ts'), 'utf8');
  const line = "import type { en } from './messages/en.ts';\n";
  if (!types.includes(line)) {
    throw new Failure('writing dist/element.d.ts', `public.d.ts has no line ${line}`, 'add the line');
  }
  // Without an empty export, TypeScript would export `en`, too.
  return `${types.replace(line, () => `declare const en: {\n${texts.join('')}};\n`)}\nexport {};\n`;
}

/**
 * Keeps the catalogues out of element.js. The browser loads one when a panel is shown in its language.
 *
 * @type {import('esbuild').Plugin}
 */
const messagesBeside = {
  name: 'messages-beside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/messages\/[\w-]+\.ts$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path: path.replace(/\.ts$/, '.js'), external: true } : null,
    ),
};

/**
 * Lets react.js import element.js as the file beside it.
 *
 * @type {import('esbuild').Plugin}
 */
const elementBeside = {
  name: 'element-beside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^valet-park\/element$/ }, () => ({ path: './element.js', external: true })),
};

/**
 * Removes comments and indentation from the style sheets: esbuild does not minify templates.
 *
 * @type {import('esbuild').Plugin}
 */
const tightStyles = {
  name: 'tight-styles',
  setup: ({ onLoad }) =>
    onLoad({ filter: /www\/element\/[\w.-]+\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/\bcss`[^`]*`/g, (sheet) =>
        sheet.replace(/\/\*[^]*?\*\//g, '').replace(/\s+/g, ' '),
      ),
      loader: 'ts',
    })),
};

/**
 * Bundles the hooks and the component. They import only React, because the application passes the
 * client in, and on demand the element. Copies the types for the templates of other frameworks.
 */
export async function buildReact() {
  const io = {
    reads: [
      ...files('www/react', '.ts'),
      ...files('www/templates', '.ts'),
      ...files('www/element', '.ts'),
      ...clientFiles,
      'package-lock.json',
      'scripts/build/element.mjs',
    ],
    writes: [
      'dist/react.js',
      'dist/react.d.ts',
      ...templates.map((name) => `dist/${name}.d.ts`),
    ],
  };
  await step('hooks for React', io, async () => {
    const { build } = await import('esbuild');
    await build({
      absWorkingDir: at(''),
      entryPoints: ['www/react/index.ts'],
      outfile: 'dist/react.js',
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      target: 'es2022',
      minify: true,
      external: ['react'],
      plugins: [elementBeside],
    });
    copyFileSync(at('www/react/public.d.ts'), at('dist/react.d.ts'));
    for (const name of templates) copyFileSync(at(`www/templates/${name}.d.ts`), at(`dist/${name}.d.ts`));
  });
}

await whenStarted(import.meta.url, async () => {
  await buildElement();
  await buildReact();
});
