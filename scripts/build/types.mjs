// Gathers the public types of the package into one file per entry point: index.d.cts, which
// index.d.ts repeats for import, and server.d.ts.

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
    made: ['build/glue/valet_park.d.ts', 'build/glue/inlined.d.ts'],
    writes: ['dist/index.d.ts', 'dist/index.d.cts'],
  };
  await step('types of the package', io, async () => {
    await gather('src/client/index.ts', 'dist/index.d.cts', 'tsconfig.client.json', banner);
    writeFileSync(at('dist/index.d.ts'), "export * from './index.cjs';\n");
  });
}

export async function buildServerTypes() {
  const io = {
    reads: [
      ...files('www/server', '.ts'),
      'package-lock.json',
      'scripts/build/types.mjs',
      'tsconfig.json',
    ],
    made: ['dist/index.d.ts'],
    writes: ['dist/server.d.ts'],
  };
  await step('types of the server', io, () =>
    gather('www/server/index.ts', 'dist/server.d.ts', 'tsconfig.json', banner),
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
