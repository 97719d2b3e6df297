// Lets six careless clients command one lot on the stand-in for FreeSWITCH: `npm run careless` sends 200,000
// commands, `npm run careless -- 20000` sends 20,000. Time is virtual.
//
// Callers hang up in every phase, and some are picked up. The run counts callers who were connected with a
// stranger, askers that were parked, calls that no list shows for two seconds, and answers that are not true.
// It fails unless all four numbers are 0. A shorter run, without the order of commands, must have hundreds.

import { build } from './build.mjs';
import { run, whenStarted } from './step.mjs';

await whenStarted(import.meta.url, async () => {
  await build();
  const [commands = '200000'] = process.argv.slice(2);
  const files = 'tests/server/freeswitch/simulation.test.ts';
  await run('npx', ['vitest', 'run', '--project', 'server', '--testTimeout', '0', files], {
    what: 'letting careless clients command a lot on FreeSWITCH',
    remedy: 'play the seed that is named above again, and write a test of the accident',
    env: { VALET_PARK_COMMANDS: commands },
  });
});
