// The rules for CSS, which `npm run check` applies to the panel.

import { expect, test } from 'vitest';
import { problemsOf } from '../../scripts/check/styles.mjs';

test('styles without a problem', async () => {
  const css = ':host { --parking-ink: #000; font-variant-numeric: tabular-nums; color: red; }';
  expect(await problemsOf(css, true)).toEqual([]);
  expect(await problemsOf(`const styles = css\`${css}\`;`, false)).toEqual([]);
  expect(await problemsOf('const text = `colour: red`;', false)).toEqual([]);
});

test('a template that another template inserts is checked by itself', async () => {
  const text = 'const line = css`overflow: hidden;`;\nconst all = css`a { ${line} }`;';
  expect(await problemsOf(text, false)).toEqual([]);
  expect(await problemsOf(text.replace('overflow', 'overflou'), false)).toEqual([
    { line: 1, what: 'unknown property `overflou`' },
  ]);
});

test.for<[css: string, what: RegExp]>([
  ['a { colour: red; }', /unknown property `colour`/],
  ['a { color: red } }', /Unexpected/],
  ['a { : red; }', /Unexpected/],
])('%s has a problem, also inside a template', async ([css, what]) => {
  expect(await problemsOf(`\n${css}`, true)).toEqual([
    { line: 2, what: expect.stringMatching(what) },
  ]);
  const inside = await problemsOf(`import {};\n\nconst styles = css\`\n${css}\`;`, false);
  expect(inside).toEqual([{ line: 4, what: expect.stringMatching(what) }]);
});
