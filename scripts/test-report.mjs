// Reads the reports of the test runners: how many tests passed, and which failed with which error.

import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './step.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Counts */

/** @typedef {{ status: string, fullName: string, failureMessages: string[] }} Result */
/** @typedef {{ name: string, message: string, assertionResults: Result[] }} TestFile */

/** @typedef {{ results: { errors: { message?: string }[] }[] }} Tried */
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

/** Reads the JSON report of Vitest. @returns {Counts} */
export function vitestCounts(/** @type {string} */ path) {
  const found = read(path);
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = found;
  /** @type {TestFile[]} */
  const files = found.testResults ?? [];
  const failures = files.flatMap(({ name, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    const tests = failed.map((test) => failure(file, test.fullName, test.failureMessages));
    // A file that failed before its first test has a message.
    return message ? [failure(file, 'itself', [message]), ...tests] : tests;
  });
  const skipped = numPendingTests + numTodoTests;
  return { passed: numPassedTests, failed: numFailedTests, skipped, failures };
}

/** Reads the JSON report of Playwright. @returns {Counts} */
export function playwrightCounts(/** @type {string} */ path) {
  const found = read(path);
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = found.stats ?? {};
  const failures = specs(found)
    .filter(({ ok }) => !ok)
    .map(({ file, title, tests }) => {
      const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
      const messages = errors.map(({ message = '' }) => message);
      return failure(`tests/browser/${file}`, title, messages);
    });
  return { passed: expected, failed: unexpected + flaky, skipped, failures };
}

/** Returns the tests of a suite and of the suites inside. @returns {Spec[]} */
function specs(/** @type {Suite} */ { specs: own = [], suites = [] }) {
  return [...own, ...suites.flatMap(specs)];
}

/**
 * Returns the name of a failed test and the first lines of its messages.
 *
 * @param {string} file @param {string} test @param {string[]} messages
 */
function failure(file, test, messages) {
  const said = stripVTControlCharacters(messages.join('\n')).split('\n').slice(0, 12);
  return [`${file} › ${test}`, ...said.map((line) => `  ${line}`)].join('\n');
}

/** Returns a report, or an empty object if the runner wrote none. */
function read(/** @type {string} */ path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}
