// Sets up, builds, and runs all layers of tests. `npm test -- client core` runs only these layers.
//
// The failures and the table of results come last, so that they are still there if the start of the
// log is cut off. A layer that ran no test has failed, except the layer of other browser engines,
// which not every machine can install. If the variable CI is set, a test that fails runs a second time.

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { build } from './build.mjs';
import { check } from './check.mjs';
import { installEngines } from './setup/engines.mjs';
import { at, Failure, report, root, whenStarted } from './step.mjs';
import { cargoCounts, playwrightCounts, summary, vitestCounts } from './test-report.mjs';

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

/** The tests in Rust, with the examples in its documentation. */
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

/** The main flow in Firefox and WebKit. An engine that cannot be installed here is skipped. */
function engines() {
  installEngines();
  return vitest('engines', true);
}

/** @param {string} name @param {...string} args */
function tool(name, ...args) {
  const command = at(`node_modules/.bin/${name}`);
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status;
}

/** Deletes an old report, so that nothing reads it by mistake. Returns the path of the new one. */
function emptied(/** @type {string} */ path) {
  mkdirSync(at('.cache/tests'), { recursive: true });
  rmSync(at(path), { force: true });
  return at(path);
}

/** Counts one failure if a layer failed without a failed test, or ran no test. */
function judged(/** @type {Counts} */ counts, /** @type {number | null} */ status) {
  const silent = counts.failed === 0 && (status !== 0 || counts.passed === 0);
  return silent ? { ...counts, failed: 1 } : counts;
}

await whenStarted(import.meta.url, async () => {
  const named = process.argv.slice(2);
  const unknown = named.find((name) => !Object.hasOwn(layers, name));
  if (unknown) {
    const known = Object.keys(layers).join(', ');
    throw new Failure(
      'choosing the layers',
      `expected a layer, found \`${unknown}\``,
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
  console.log(summary(results));
  process.exitCode = [...results.values()].some(({ failed }) => failed > 0) ? 1 : 0;
});
