// Runs all benchmarks. The benchmarks of the core (`cargo bench`), the comparison of the client with
// code written by hand (benches/boundary), and the comparison of the feed of a relay with a bare loop and
// of a relay over Redis with one without (benches/relay) have limits and fail above them. The times of single calls have no limits: they
// compare two states of the code on one machine.

import { build } from './build.mjs';
import { run, whenStarted } from './step.mjs';

const batches = 25;
const batchMs = 20;

await whenStarted(import.meta.url, async () => {
  await build();
  await run('cargo', ['bench', '--quiet'], {
    what: 'measuring the core',
    remedy: 'see the message of cargo above',
  });
  await measureCalls();
  await run('node', ['benches/boundary/main.mjs'], {
    what: 'comparing the client with code written by hand',
    remedy: 'see the table above; docs/performance.md explains its rows',
  });
  await run('node', ['benches/relay/main.mjs'], {
    what: 'comparing the feed of a relay with a bare loop',
    remedy: 'see the table above; docs/performance.md explains its rows',
  });
});

/** Prints the times of single calls into the core. */
async function measureCalls() {
  const park = await import('valet-park');
  const { Lot } = await import('valet-park/lot');
  const call = '3232240860-37b98fb2-0000-4000-8000-000000000001';
  const question = /** @type {const} */ ({ extension: '34414', call, action: 'slots', slot: 6 });
  const event = `EventType=answer&EventTime=1502985738818201&CallAPIID=${call}&CallFlow=out`;
  const body = '{"slot":"6","UUID":"37b98fb2-0000-4000-8000-000000000001"}';

  console.log('\nsingle calls into the core (median)');
  measure('parseCallApiId', () => park.parseCallApiId(call));
  measure('buildRequest', () => park.buildRequest(question));
  measure('readAnswer', () => park.readAnswer(question, 200, body));
  measure('parseCallEvent', () => park.parseCallEvent(event));
  for (const slots of [9, 65_535]) {
    const lot = new Lot({ slots, patienceMs: 0 });
    for (let slot = 1; slot < slots; slot += 1) {
      lot.ask(0, { extension: '34414', call: `1-${slot}`, action: 'park', slot });
    }
    measure(`park and bridge, ${slots} slots`, () => {
      lot.ask(0, { extension: '34414', call, action: 'park' });
      lot.ask(0, { extension: '34414', call: '1-other', action: 'bridge', slot: slots });
    });
    lot.dispose();
  }
}

/** Prints the time of one call: the median of many batches, each long enough for the clock. */
function measure(/** @type {string} */ name, /** @type {() => unknown} */ work) {
  const times = Array.from({ length: batches }, () => {
    const started = performance.now();
    let count = 0;
    for (; performance.now() - started < batchMs; count += 1) work();
    return ((performance.now() - started) * 1000) / count;
  });
  const median = times.sort((a, b) => a - b)[Math.floor(batches / 2)] ?? NaN;
  console.log(`${name.padEnd(30)}${median.toFixed(2).padStart(9)} µs`);
}
