// Sets up, builds, and runs every layer of tests, or those that are named, as in
// `npm test -- client core`. Ends with what failed, and a table of how many tests each layer ran: the
// end is what is left of a log that was cut. A layer that ran none has failed, but for the other
// engines, which not every machine can have.

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { build } from './build.mjs';
import { check } from './check.mjs';
import { installEngines } from './setup/engines.mjs';
import { at, Failure, report, root, whenStarted } from './step.mjs';
import { cargoCounts, playwrightCounts, vitestCounts } from './test-report.mjs';

/** @typedef {import('./test-report.mjs').Counts} Counts */

/** @type {Record<string, () => Counts | Promise<Counts>>} */
const layers = {
  check,
  core,
  wasm: () => vitest('wasm'),
  client: () => vitest('client'),
  server: () => vitest('server'),
  package: () => vitest('package'),
  apps: () => vitest('apps'),
  browser,
  engines,
};

/** Rust's own tests, the examples in the documentation among them. */
function core() {
  const { status, stdout } = spawnSync('cargo', ['test'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.stdout.write(stdout);
  return judged(cargoCounts(stdout), status);
}

/** @param {string} project @param {boolean} [maySkipAll] */
function vitest(project, maySkipAll = false) {
  const report = emptied(`.cache/tests/${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = tool('vitest', 'run', '--project', project, ...reporters);
  const counts = vitestCounts(report);
  return maySkipAll && status === 0 && counts.skipped > 0 ? counts : judged(counts, status);
}

function browser() {
  const report = emptied('.cache/tests/browser.json');
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = report;
  const status = tool('playwright', 'test', '--reporter=list,json');
  return judged(playwrightCounts(report), status);
}

/** The main flow in Firefox and WebKit, as far as they can be had: each that cannot is skipped. */
function engines() {
  installEngines();
  return vitest('engines', true);
}

/** @param {string} name @param {...string} args */
function tool(name, ...args) {
  const command = at(`node_modules/.bin/${name}`);
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status;
}

/** The path of a report that is not there yet, so that an old one cannot be read by mistake. */
function emptied(/** @type {string} */ path) {
  mkdirSync(at('.cache/tests'), { recursive: true });
  rmSync(at(path), { force: true });
  return at(path);
}

/** What failed before it could be counted, or ran nothing, counts as one failure. */
function judged(/** @type {Counts} */ counts, /** @type {number | null} */ status) {
  const silent = counts.failed === 0 && (status !== 0 || counts.passed === 0);
  return silent ? { ...counts, failed: 1 } : counts;
}

/** @param {Map<string, Counts>} results */
function summarise(results) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { failures } of results.values()) {
    for (const failure of failures) console.log(`\n✗ ${failure}`);
  }
  console.log(
    `\n${'layer'.padEnd(10)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'skipped'.padStart(9)}`,
  );
  for (const [name, { passed, failed, skipped }] of results) {
    const columns = [
      String(passed).padStart(8),
      String(failed).padStart(8),
      String(skipped).padStart(9),
    ];
    console.log(name.padEnd(10) + columns.join(''));
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

await whenStarted(import.meta.url, async () => {
  const named = process.argv.slice(2);
  const unknown = named.find((name) => !Object.hasOwn(layers, name));
  if (unknown) {
    const known = Object.keys(layers).join(', ');
    throw new Failure(
      'choosing what to test',
      `there is no layer \`${unknown}\``,
      `name one of ${known}`,
    );
  }
  /** @type {Map<string, Counts>} */
  const results = new Map();
  try {
    await build({ tests: true });
    for (const [name, layer] of Object.entries(layers)) {
      if (named.length > 0 && !named.includes(name)) continue;
      console.log(`\n━━ ${name}`);
      results.set(name, await layer());
    }
  } catch (error) {
    report(error);
    results.set('set-up', { passed: 0, failed: 1, skipped: 0, failures: [] });
  }
  summarise(results);
});
