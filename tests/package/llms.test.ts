// The documentation for coding assistants. Every build makes it from docs/.

import { existsSync, readFileSync } from 'node:fs';
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

test('the whole text has every guide, and every public name', () => {
  for (const [, title = ''] of index.matchAll(/^- \[(.+)\]\(docs/gm)) {
    expect(full.replaceAll('`', '').includes(`\n# ${title}\n`), title).toBe(true);
  }
  const types = ['index.d.cts', 'lot/index.d.cts', 'element.d.ts', 'react.d.ts', 'server.d.ts'];
  for (const path of types) {
    const names = read(`dist/${path}`).matchAll(
      /^export (?:declare )?(?:abstract )?(?:class|interface|type|function|const) (\w+)/gm,
    );
    for (const [, name = ''] of names)
      expect(full.includes(name), `${path} exports ${name}`).toBe(true);
  }
});
