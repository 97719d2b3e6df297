// Reads the reports of the test runners: how many tests passed, which failed with which error, and which
// passed only at their second attempt.

import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './step.mjs';

/**
 * How many tests passed, failed and were skipped. `failures` names the failed tests, and `retried` those
 * that passed only at their second attempt, each with the first lines of its errors.
 *
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[], retried?: string[] }} Counts
 */

/** @typedef {{ status: string, fullName: string, failureMessages: string[] }} Result */
/** @typedef {{ name: string, message: string, assertionResults: Result[] }} TestFile */

/** @typedef {{ status: string, results: { errors: { message?: string }[] }[] }} Tried */
/** @typedef {{ file: string, title: string, ok: boolean, tests: Tried[] }} Spec */
/** @typedef {{ specs?: Spec[], suites?: Suite[] }} Suite */

/** Reads the output of cargo, which has no other stable report. @returns {Counts} */
export function cargoCounts(/** @type {string} */ printed) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [, ...numbers] of printed.matchAll(/(\d+) passed; (\d+) failed; (\d+) ignored/g)) {
    const [passed = 0, failed = 0, ignored = 0] = numbers.map(Number);
    counts.passed += passed;
    counts.failed += failed;
    counts.skipped += ignored;
  }
  const failures = [...printed.matchAll(/^test (.+) \.\.\. FAILED$/gm)].map(
    ([, name = '']) => name,
  );
  return { ...counts, failures };
}

/**
 * Reads the JSON report of Vitest, and counts the tests of one project, which are in the folder with
 * its name.
 *
 * @param {string} path @param {string} project @returns {Counts}
 */
export function vitestCounts(path, project) {
  const folder = `tests/${project}/`;
  /** @type {TestFile[]} */
  const all = read(path).testResults ?? [];
  const files = all.filter(({ name }) => relative(root, name).startsWith(folder));
  const results = files.flatMap(({ assertionResults }) => assertionResults);
  /** @param {...string} statuses */
  const count = (...statuses) => results.filter(({ status }) => statuses.includes(status)).length;
  /** @param {TestFile} file @param {string} wanted */
  const withErrors = ({ name, assertionResults }, wanted) =>
    assertionResults
      .filter(({ status, failureMessages }) => status === wanted && failureMessages.length > 0)
      .map((test) => described(relative(root, name), test.fullName, test.failureMessages));
  const failures = files.flatMap((file) => {
    const tests = withErrors(file, 'failed');
    // A file that failed before its first test has a message.
    const { name, message } = file;
    return message ? [described(relative(root, name), 'itself', [message]), ...tests] : tests;
  });
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('pending', 'skipped', 'todo', 'disabled'),
    failures,
    // A test that passed has the errors of its first attempt.
    retried: files.flatMap((file) => withErrors(file, 'passed')),
  };
}

/** Reads the JSON report of Playwright. @returns {Counts} */
export function playwrightCounts(/** @type {string} */ path) {
  const found = read(path);
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = found.stats ?? {};
  /** @param {(spec: Spec) => boolean} isWanted */
  const withErrors = (isWanted) =>
    specs(found)
      .filter(isWanted)
      .map(({ file, title, tests }) => {
        const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
        const messages = errors.map(({ message = '' }) => message);
        return described(`tests/browser/${file}`, title, messages);
      });
  const failures = withErrors(({ ok }) => !ok);
  const retried = withErrors(({ tests }) => tests.some(({ status }) => status === 'flaky'));
  return { passed: expected + flaky, failed: unexpected, skipped, failures, retried };
}

/** Returns the tests of a suite and of the suites inside. @returns {Spec[]} */
function specs(/** @type {Suite} */ { specs: own = [], suites = [] }) {
  return [...own, ...suites.flatMap(specs)];
}

/**
 * Returns the name of a test and the first lines of its errors.
 *
 * @param {string} file @param {string} test @param {string[]} messages
 */
function described(file, test, messages) {
  const said = stripVTControlCharacters(messages.join('\n')).split('\n').slice(0, 12);
  return [`${file} › ${test}`, ...said.map((line) => `  ${line}`)].join('\n');
}

/**
 * Returns the text at the end of a run: the failures, the tests that passed only at their second
 * attempt, a table of the layers, and the sums.
 *
 * @param {Map<string, Counts>} results  by layer
 */
export function summary(results) {
  const all = [...results.values()];
  /** @param {(counts: Counts) => number} count */
  const sum = (count) => all.reduce((total, counts) => total + count(counts), 0);
  /** @param {(string | number)[]} cells */
  const row = ([name = '', ...cells]) =>
    String(name).padEnd(10) + cells.map((cell) => String(cell).padStart(9)).join('');
  const skipped = sum((counts) => counts.skipped);
  return [
    ...all.flatMap(({ failures }) => failures.map((text) => `\n✗ ${text}`)),
    ...all.flatMap(({ retried = [] }) =>
      retried.map((text) => `\n≈ passed at the second attempt: ${text}`),
    ),
    `\n${row(['layer', 'passed', 'failed', 'skipped'])}`,
    ...[...results].map(([name, counts]) =>
      row([name, counts.passed, counts.failed, counts.skipped]),
    ),
    `\n${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed` +
      (skipped > 0 ? `, ${skipped} skipped` : ''),
  ].join('\n');
}

/** Returns a report, or an empty object if the runner wrote none. */
function read(/** @type {string} */ path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}
