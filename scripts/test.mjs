// Sets up, builds, and runs all layers of tests. `npm test -- client core` runs only these layers.
//
// The failures and the table of results come last, so that they are still there if the start of the
// log is cut off. A layer that ran no test has failed, except the layer of other browser engines,
// which not every machine can install. If the variable CI is set, a test that fails runs a second time.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { build } from './build.mjs';
import { check } from './check.mjs';
import { installEngines } from './setup/engines.mjs';
import { at, Failure, report, root, whenStarted } from './step.mjs';
import { cargoCounts, playwrightCounts, summary, vitestCounts } from './test-report.mjs';

/** @typedef {import('./test-report.mjs').Counts} Counts */

/**
 * The layers in their order. Each one returns its counts; those of Vitest that can run together are one
 * entry, so that no processor waits for the last test of a layer.
 *
 * @type {[names: string[], run: (names: string[]) => Counts[] | Promise<Counts[]>][]}
 */
const groups = [
  [['check'], async () => [await check()]],
  [['core'], () => [core()]],
  [['wasm', 'client', 'server', 'package', 'apps'], vitest],
  [['browser'], () => [browser()]],
  [['engines'], engines],
];

const NONE = { passed: 0, failed: 0, skipped: 0, failures: [] };

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

/** Runs projects of Vitest. @param {string[]} projects @returns {Counts[]} */
function vitest(projects) {
  const { status, counts } = runProjects(projects);
  const failed = counts.some(({ failed, failures }) => failed > 0 || failures.length > 0);
  // Without a failed test, the cause can be in each of the projects.
  return counts.map((each) => judged(each, failed ? 0 : status));
}

/** @param {string[]} projects */
function runProjects(projects) {
  const report = emptied(`.cache/tests/${projects.join('-')}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const chosen = projects.flatMap((project) => ['--project', project]);
  const status = tool('vitest', 'run', ...chosen, ...reporters);
  return { status, counts: projects.map((project) => vitestCounts(report, project)) };
}

function browser() {
  const report = emptied('.cache/tests/browser.json');
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = report;
  const status = tool('playwright', 'test', '--reporter=list,json');
  return judged(playwrightCounts(report), status);
}

/**
 * The main flow in Firefox and WebKit. An engine that cannot be installed here is skipped.
 *
 * @param {string[]} projects @returns {Counts[]}
 */
function engines(projects) {
  installEngines();
  const { status, counts } = runProjects(projects);
  return counts.map((each) => (status === 0 && each.skipped > 0 ? each : judged(each, status)));
}

/**
 * Compiles the tests in Rust. Resolves when the compiler has ended. The layer `core` compiles them, too,
 * and reports the errors.
 *
 * @returns {Promise<void>}
 */
function compileTests() {
  return new Promise((resolve) => {
    const child = spawn('cargo', ['test', '--no-run'], { cwd: root, stdio: 'ignore' });
    child.on('error', () => resolve()).on('close', () => resolve());
  });
}

/** @param {string} name @param {...string} args */
function tool(name, ...args) {
  const command = at(`node_modules/.bin/${name}`);
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status;
}

/**
 * Runs `work`, and prints how long it took.
 *
 * @template T
 * @param {string} name @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
async function timed(name, work) {
  const started = Date.now();
  const result = await work();
  console.log(`\n━━ ${name}: ${Math.round((Date.now() - started) / 1000)} s`);
  return result;
}

/** Deletes an old report, so that nothing reads it by mistake. Returns the path of the new one. */
function emptied(/** @type {string} */ path) {
  mkdirSync(at('.cache/tests'), { recursive: true });
  rmSync(at(path), { force: true });
  return at(path);
}

/** Counts one failure if a layer failed without a failed test, or ran no test. */
function judged(/** @type {Counts} */ counts, /** @type {number | null} */ status) {
  const isBroken = status !== 0 || counts.passed === 0 || counts.failures.length > 0;
  const silent = counts.failed === 0 && isBroken;
  return silent ? { ...counts, failed: 1 } : counts;
}

await whenStarted(import.meta.url, async () => {
  const named = process.argv.slice(2);
  const layers = groups.flatMap(([names]) => names);
  const unknown = named.find((name) => !layers.includes(name));
  if (unknown) {
    throw new Failure(
      'choosing the layers',
      `expected a layer, found \`${unknown}\``,
      `name one of ${layers.join(', ')}`,
    );
  }
  const isWanted = (/** @type {string} */ name) => named.length === 0 || named.includes(name);
  /** @type {Map<string, Counts>} */
  const results = new Map();
  try {
    // The set-up waits for the network, and links the WebAssembly with one processor.
    const compiled = isWanted('core') ? compileTests() : null;
    await timed('set-up', () => Promise.all([build({ tests: true }), compiled]));
    for (const [names, run] of groups) {
      const wanted = names.filter(isWanted);
      if (wanted.length === 0) continue;
      console.log(`\n━━ ${wanted.join(', ')}`);
      const counts = await timed(wanted.join(', '), () => run(wanted));
      for (const [at, name] of wanted.entries()) results.set(name, counts[at] ?? judged(NONE, 1));
    }
  } catch (error) {
    report(error);
    results.set('set-up', { passed: 0, failed: 1, skipped: 0, failures: [] });
  }
  console.log(summary(results));
  process.exitCode = [...results.values()].some(({ failed }) => failed > 0) ? 1 : 0;
});
