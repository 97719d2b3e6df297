// Writes the documentation for coding assistants. `llms.txt` lists the pages, with one line about
// each. `llms-full.txt` contains the README, the guides and the reference in one file. Both are made
// from docs/ by every build, and are part of the package. The form is that of llmstxt.org.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { at, files, step, whenStarted } from './step.mjs';

/** The guides in the order of reading. Guides that are missing here follow in alphabetical order. */
const order = [
  'parking',
  'element',
  'events',
  'snapshot',
  'errors',
  'testing',
  'frameworks',
  'loading',
  'cdn',
];

/** @typedef {{ path: string, title: string, about: string, text: string }} Page */

/** Writes both files, unless no page has changed. */
export async function buildLlms() {
  const reads = ['README.md', 'package.json', 'scripts/llms.mjs', ...files('docs', '.md')];
  await step('llms', { reads, writes: ['llms.txt', 'llms-full.txt'] }, () => writeLlms('.'));
}

/** @param {string} folder  the folder for both files, relative to the root of the project */
export function writeLlms(folder) {
  for (const [name, text] of Object.entries(llms())) {
    const path = at(`${folder}/${name}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** Returns the text of each file by its name. */
export function llms() {
  const { name, version, description } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const readme = pageOf('README.md');
  const guides = guidePaths().map(pageOf);
  const reference = referencePaths().map(pageOf);
  const head = `# ${name} ${version}\n\n> ${description}\n`;
  const entry = (/** @type {Page} */ { path, title, about }) => `- [${title}](${path}): ${about}`;
  const index = [
    head,
    'Everything below in one file: [llms-full.txt](llms-full.txt). The types are in `dist/*.d.ts`.\n',
    '## Guides\n',
    ...[readme, ...guides].map(entry),
    '\n## Reference\n',
    'The reference is in [llms-full.txt](llms-full.txt), one part for each entry point:\n',
    ...reference.map(({ title }) => `- \`${title === name ? name : `${name}/${title}`}\``),
  ];
  const full = [readme, ...guides, ...reference].map(
    ({ path, text }) => `<!-- ${path} -->\n\n${text.trim()}\n`,
  );
  return {
    'llms.txt': `${index.join('\n')}\n`,
    'llms-full.txt': [head, ...full].join('\n'),
  };
}

function guidePaths() {
  const names = readdirSync(at('docs')).filter((name) => name.endsWith('.md'));
  const rank = (/** @type {string} */ name) => {
    const place = order.indexOf(name.replace('.md', ''));
    return place < 0 ? order.length : place;
  };
  const sorted = names.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  return sorted.map((name) => `docs/${name}`);
}

/** The pages of the reference, without its table of contents. The main entry point comes first. */
function referencePaths() {
  const first = 'docs/api/valet-park.md';
  const others = files('docs/api', '.md').filter((path) => !/(index|valet-park)\.md$/.test(path));
  return [first, ...others.sort()];
}

/** @param {string} path @returns {Page} */
function pageOf(path) {
  const text = readFileSync(at(path), 'utf8');
  const title = /^# (.*)$/m.exec(text)?.[1]?.replaceAll('`', '') ?? path;
  return { path, title, about: firstSentence(text), text };
}

/** Returns the first sentence of a page, without its headings, links, pictures, tables and code. */
function firstSentence(/** @type {string} */ text) {
  const prose = text.replace(/^```[^]*?^```$/gm, '').split(/\n{2,}/);
  const paragraph = prose.find((part) => /^[A-Z`*]/.test(part)) ?? '';
  const plain = paragraph.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\s+/g, ' ');
  return /^.*?[.:](?= |$)/.exec(plain)?.[0].replace(/:$/, '.') ?? plain;
}

await whenStarted(import.meta.url, () => writeLlms('.'));
