// Checks the form of all Markdown files: headings, tables, blocks of code, and spaces. The tests check
// that links lead to files and that examples run.

import { readFileSync } from 'node:fs';
import { ask, at, whenStarted } from '../step.mjs';

/** Returns the problems of all Markdown files, without the reference, which a program writes. */
export function markdownProblems() {
  const tracked = (ask('git', 'ls-files', '--', '*.md') ?? '').split('\n');
  // The home pages of the site begin with settings for VitePress.
  const written = tracked.filter((path) => path !== '' && !/^(docs\/api|site)\//.test(path));
  return written.flatMap((path) =>
    problemsOf(readFileSync(at(path), 'utf8')).map(({ line, what }) => `${path}:${line} ${what}`),
  );
}

/** @typedef {{ line: number, what: string }} Problem */

/**
 * Returns the problems of one text.
 *
 * @param {string} text
 * @returns {Problem[]}
 */
export function problemsOf(text) {
  /** @type {Problem[]} */
  const problems = [];
  let [inCode, level, columns] = [false, 0, 0];
  /** @type {Set<string>} */
  const headings = new Set();
  const lines = text.split('\n');
  lines.forEach((content, index) => {
    const report = (/** @type {string} */ what) => problems.push({ line: index + 1, what });
    const fence = /^\s*(?:> ?)?```(.*)$/.exec(content);
    if (fence) {
      if (!inCode && fence[1] === '') report('a block of code needs a language, such as `text`');
      inCode = !inCode;
      return;
    }
    if (inCode) return;
    if (content.includes('\t')) report('a tab; use spaces');
    if (/\s$/.test(content)) report('a space at the end of the line');
    const [, marks = '', title = ''] = /^(#+) (.*)$/.exec(content) ?? [];
    if (marks !== '') {
      if (marks.length > level + 1)
        report(`a heading of level ${marks.length} after one of ${level}`);
      if (marks === '#' && level > 0) report('a second title');
      if (headings.has(`${marks} ${title}`)) report(`a second heading "${title}"`);
      // Sections of the same name are clear below different chapters, as in a changelog.
      if (marks === '##') {
        for (const known of headings) if (known.startsWith('###')) headings.delete(known);
      }
      if (lines[index - 1]) report('a heading needs an empty line before it');
      headings.add(`${marks} ${title}`);
      level = marks.length;
    }
    if (!content.startsWith('|')) {
      columns = 0;
      return;
    }
    const cells = cellsOf(content);
    if (columns > 0 && cells !== columns) {
      report(`a row with ${cells} columns in a table with ${columns}`);
    }
    columns ||= cells;
  });
  if (inCode) problems.push({ line: lines.length, what: 'a block of code has no end' });
  if (!text.startsWith('# ')) problems.push({ line: 1, what: 'a page begins with its title' });
  if (!/[^\n]\n$/.test(text))
    problems.push({ line: lines.length, what: 'a file ends with one line break' });
  return problems;
}

/** Returns the number of cells of a row. A bar in code or after a backslash divides no cells. */
function cellsOf(/** @type {string} */ row) {
  const bare = row.replace(/\\\|/g, '').replace(/`[^`]*`/g, '');
  return bare.split('|').length - 2;
}

await whenStarted(import.meta.url, () => {
  const problems = markdownProblems();
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
});
