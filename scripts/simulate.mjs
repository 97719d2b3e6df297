// Plays panels, a lot and bad weather against each other for long: `npm run simulate`, or with other
// numbers `npm run simulate -- 500 1000` for 500 seeds of 1000 steps. A failure names its seed.

import { run, whenStarted } from './step.mjs';

await whenStarted(import.meta.url, async () => {
  const [seeds = '10000', steps = '2000'] = process.argv.slice(2);
  console.log(`▸ ${seeds} seeds of ${steps} steps`);
  await run('cargo', ['test', '--release', '--test', 'core', 'simulation', '--', '--nocapture'], {
    what: 'playing at random',
    remedy: 'rerun the seed that is named above, and make a scenario of what it found',
    env: { SIM_SEEDS: seeds, SIM_STEPS: steps },
  });
});
