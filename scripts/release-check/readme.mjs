// `npm pack` and `npm publish` run this script before and after they read README.md. Before, it makes
// the links of README.md absolute, and keeps the original in .cache. After, `restore` puts the
// original back. Without `repository` in package.json it changes nothing.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { at, whenStarted } from '../step.mjs';
import { withAbsoluteLinks } from './links.mjs';

const readme = at('README.md');
const original = at('.cache/README.original.md');

/** Makes the links absolute, unless an interrupted `npm pack` has done so already. */
export function makeLinksAbsolute() {
  const manifest = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  restore();
  const text = readFileSync(readme, 'utf8');
  const changed = withAbsoluteLinks(text, manifest);
  if (changed === null || changed === text) return;
  mkdirSync(dirname(original), { recursive: true });
  writeFileSync(original, text);
  writeFileSync(readme, changed);
}

/** Puts the original back, if one is kept. */
export function restore() {
  if (!existsSync(original)) return;
  writeFileSync(readme, readFileSync(original));
  rmSync(original);
}

await whenStarted(import.meta.url, () => {
  if (process.argv[2] === 'restore') restore();
  else makeLinksAbsolute();
});
