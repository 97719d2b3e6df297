// Builds the page with the reception panel (www) into dist/www, with Vite. The server serves it.

import { files, run, step, whenStarted } from '../step.mjs';

export async function buildPanel() {
  const io = {
    reads: [
      ...files('www').filter((path) => !/^www\/(server|demo)\//.test(path)),
      'package-lock.json',
      'scripts/build/panel.mjs',
      'scripts/build/tight.mjs',
      'vite.config.ts',
    ],
    made: ['dist/index.js', 'dist/element.js'],
    writes: ['dist/www/index.html', 'build/panel.licences.json'],
  };
  await step('panel', io, async () => {
    await run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
      what: 'building the panel',
      remedy: 'see the message of Vite above',
    });
  });
}

await whenStarted(import.meta.url, buildPanel);
