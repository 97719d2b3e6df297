// Bundles www/server into server.js ('valet-park/server') and cli.js (the command). All libraries are
// inside, so the package has no dependencies. 'valet-park' and 'valet-park/lot' remain imports. So does
// the library for Redis, which only relays that share a log need.

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { at, files, step, whenStarted } from '../step.mjs';

export async function buildServer() {
  const io = {
    reads: [...files('www/server', '.ts'), 'package-lock.json', 'scripts/build/server.mjs'],
    writes: ['dist/server.js', 'dist/cli.js', 'build/server.meta.json'],
  };
  await step('server', io, async () => {
    const { build } = await import('esbuild');
    const { metafile } = await build({
      absWorkingDir: at(''),
      entryPoints: { server: 'www/server/index.ts', cli: 'www/server/cli.ts' },
      outdir: 'dist',
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      metafile: true,
      banner: { js: requireOfNode },
      legalComments: 'none',
      minify: true,
      external: ['valet-park', 'valet-park/lot', '@redis/client'],
      plugins: [serverBeside],
    });
    chmodSync(at('dist/cli.js'), 0o755);
    mkdirSync(at('build'), { recursive: true });
    writeFileSync(at('build/server.meta.json'), JSON.stringify(metafile));
  });
}

/** The logger is CommonJS and requires modules of Node. A bundle that is a module has no `require`. */
const requireOfNode =
  "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

/**
 * Makes cli.js import server.js instead of containing a second copy of the server. The files of
 * www/server/config are only in cli.js.
 *
 * @type {import('esbuild').Plugin}
 */
const serverBeside = {
  name: 'server-beside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^(\.\.?\/index\.ts|valet-park\/server)$/ }, ({ importer }) =>
      /[\\/](cli\.ts|config[\\/][^\\/]+)$/.test(importer) ? { path: './server.js', external: true } : null,
    ),
};

await whenStarted(import.meta.url, buildServer);
