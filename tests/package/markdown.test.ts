// The rules for the form of Markdown, which `npm run check` applies to all pages.

import { expect, test } from 'vitest';
import { problemsOf } from '../../scripts/check/markdown.mjs';

test('a page without a problem', () => {
  const page =
    '# Title\n\n## Part\n\n| a | `b|c` |\n| --- | --- |\n\n```js\n# not a heading\t\n```\n';
  expect(problemsOf(page)).toEqual([]);
  expect(problemsOf('# Log\n\n## 2\n\n### Added\n\n## 1\n\n### Added\n')).toEqual([]);
});

test.for<[text: string, line: number, what: RegExp]>([
  ['Text.\n', 1, /begins with its title/],
  ['# A\n\n### B\n', 3, /level 3 after one of 1/],
  ['# A\n\n# B\n', 3, /second title/],
  ['# A\n\n## B\n\n## B\n', 5, /second heading "B"/],
  ['# A\nText.\n## B\n', 3, /empty line before/],
  ['# A\n\nText. \n', 3, /space at the end/],
  ['# A\n\n\tText.\n', 3, /tab/],
  ['# A\n\n```\ncode\n```\n', 3, /needs a language/],
  ['# A\n\n```js\ncode\n', 5, /has no end/],
  ['# A\n\n| a | b |\n| --- | --- |\n| c |\n', 5, /1 columns in a table with 2/],
  ['# A', 1, /ends with one line break/],
])('%j has a problem', ([text, line, what]) => {
  expect(problemsOf(text)).toEqual([{ line, what: expect.stringMatching(what) }]);
});
