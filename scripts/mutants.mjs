// Changes the core in every small way, one at a time, and runs its tests against each change. A change
// that no test notices is a rule that no test needs. Run it by `npm run mutants` for src/mirror and
// src/wire, or by `npm run mutants -- src/wire/headers.rs` for some files. All of it takes hours.
// It fails on changes that no test notices, except those that .cargo/mutants.toml explains.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { ask, at, Failure, root, run, whenStarted } from './step.mjs';

const what = 'changing the core';
/** Where the program writes its report, inside `mutants.out`. */
const folder = 'target/mutants';
/** How the program ends when changes go unnoticed, and when tests ran until they were stopped. */
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
  // A test that runs until it is stopped has noticed the change.
  if (status !== 0 && status !== code.timedOut) {
    const remedy = 'see the message above; the tests have to pass before anything is changed';
    throw new Failure(what, `cargo mutants ended with ${signal ?? `code ${status}`}`, remedy);
  }
  console.log('✓ every change is noticed or explained');
});
