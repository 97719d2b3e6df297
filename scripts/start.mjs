// Sets up and builds everything that is missing, then runs the command of the package: the embedded
// switch with its panel. Arguments go to this command: `npm start -- --port 0`.

import { build } from './build.mjs';
import { at, whenStarted } from './step.mjs';

await whenStarted(import.meta.url, async () => {
  await build();
  await import(at('dist/cli.js'));
});
