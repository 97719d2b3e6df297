// The links and the headings of a Markdown page.

import { posix } from 'node:path';

/** A link or a picture outside code: `[label](target)`. */
const link = /(!?)\[((?:[^\][]|\[[^\]]*\])*)\]\((?!https?:|mailto:)([^)#\s]*)(#[^)\s]*)?\)/g;

/** Returns the anchor of a heading, as the hosts of repositories do. */
export function slugOf(/** @type {string} */ title) {
  const text = title
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '');
  return text.replace(/\s/g, '-');
}

/**
 * Calls `change` with each part of the text that is no block of code.
 *
 * @param {string} text @param {(part: string) => string} change
 */
export function outsideCode(text, change) {
  const parts = text.split(/^(```[^]*?^```)$/m);
  return parts.map((part, index) => (index % 2 === 0 ? change(part) : part)).join('');
}

/**
 * A link of a page.
 *
 * @typedef {{ isPicture: boolean, label: string, target: string, anchor: string }} Link
 *   `target` is a path in the project, or the empty text for an anchor of the same page.
 */

/**
 * Replaces the relative links of a page.
 *
 * @param {string} path  the path of the page in the project
 * @param {string} text
 * @param {(link: Link) => string} replace
 */
export function replaceLinks(path, text, replace) {
  return outsideCode(text, (part) =>
    part.replace(link, (all, picture, label, target, anchor = '') => {
      // A link in code, as in `[a](b)`, is no link.
      const isPicture = picture === '!';
      const whole = target === '' ? '' : posix.join(posix.dirname(path), target);
      return target === '' && anchor === ''
        ? all
        : replace({ isPicture, label, target: whole, anchor });
    }),
  );
}

/**
 * Returns the headings of a page, each with its anchor.
 *
 * @param {string} text
 * @returns {{ level: number, title: string, anchor: string }[]}
 */
export function headingsOf(text) {
  /** @type {{ level: number, title: string, anchor: string }[]} */
  const headings = [];
  /** @type {Map<string, number>} */
  const counts = new Map();
  outsideCode(text, (part) => {
    for (const [, marks = '', title = ''] of part.matchAll(/^(#+) (.*)$/gm)) {
      const plain = title.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
      const slug = slugOf(plain);
      const count = counts.get(slug) ?? 0;
      counts.set(slug, count + 1);
      headings.push({
        level: marks.length,
        title,
        anchor: count === 0 ? slug : `${slug}-${count}`,
      });
    }
    return part;
  });
  return headings;
}
