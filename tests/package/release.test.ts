// The check before a release. `npm publish` runs it, so a rule that fails here cannot be published.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import {
  relativeTargets,
  repositoryPage,
  withAbsoluteLinks,
} from '../../scripts/release-check/links.mjs';
import { problems } from '../../scripts/release-check/problems.mjs';

const { files } = inject('installed');
const readme = readFileSync('README.md', 'utf8');

type Release = Parameters<typeof problems>[0];

/** A release without a problem. */
const ready: Release = {
  manifest: {
    version: '1.2.3',
    repository: { type: 'git', url: 'git+https://github.com/someone/valet-park.git' },
    bugs: 'https://github.com/someone/valet-park/issues',
    homepage: 'https://github.com/someone/valet-park#readme',
  },
  changelog: '# Changelog\n\n## 1.2.3, 2026-11-28\n\n- First.\n\n## 1.2.2, 2026-11-01\n',
  readme: 'See [the guide](docs/parking.md#a-client) and ![the panel](docs/panel.png).',
  versions: { 'Cargo.toml': '1.2.3' },
  files: ['README.md', 'docs/parking.md', 'docs/panel.png'],
  packed: files.map(({ path }) => path),
  git: { changed: [], tags: ['v1.2.3'] },
  inCi: false,
};

test('a complete release has no problem', () => {
  expect(problems(ready)).toEqual([]);
});

const { manifest } = ready;

test.for<[what: string, change: Partial<Release>, problem: RegExp]>([
  ['no repository', { manifest: { ...manifest, repository: undefined } }, /no `repository`/],
  ['an empty repository', { manifest: { ...manifest, repository: {} } }, /no `repository`/],
  ['no bugs', { manifest: { ...manifest, bugs: undefined } }, /no `bugs`/],
  ['no homepage', { manifest: { ...manifest, homepage: '' } }, /no `homepage`/],
  [
    'provenance on the machine of a person',
    { manifest: { ...manifest, publishConfig: { provenance: true } } },
    /only in hosted CI/,
  ],
  ['another version in a file', { versions: { 'Cargo.toml': '1.2.2' } }, /Cargo.toml has the/],
  ['no version in a file', { versions: { 'Cargo.toml': undefined } }, /Cargo.toml has no version/],
  ['an old changelog', { changelog: '## 1.2.2, 2026-11-01\n' }, /add a section/],
  ['an undated changelog', { changelog: '## 1.2.3, not released yet\n' }, /without a date/],
  ['a dead link', { readme: '[gone](docs/gone.md)' }, /`docs\/gone.md`, which is not in/],
  ['a dead picture', { readme: '<img src="docs/gone.png" alt="">' }, /`docs\/gone.png`/],
  [
    'an unknown host',
    { manifest: { ...manifest, repository: 'https://git.example/someone/valet-park' } },
    /git\.example are not known/,
  ],
  ['no build', { packed: ['README.md', 'CHANGELOG.md', 'dist/index.js'] }, /valet_park\.wasm/],
  ['changed files', { git: { changed: ['README.md'], tags: ['v1.2.3'] } }, /README\.md\); commit/],
  ['no tag', { git: { changed: [], tags: [] } }, /no tag v1\.2\.3/],
])('%s forbids a release, in one sentence', ([, change, problem]) => {
  const found = problems({ ...ready, ...change });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(problem);
  expect(found[0]).toMatch(/^[^\n]+\.$/);
});

test('a version that is not semantic forbids a release', () => {
  const found = problems({ ...ready, manifest: { ...manifest, version: '1.2' } });
  expect(found[0]).toMatch(/`1\.2`, which is no semantic version/);
});

test.for([
  ['git+https://github.com/a/b.git', 'https://github.com/a/b'],
  ['https://gitlab.com/a/b/c', 'https://gitlab.com/a/b/c'],
  ['ssh://git@codeberg.org/a/b.git', 'https://codeberg.org/a/b'],
  ['a/b', 'https://github.com/a/b'],
  ['gitlab:a/b', 'https://gitlab.com/a/b'],
  ['somewhere else', null],
])('the page of the repository %s', ([url, page]) => {
  expect(repositoryPage({ repository: { url } })).toBe(page);
});

test('links of the README become absolute, and code stays', () => {
  const text = [
    '[![picture](docs/a.png)](docs/a.md) [anchor](docs/b.md#part) [site](https://example.com)',
    '[here](#limits) <img src="docs/c.png"> <a href="docs/d.md">d</a>',
    '```html',
    '<img src="docs/e.png">',
    '```',
  ].join('\n');
  const at = 'https://github.com/someone/valet-park';
  const absolute = withAbsoluteLinks('![a](docs/a.png)', manifest);
  expect(absolute).toBe(`![a](${at}/raw/v1.2.3/docs/a.png)`);
  const lines = withAbsoluteLinks(text, manifest)?.split('\n') ?? [];
  expect(lines[0]).toContain(`(${at}/blob/v1.2.3/docs/b.md#part) [site](https://example.com)`);
  expect(lines[1]).toBe(
    `[here](#limits) <img src="${at}/raw/v1.2.3/docs/c.png"> <a href="${at}/blob/v1.2.3/docs/d.md">d</a>`,
  );
  expect(lines.slice(2).join('\n')).toBe('```html\n<img src="docs/e.png">\n```');
});

test('no relative link remains in the README of the registry', () => {
  expect(relativeTargets(readme).length).toBeGreaterThan(10);
  expect(relativeTargets(withAbsoluteLinks(readme, manifest) ?? readme)).toEqual([]);
});

test('npm publish checks the release first, and needs no hosted CI', () => {
  const { scripts, publishConfig } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(scripts.prepublishOnly).toBe(scripts['release:check']);
  expect(publishConfig).toEqual({ access: 'public' });
});

test('npm run release:check refuses to publish without the fields that the publisher sets', () => {
  const script = 'scripts/release-check.mjs';
  const { stderr, status } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  const { repository, bugs, homepage } = JSON.parse(readFileSync('package.json', 'utf8'));
  if (repository === undefined) expect(stderr).toMatch(/^✗ package.json has no `repository`; /m);
  if (bugs === undefined) expect(stderr).toMatch(/^✗ package.json has no `bugs`; /m);
  if (homepage === undefined) expect(stderr).toMatch(/^✗ package.json has no `homepage`; /m);
  if (repository === undefined) expect(status).toBe(1);
});
