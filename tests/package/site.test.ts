// The pages of the documentation site, before VitePress builds them. `npm run test:apps` builds the site
// and opens it.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { headingsOf, replaceLinks, slugOf } from '../../scripts/docs/links.mjs';
import { stage, versions } from '../../scripts/docs/stage.mjs';
import { menu } from '../../site/menu.mjs';

const { pages, pictures } = stage();
const translated = readdirSync('docs/ru').filter((name) => name.endsWith('.md'));

/** Returns the anchors of a page. A translation has the anchors of the English page. */
function anchorsOf(path: string): string[] {
  const text = pages.get(path) ?? '';
  const own = [...text.matchAll(/^#.* \{#(.*)\}$/gm)].map(([, anchor = '']) => anchor);
  const headings = own.length > 0 ? own : headingsOf(text).map(({ anchor }) => anchor);
  // The reference names its properties in HTML.
  const named = [...text.matchAll(/\bid="([^"]*)"/g)].map(([, anchor = '']) => anchor);
  return [...headings, ...named];
}

test('every link leads to a page of the site, and to one of its sections', () => {
  const wrong: string[] = [];
  let count = 0;
  for (const [path, text] of pages) {
    replaceLinks(path, text, ({ target, anchor }) => {
      count += 1;
      const isKnown = target === '' || pages.has(target) || pictures.has(target);
      const section = decodeURIComponent(anchor.slice(1));
      const hasSection =
        section === '' || anchorsOf(target === '' ? path : target).includes(section);
      if (!isKnown || !hasSection) wrong.push(`${path}: ${target}${anchor}`);
      return '';
    });
  }
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(200);
});

test('every page has a Russian address, and an English page says that it is not translated', () => {
  const english = [...pages.keys()].filter((path) => !path.startsWith('ru/'));
  expect(english.length).toBeGreaterThan(30);
  for (const path of english) {
    const [begin = '', notice] = (pages.get(`ru/${path}`) ?? '').split(/^::: info .*$/m);
    expect(/[а-я]/.test(begin) !== (notice !== undefined), path).toBe(true);
  }
});

test('the first page, and the guides of administrators and receptionists, are in Russian', () => {
  expect(translated).toEqual(expect.arrayContaining(['README.md', 'relay.md', 'reception.md']));
});

test.for(translated)('the Russian %s has the programs of the English page', (name) => {
  const english = name === 'README.md' ? name : join('docs', name);
  const programsIn = (path: string) => readFileSync(path, 'utf8').match(/^```\w[^]*?^```$/gm) ?? [];
  expect(programsIn(join('docs/ru', name))).toEqual(programsIn(english));
});

test('the menu lists each guide once, in both languages', () => {
  const listed = menu.flatMap((group) => group.pages.map(([path]) => `${path}.md`));
  expect(listed.filter((path) => !pages.has(path) || !pages.has(`ru/${path}`))).toEqual([]);
  const guides = readdirSync('docs').filter((name) => name.endsWith('.md'));
  expect(listed.filter((path) => /^docs\/[\w-]+\.md$/.test(path)).sort()).toEqual(
    guides.map((name) => `docs/${name}`).sort(),
  );
  for (const [, en, ru] of menu.flatMap((group) => group.pages)) expect(en && ru).not.toBe('');
});

test('the page of versions is made from the changelog', () => {
  const changelog = '# Changelog\n\n## 0.2.0, not released yet\n\n- New.\n\n## 0.1.0, 2026-11-28\n';
  expect(pages.get('versions.md')).toMatch(/^# Versions\n[^]*>0\.1\.0</);
  const texts = { title: 'Versions', intro: 'i', head: 'h', unreleased: 'not yet' };
  expect(versions(changelog, '../', texts)).toBe(
    '# Versions\n\ni\n\nh\n' +
      '| <a href="../0.2.0/">0.2.0</a> | not yet |\n' +
      '| <a href="../0.1.0/">0.1.0</a> | 2026-11-28 |\n',
  );
});

test('a heading has the anchor that hosts of repositories give it', () => {
  expect(slugOf('`<valet-lot>`: the reception panel')).toBe('valet-lot-the-reception-panel');
  expect(slugOf('0.1.0, not released yet')).toBe('010-not-released-yet');
  expect(headingsOf('# A\n\n## B\n\n```sh\n# no heading\n```\n\n## B\n')).toEqual([
    { level: 1, title: 'A', anchor: 'a' },
    { level: 2, title: 'B', anchor: 'b' },
    { level: 2, title: 'B', anchor: 'b-1' },
  ]);
});

test('the site needs only VitePress, in one version', () => {
  const { devDependencies } = JSON.parse(readFileSync('site/package.json', 'utf8'));
  expect(devDependencies).toEqual({ vitepress: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  expect(existsSync('site/package-lock.json')).toBe(true);
});
