// The documentation for coding assistants. Every build makes it from docs/.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { llms } from '../../scripts/llms.mjs';

const { folder } = inject('installed');
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const [index, full] = [read('llms.txt'), read('llms-full.txt')];

test('both files are up to date; `npm run build` writes them', () => {
  expect({ 'llms.txt': index, 'llms-full.txt': full }).toEqual(llms());
});

test('the index begins as llmstxt.org asks, and says something about each guide', () => {
  expect(index).toMatch(/^# valet-park [\d.]+\n\n> .+\.\n/);
  const entries = [...index.matchAll(/^- \[(.+)\]\((.+)\): (.+)$/gm)];
  expect(entries.length).toBeGreaterThan(10);
  for (const [, title = '', path = '', about = ''] of entries) {
    expect(title, path).not.toBe(path);
    expect(about, path).toMatch(/^[^|[\]#]{20,250}\.$/);
  }
});

test('every page that the index links to is in the package', () => {
  for (const [, path = ''] of index.matchAll(/\]\(([^)]+)\)/g)) {
    expect(existsSync(join(folder, path)), path).toBe(true);
  }
});

// tests/package/reference.test.ts checks that the reference has every public name.
test('the whole text has every guide and every page of the reference', () => {
  const pages = ['docs', 'docs/api'].flatMap((at) =>
    readdirSync(at)
      .filter((name) => name.endsWith('.md') && name !== 'index.md')
      .map((name) => `${at}/${name}`),
  );
  expect(pages.length).toBeGreaterThan(15);
  for (const path of ['README.md', ...pages]) {
    const text = readFileSync(path, 'utf8').trim();
    expect(full.includes(`<!-- ${path} -->\n\n${text}\n`), path).toBe(true);
  }
});
