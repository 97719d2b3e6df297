// The functions that read the reports of the test runners for the summary of `npm test`.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  cargoCounts,
  playwrightCounts,
  summary,
  vitestCounts,
} from '../../scripts/test-report.mjs';

/** Writes a report into a temporary file, and returns the path. */
function written(report: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'test-report-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(report));
  return path;
}

test('a test of Vitest that passes after an error has passed at its second attempt', () => {
  const one = (fullName: string, status: string, ...failureMessages: string[]): object => ({
    fullName,
    status,
    failureMessages,
  });
  const assertionResults = [
    one('holds', 'passed'),
    one('holds at times', 'passed', 'expected 1 to be 2\n    at line 3'),
    one('never holds', 'failed', 'expected 3 to be 4', 'expected 3 to be 4'),
    one('is left out', 'skipped'),
  ];
  const files = ['tests/wasm/a.test.ts', 'tests/client/a.test.ts'];
  const testResults = files.map((file) => ({
    name: resolve(file),
    message: '',
    assertionResults,
  }));
  expect(vitestCounts(written({ testResults }), 'wasm')).toEqual({
    passed: 2,
    failed: 1,
    skipped: 1,
    failures: ['tests/wasm/a.test.ts › never holds\n  expected 3 to be 4\n  expected 3 to be 4'],
    retried: ['tests/wasm/a.test.ts › holds at times\n  expected 1 to be 2\n      at line 3'],
  });
});

test('a file of Vitest that fails before its first test is one failure', () => {
  const file = { name: resolve('tests/wasm/a.test.ts'), message: 'no such module' };
  const report = written({ testResults: [{ ...file, assertionResults: [] }] });
  expect(vitestCounts(report, 'wasm').failures).toEqual([
    'tests/wasm/a.test.ts › itself\n  no such module',
  ]);
});

test('a flaky test of Playwright has passed at its second attempt', () => {
  const one = (title: string, status: string, ...attempts: string[][]): object => {
    const results = attempts.map((messages) => ({
      errors: messages.map((message) => ({ message })),
    }));
    return { file: 'a.spec.ts', title, ok: status !== 'unexpected', tests: [{ status, results }] };
  };
  const inner = { specs: [one('holds at times', 'flaky', ['not visible'], [])] };
  const outer = {
    specs: [one('holds', 'expected', []), one('never holds', 'unexpected', ['hidden'], ['gone'])],
    suites: [inner],
  };
  const stats = { expected: 1, unexpected: 1, flaky: 1, skipped: 0 };
  expect(playwrightCounts(written({ stats, suites: [outer] }))).toEqual({
    passed: 2,
    failed: 1,
    skipped: 0,
    failures: ['tests/browser/a.spec.ts › never holds\n  hidden\n  gone'],
    retried: ['tests/browser/a.spec.ts › holds at times\n  not visible'],
  });
});

test('the counts of cargo are those of all its programs', () => {
  const printed = [
    'test lot::keeps ... ok',
    'test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out',
    'test mirror::forgets ... FAILED',
    'test result: FAILED. 4 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out',
  ].join('\n');
  const failures = ['mirror::forgets'];
  expect(cargoCounts(printed)).toEqual({ passed: 7, failed: 1, skipped: 1, failures });
});

test('the summary names failures and second attempts, and ends with the sums', () => {
  const core = { passed: 7, failed: 0, skipped: 0, failures: [] };
  const browser = {
    passed: 2,
    failed: 1,
    skipped: 4,
    failures: ['a.spec.ts › never holds'],
    retried: ['a.spec.ts › holds at times'],
  };
  const text = summary(new Map(Object.entries({ core, browser })));
  expect(text.split('\n').filter((line) => line !== '')).toEqual([
    '✗ a.spec.ts › never holds',
    '≈ passed at the second attempt: a.spec.ts › holds at times',
    'layer        passed   failed  skipped',
    'core              7        0        0',
    'browser           2        1        4',
    '9 passed, 1 failed, 4 skipped',
  ]);
});
