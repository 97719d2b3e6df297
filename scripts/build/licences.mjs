// Writes dist/THIRD-PARTY-LICENCES.txt: the licences of all software by others that the package
// contains. These are crates in the WebAssembly, Hono in the server, and Lit in the element.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ask, at, Failure, step, whenStarted } from '../step.mjs';

const output = 'dist/THIRD-PARTY-LICENCES.txt';
const what = 'collecting the licences of bundled software';

/** @typedef {{ name: string, version: string, licence: string, text: string }} Notice */

/** One package in the output of `cargo metadata`.
 *  @typedef {{ name: string, version: string, license: string, source: string | null,
 *   manifest_path: string }} Crate */

export async function buildLicences() {
  const io = {
    reads: ['Cargo.lock', 'scripts/build/licences.mjs'],
    made: ['build/panel.licences.json', 'build/server.meta.json'],
    writes: [output],
  };
  await step('licences', io, () => {
    /** The owners by the terms of their licence. Most licences differ only in the owners.
     *  @type {Map<string, { terms: string, owners: Set<string> }>} */
    const notices = new Map();
    for (const { name, version, licence, text } of [
      ...crates(),
      ...serverPackages(),
      ...panelPackages(),
    ]) {
      const [owners, terms] = parted(text);
      const key = terms.replace(/\s+/g, ' ');
      const notice = notices.get(key) ?? { terms, owners: new Set() };
      notice.owners.add([`${name} ${version} (${licence})`, ...owners].join('\n'));
      notices.set(key, notice);
    }
    const sections = [...notices.values()].map(
      ({ terms, owners }) => [...owners].sort().join('\n\n') + '\n\n' + terms,
    );
    const intro = 'This package contains software by others, under these licences.';
    const rule = `\n\n${'-'.repeat(80)}\n\n`;
    writeFileSync(at(output), [intro, ...sections.sort()].join(rule) + '\n');
  });
}

/**
 * Splits a licence into the lines that name its owners, and the terms without title and owners.
 *
 * @param {string} text
 * @returns {[owners: string[], terms: string]}
 */
function parted(text) {
  if (!text) throw new Failure(what, 'a bundled package has no licence', 'ask its authors, or replace the package');
  const isOwner = (/** @type {string} */ line) => /^copyright (?:\(c\)|©) /i.test(line.trim());
  const lines = text.trim().split(/\r?\n/);
  const terms = lines.filter((line) => !isOwner(line) && !/^(?:the )?mit license/i.test(line));
  return [lines.filter(isOwner).map((line) => line.trim()), terms.join('\n').trim()];
}

/** Returns the crates in the WebAssembly, without those that only run in the compiler. */
function crates() {
  const target = ['--target', 'wasm32-unknown-unknown', '--all-features', '--locked'];
  const edges = ['--edges', 'normal,no-proc-macro', '--prefix', 'none', '--format', '{p}'];
  const tree = ask('cargo', 'tree', ...target, ...edges);
  const metadata = ask('cargo', 'metadata', '--format-version', '1', '--all-features', '--locked');
  if (!tree || !metadata) {
    throw new Failure(what, '`cargo tree` failed', 'run `cargo tree --locked`; is Cargo.lock up to date?');
  }
  const used = new Set(tree.split('\n').map((line) => line.split(' ').slice(0, 2).join(' ')));
  /** @type {{ packages: Crate[] }} */
  const { packages } = JSON.parse(metadata);
  return packages
    .filter(({ name, version }) => used.has(`${name} v${version}`))
    .filter(({ source }) => source !== null)
    .map(({ name, version, license, manifest_path }) => ({
      ...{ name, version, licence: license },
      text: licenceText(dirname(manifest_path), name),
    }));
}

/** @returns {Notice[]} */
function serverPackages() {
  const { inputs } = JSON.parse(readFileSync(at('build/server.meta.json'), 'utf8'));
  const folders = new Set(
    Object.keys(inputs).flatMap((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []),
  );
  return [...folders].map((folder) => {
    const manifest = readFileSync(at(`${folder}/package.json`), 'utf8');
    const { name, version, license } = JSON.parse(manifest);
    return { name, version, licence: license, text: licenceText(at(folder), name) };
  });
}

/** @returns {Notice[]} */
function panelPackages() {
  /** @type {(Omit<Notice, 'licence'> & { identifier: string })[]} */
  const found = JSON.parse(readFileSync(at('build/panel.licences.json'), 'utf8'));
  return found
    .filter(({ name }) => name !== 'valet-park')
    .map(({ identifier, ...rest }) => ({ ...rest, licence: identifier }));
}

/**
 * Returns the text of the licence in a folder. If there is a choice, it takes MIT, the shortest.
 *
 * @param {string} folder @param {string} name
 */
function licenceText(folder, name) {
  const found = readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file));
  const mit = found.filter((file) => /mit/i.test(file));
  // `(MIT OR Apache-2.0) AND …` offers the same choice.
  const taken = mit.length === 0 ? found : found.filter((file) => !/apache/i.test(file));
  if (taken.length > 0) {
    return taken.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n\n');
  }
  throw new Failure(what, `${name} has no licence file`, 'ask its authors, or replace the package');
}

await whenStarted(import.meta.url, buildLicences);
