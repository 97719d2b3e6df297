// Sets up and builds whatever is missing, then runs the embedded switch with its panel. Arguments go
// to the command itself: `npm start -- --port 0`.

import { spawn } from 'node:child_process';
import { build } from './build.mjs';
import { at, whenStarted } from './step.mjs';

await whenStarted(import.meta.url, async () => {
  await build();
  const command = [at('dist/cli.js'), ...process.argv.slice(2)];
  const server = spawn(process.execPath, command, { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => server.kill(signal));
  }
  server.on('close', (code) => (process.exitCode = code ?? 0));
});
