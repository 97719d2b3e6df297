// Makes one small change in the core at a time, and runs the tests against each change. A change
// that no test notices shows a rule that no test covers. `npm run mutants` changes src/mirror and
// src/wire, which takes hours; `npm run mutants -- src/wire/headers.rs` changes only some files.
// The script fails if no test notices a change, unless .cargo/mutants.toml lists and explains that
// change.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { ask, at, Failure, root, run, whenStarted } from './step.mjs';

const what = 'testing the tests with changes';
/** The folder in which cargo-mutants writes its report, `mutants.out`. */
const folder = 'target/mutants';
/** The exit codes of cargo-mutants for a change that no test notices, and for a test that hangs. */
const code = { missed: 2, timedOut: 3 };

await whenStarted(import.meta.url, async () => {
  const named = process.argv.slice(2);
  const paths = named.length > 0 ? named : ['src/mirror/**', 'src/wire/**'];
  if (!ask('cargo', 'mutants', '--version')) {
    console.log('▸ cargo-mutants: compiling it once takes about three minutes');
    const remedy = 'see the message above; `cargo install cargo-mutants --locked` installs it';
    const args = ['install', 'cargo-mutants', '--locked'];
    await run('cargo', args, { what: 'installing cargo-mutants', remedy });
  }
  const files = paths.flatMap((path) => ['--file', path]);
  const args = ['mutants', '--profile', 'mutants', ...files, '--output', at(folder)];
  const { status, signal } = spawnSync('cargo', args, { cwd: root, stdio: 'inherit' });
  const report = at(`${folder}/mutants.out/missed.txt`);
  if (status === code.missed && existsSync(report)) {
    const missed = readFileSync(report, 'utf8').trim().split('\n');
    throw new Failure(
      what,
      `no test notices these changes:\n        ${missed.join('\n        ')}`,
      'add a scenario that notices each one, or say in .cargo/mutants.toml why none can',
    );
  }
  // A test that hangs has noticed the change.
  if (status !== 0 && status !== code.timedOut) {
    const remedy = 'see the message above; all tests have to pass without a change';
    throw new Failure(what, `cargo mutants ended with ${signal ?? `code ${status}`}`, remedy);
  }
  console.log('✓ every change is noticed or explained');
});
