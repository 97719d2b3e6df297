// Carries the version of package.json, its one place, to where else it stands. `npm version 1.2.3`
// runs this before it commits and tags.

import { readFileSync, writeFileSync } from 'node:fs';
import { at, Failure, run, whenStarted } from './step.mjs';

await whenStarted(import.meta.url, async () => {
  const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const today = new Date().toISOString().slice(0, 10);
  // First what a person has to write, then what follows from it.
  replace('CHANGELOG.md', /^## .*, not released yet$/m, `## ${version}, ${today}`);
  replace('Cargo.toml', /^version = ".*"$/m, `version = "${version}"`);
  replace('Cargo.lock', /(?<=^name = "valet-park"\nversion = )".*"$/m, `"${version}"`);
  replace('examples/package.json', /(?<="valet-park": ")[^"]*/, `^${version}`);
  const written = ['CHANGELOG.md', 'Cargo.toml', 'Cargo.lock', 'examples/package.json'];
  const remedy = 'see the message of git above';
  await run('git', ['add', ...written], { what: 'adding them to the commit', remedy });
});

/** @param {string} path @param {RegExp} pattern @param {string} by */
function replace(path, pattern, by) {
  const text = readFileSync(at(path), 'utf8');
  if (!pattern.test(text)) {
    const missing = path === 'CHANGELOG.md' ? '`## …, not released yet`' : `${pattern}`;
    throw new Failure('carrying the version on', `${path} has no ${missing}`, 'write it there');
  }
  writeFileSync(at(path), text.replace(pattern, by));
}
