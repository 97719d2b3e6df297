// The pages of the documentation site, made from README.md, docs/ and the other guides. The site has
// the folders of the project, so that links between pages stay as they are. The Russian pages are below
// `ru`: each is a translation from docs/ru, or the English page with a line that says so.

import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { at, Failure, files } from '../step.mjs';
import { headingsOf, outsideCode, replaceLinks } from './links.mjs';

const single = ['README', 'CHANGELOG', 'CONTRIBUTING', 'ARCHITECTURE', 'SECURITY', 'RELEASING'];

/** The paths of all English pages in the project. */
function sources() {
  const guides = files('docs', '.md').filter((path) => !path.startsWith('docs/ru/'));
  const others = [...single, 'CODE_OF_CONDUCT', 'examples/README'].map((name) => `${name}.md`);
  return [...others, ...guides].sort();
}

/** Returns the path of the translation of a page, whether it exists or not. */
const translationOf = (/** @type {string} */ path) =>
  path === 'README.md' ? 'docs/ru/README.md' : path.replace(/^docs\//, 'docs/ru/');

/** Returns the path of the English page of a translation. Other paths stay as they are. */
const englishOf = (/** @type {string} */ path) =>
  path === 'docs/ru/README.md' ? 'README.md' : path.replace(/^docs\/ru\//, 'docs/');

/**
 * Returns the text of each page by its path on the site, and the paths of the pictures.
 *
 * @returns {{ pages: Map<string, string>, pictures: Set<string> }}
 */
export function stage() {
  /** @type {Map<string, string>} */
  const pages = new Map();
  /** @type {Set<string>} */
  const pictures = new Set();
  const paths = sources();
  const known = new Set(paths);

  /** @param {string} path  of the source @param {string} target  on the site @param {string} root */
  const linked = (path, target, root, text = readFileSync(at(path), 'utf8')) =>
    replaceLinks(path, text, ({ isPicture, label, target: wanted, anchor }) => {
      if (wanted === '') return `[${label}](${anchor})`;
      const relative = (/** @type {string} */ to) => {
        const way = posix.relative(posix.dirname(target), to);
        return way.startsWith('.') ? way : `./${way}`;
      };
      const page = englishOf(wanted);
      if (known.has(page)) return `[${label}](${relative(root + page)}${anchor})`;
      if (!existsSync(at(wanted))) {
        const why = `${path} links to ${wanted}, which is missing`;
        throw new Failure('collecting the pages of the site', why, 'correct the link');
      }
      if (!isPicture) return label; // The site does not contain source files: only the label stays.
      pictures.add(wanted);
      return `![${label}](${relative(wanted)})`;
    });

  for (const path of paths) {
    pages.set(path, linked(path, path, ''));
    const translation = translationOf(path);
    const isTranslated = existsSync(at(translation)) && translation !== path;
    const text = isTranslated
      ? withAnchors(linked(translation, `ru/${path}`, 'ru/'), path, translation)
      : asFallback(linked(path, `ru/${path}`, 'ru/'));
    pages.set(`ru/${path}`, text);
  }
  pages.set('index.md', readFileSync(at('site/home.md'), 'utf8'));
  pages.set('ru/index.md', readFileSync(at('site/home.ru.md'), 'utf8'));
  const changelog = readFileSync(at('CHANGELOG.md'), 'utf8');
  pages.set('versions.md', versions(changelog, '../', english));
  pages.set('ru/versions.md', versions(changelog, '../../', russian));
  return { pages, pictures };
}

/**
 * Gives the headings of a translation the anchors of the English page, so that links to a section work
 * in both.
 *
 * @param {string} text @param {string} path @param {string} translation
 */
function withAnchors(text, path, translation) {
  const headings = headingsOf(readFileSync(at(path), 'utf8'));
  const shape = (/** @type {{ level: number }[]} */ all) => all.map(({ level }) => level).join(' ');
  if (shape(headingsOf(text)) !== shape(headings)) {
    const why = `${translation} has other headings than ${path}`;
    throw new Failure('collecting the pages of the site', why, 'give both the same sections');
  }
  let count = 0;
  return outsideCode(text, (part) =>
    part.replace(/^#+ .*$/gm, (heading) => `${heading} {#${headings[count++]?.anchor}}`),
  );
}

/** Adds to an English page the notice, in Russian, that the page is not translated yet. */
function asFallback(/** @type {string} */ text) {
  const [title = '', ...rest] = text.split('\n');
  const notice = '::: info По-английски\nЭта страница ещё не переведена.\n:::';
  return `${title}\n\n${notice}\n\n<div lang="en">\n${rest.join('\n')}\n</div>\n`;
}

const english = {
  title: 'Versions',
  head: '| version | released |\n| --- | --- |',
  intro: 'Each version has its own copy of this site. The version is in the address.',
  unreleased: 'not released yet',
};

const russian = {
  title: 'Версии',
  head: '| версия | выпущена |\n| --- | --- |',
  intro: 'У каждой версии своя копия сайта. Версия указана в адресе.',
  unreleased: 'ещё не выпущена',
};

/**
 * Returns the page with all versions, newest first.
 *
 * @param {string} changelog @param {string} root  the way to the folder with all versions
 * @param {typeof english} texts
 */
export function versions(changelog, root, { title, head, intro, unreleased }) {
  const rows = [...changelog.matchAll(/^## ([\d.]+), (.*)$/gm)].map(
    ([, version = '', date = '']) => {
      const released = /^\d{4}-/.test(date) ? date : unreleased;
      // VitePress looks for the target of a link in Markdown. The other versions are not here.
      return `| <a href="${root}${version}/">${version}</a> | ${released} |`;
    },
  );
  return `# ${title}\n\n${intro}\n\n${[head, ...rows].join('\n')}\n`;
}
