// Gathers the public types of each entry point in one file: index.d.cts, which index.d.ts repeats
// for import, the same for `valet-park/lot`, and server.d.ts.

import { writeFileSync } from 'node:fs';
import { at, files, step, whenStarted } from '../step.mjs';

/** `Symbol.dispose` is not in the library that most projects compile against. */
const banner = '/// <reference lib="esnext.disposable" />\n';

export async function buildTypes() {
  const io = {
    reads: [
      ...files('src/client', '.ts'),
      'package-lock.json',
      'scripts/build/types.mjs',
      'tsconfig.client.json',
      'tsconfig.json',
    ],
    made: ['valet_park', 'valet_park_lot'].flatMap((name) => [
      `build/glue/${name}.d.ts`,
      `build/glue/${name}.inlined.d.ts`,
    ]),
    writes: ['dist', 'dist/lot'].flatMap((folder) => [
      `${folder}/index.d.ts`,
      `${folder}/index.d.cts`,
    ]),
  };
  await step('types of the package', io, async () => {
    // The types of the lot import those of `valet-park`, so they come second.
    for (const [source, folder] of [
      ['src/client', 'dist'],
      ['src/client/switch', 'dist/lot'],
    ]) {
      const output = `${folder}/index.d.cts`;
      await gather(`${source}/index.ts`, output, 'tsconfig.client.json', banner);
      writeFileSync(at(`${folder}/index.d.ts`), "export * from './index.cjs';\n");
    }
  });
}

export async function buildServerTypes() {
  const io = {
    reads: [
      ...files('www/server', '.ts'),
      'package-lock.json',
      'scripts/build/types.mjs',
      'scripts/build/server-types.json',
      'tsconfig.json',
    ],
    made: ['dist/index.d.ts', 'dist/lot/index.d.ts'],
    writes: ['dist/server.d.ts'],
  };
  await step('types of the server', io, () =>
    gather('www/server/index.ts', 'dist/server.d.ts', 'scripts/build/server-types.json', banner),
  );
}

/** @param {string} input @param {string} file @param {string} tsconfig @param {string} banner */
async function gather(input, file, tsconfig, banner) {
  const { generateDtsBundle } = await import('dts-bundle-generator');
  const entry = { filePath: at(input), output: { noBanner: true, exportReferencedTypes: false } };
  const [text] = generateDtsBundle([entry], { preferredConfigPath: at(tsconfig) });
  writeFileSync(at(file), banner + text);
}

await whenStarted(import.meta.url, async () => {
  await buildTypes();
  await buildServerTypes();
});
