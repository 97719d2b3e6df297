// Checks whether the package can be published as it is: the fields of package.json, the versions,
// the changelog, the links of the README, the files of the tarball, and the state of git. Prints one
// sentence for each problem, and then fails. `npm publish` runs it first.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { problems } from './release-check/problems.mjs';
import { ask, at, Failure, root, whenStarted } from './step.mjs';

/** Reads everything that a release is judged by. */
function release() {
  const read = (/** @type {string} */ path) => readFileSync(at(path), 'utf8');
  const manifest = JSON.parse(read('package.json'));
  const dependencies = JSON.parse(read('examples/package.json')).dependencies;
  return {
    manifest,
    changelog: read('CHANGELOG.md'),
    readme: read('README.md'),
    versions: {
      'Cargo.toml': /^version = "(.*)"$/m.exec(read('Cargo.toml'))?.[1],
      'Cargo.lock': /^name = "valet-park"\nversion = "(.*)"$/m.exec(read('Cargo.lock'))?.[1],
      'examples/package.json': /^\^(.*)$/.exec(dependencies['valet-park'])?.[1],
      'docs/cdn.md': /valet-park@([^/]*)\//.exec(read('docs/cdn.md'))?.[1],
    },
    files: (ask('git', 'ls-files') ?? '').split('\n'),
    packed: packedFiles(),
    git: gitState(),
    inCi: process.env.CI === 'true',
  };
}

/** Returns the paths of the tarball that `npm pack` would write. */
function packedFiles() {
  const args = ['pack', '--dry-run', '--ignore-scripts', '--json'];
  const { stdout, status, stderr } = spawnSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    // `npm publish --dry-run` sets this for the scripts that it runs, and `npm pack` would obey.
    env: { ...process.env, npm_config_dry_run: '' },
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Failure('listing the files', stderr.trim(), 'see the message of npm');
  const [{ files }] = /** @type {[{ files: { path: string }[] }]} */ (JSON.parse(stdout));
  return files.map(({ path }) => path);
}

function gitState() {
  const status = ask('git', 'status', '--porcelain');
  if (status === null) return null;
  const changed = status.split('\n').filter((line) => line !== '');
  const tags = (ask('git', 'tag', '--points-at', 'HEAD') ?? '').split('\n');
  return { changed: changed.map((line) => line.slice(2).trim()), tags };
}

await whenStarted(import.meta.url, () => {
  const found = problems(release());
  for (const problem of found) console.error(`✗ ${problem}`);
  if (found.length > 0) {
    const why = found.length === 1 ? 'there is one problem' : `there are ${found.length} problems`;
    throw new Failure('checking the release', why, 'see the sentences above, and RELEASING.md');
  }
  console.log('✓ the package can be published');
});
