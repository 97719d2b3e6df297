// Carries the version of package.json, its one place, to where else it stands. `npm version 1.2.3`
// runs this before it commits and tags.

import { readFileSync, writeFileSync } from 'node:fs';
import { at, Failure, whenStarted } from './step.mjs';

await whenStarted(import.meta.url, () => {
  const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const today = new Date().toISOString().slice(0, 10);
  replace('Cargo.toml', /^version = ".*"$/m, `version = "${version}"`);
  replace('Cargo.lock', /(?<=^name = "valet-park"\nversion = )".*"$/m, `"${version}"`);
  replace('examples/package.json', /(?<="valet-park": ")[^"]*/, `^${version}`);
  replace('CHANGELOG.md', /^## .*, not released yet$/m, `## ${version}, ${today}`);
});

/** @param {string} path @param {RegExp} pattern @param {string} by */
function replace(path, pattern, by) {
  const text = readFileSync(at(path), 'utf8');
  if (!pattern.test(text)) {
    const remedy =
      path === 'CHANGELOG.md'
        ? 'write down what changed under `## …, not released yet`'
        : `look at ${path}`;
    throw new Failure('carrying the version on', `${path} has no place for it`, remedy);
  }
  writeFileSync(at(path), text.replace(pattern, by));
}
