// Copies the version of package.json to all other files that contain it. `npm version 1.2.3` runs
// this script before it commits and tags.

import { readFileSync, writeFileSync } from 'node:fs';
import { at, Failure, run, whenStarted } from './step.mjs';

await whenStarted(import.meta.url, async () => {
  const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const today = new Date().toISOString().slice(0, 10);
  // The changelog comes first, because only a person can add the heading that may be missing.
  replace('CHANGELOG.md', /^## .*, not released yet$/m, `## ${version}, ${today}`);
  replace('Cargo.toml', /^version = ".*"$/m, `version = "${version}"`);
  replace('Cargo.lock', /(?<=^name = "valet-park"\nversion = )".*"$/m, `"${version}"`);
  replace('examples/package.json', /(?<="valet-park": ")[^"]*/, `^${version}`);
  replace('docs/cdn.md', /(?<=valet-park@)\d[^/`]*/g, version);
  const written = [
    'CHANGELOG.md',
    'Cargo.toml',
    'Cargo.lock',
    'examples/package.json',
    'docs/cdn.md',
  ];
  const remedy = 'see the message of git above';
  await run('git', ['add', ...written], { what: 'adding the files to the commit', remedy });
});

/** @param {string} path @param {RegExp} pattern @param {string} by */
function replace(path, pattern, by) {
  const text = readFileSync(at(path), 'utf8');
  if (!pattern.test(text)) {
    const missing = path === 'CHANGELOG.md' ? '`## …, not released yet`' : `${pattern}`;
    throw new Failure('copying the version', `${path} has no ${missing}`, 'add this line');
  }
  writeFileSync(at(path), text.replace(pattern, by));
}
