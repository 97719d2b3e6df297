// Runs the simulation of panels, a lot and a faulty network for a long time: `npm run simulate`, or
// `npm run simulate -- 500 1000` for 500 seeds of 1000 steps. A failure names its seed.

import { run, whenStarted } from './step.mjs';

await whenStarted(import.meta.url, async () => {
  const [seeds = '10000', steps = '2000'] = process.argv.slice(2);
  console.log(`▸ ${seeds} seeds of ${steps} steps`);
  await run('cargo', ['test', '--release', '--test', 'core', 'simulation', '--', '--nocapture'], {
    what: 'simulating',
    remedy: 'run the seed that is named above again, and write a scenario of the failure',
    env: { SIM_SEEDS: seeds, SIM_STEPS: steps },
  });
});
