// Checks the CSS of the panel: the style sheets, and the templates of Lit in TypeScript. Reports what a
// browser would ignore without a message: wrong syntax, and names of properties that do not exist.

import { readFileSync } from 'node:fs';
import { at, files, whenStarted } from '../step.mjs';

/** Returns the names of all properties, from the types that React uses for styles. */
function propertyNames() {
  const types = readFileSync(at('node_modules/csstype/index.d.ts'), 'utf8');
  return new Set([...types.matchAll(/^ {2}"?([a-z-]+)"?\?:/gm)].map(([, name]) => name));
}

/** Returns the problems of all styles. */
export async function styleProblems() {
  const problems = [];
  for (const path of [...files('www', '.css'), ...files('www', '.ts')]) {
    const text = readFileSync(at(path), 'utf8');
    for (const { line, what } of await problemsOf(text, path.endsWith('.css'))) {
      problems.push(`${path}:${line} ${what}`);
    }
  }
  return problems;
}

/**
 * Returns the problems of one file.
 *
 * @param {string} text
 * @param {boolean} isSheet  false for TypeScript, of which only the templates of Lit are read
 */
export async function problemsOf(text, isSheet) {
  // The package is missing in a fresh clone before the set-up.
  const { transform } = await import('lightningcss');
  const known = propertyNames();
  /** @type {{ line: number, what: string }[]} */
  const problems = [];
  const whole = [{ index: 0, css: text }];
  const templates = [...text.matchAll(/(?<=\bcss`)[^`]*/g)];
  const sheets = isSheet
    ? whole
    : templates.map((found) => ({ index: found.index, css: sheetOf(found[0]) }));
  for (const { index, css } of sheets) {
    const before = text.slice(0, index).split('\n').length - 1;
    const { warnings } = transform({
      filename: 'style.css',
      code: Buffer.from(css),
      errorRecovery: true,
      visitor: {
        Declaration: {
          custom({ name }) {
            if (name.startsWith('--') || known.has(name)) return;
            const line = before + css.slice(0, css.indexOf(`${name}:`)).split('\n').length;
            problems.push({ line, what: `unknown property \`${name}\`` });
          },
        },
      },
    });
    for (const { message, loc } of warnings) {
      problems.push({ line: before + loc.line, what: message });
    }
  }
  return problems;
}

/**
 * Returns the style sheet in a template. Leaves out what the template inserts, because that is checked in
 * its own template. A number takes the place of an inserted number, which has a unit after it. Declarations
 * without a selector, which other templates insert, get a selector.
 *
 * @param {string} template
 */
function sheetOf(template) {
  const css = template.replace(/\$\{[^}]*\}(?=em|rem|px)/g, '1').replace(/\$\{[^}]*\}/g, '');
  return css.includes('{') ? css : `a {${css}}`;
}

await whenStarted(import.meta.url, async () => {
  const problems = await styleProblems();
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
});
