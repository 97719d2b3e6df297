// Makes the relative links of the README absolute. The page of the registry cannot show a relative
// picture, or follow a relative link, for every host of repositories.

/** How a host writes the address of a file at a tag: for people, and as the file itself.
 *  @typedef {{ page: string, raw: string }} Paths */

/** @type {Readonly<Record<string, Paths>>} */
const hosts = {
  'github.com': { page: 'blob', raw: 'raw' },
  'gitlab.com': { page: '-/blob', raw: '-/raw' },
  'codeberg.org': { page: 'src/tag', raw: 'raw/tag' },
};

/** The hosts whose addresses are known. */
export const knownHosts = Object.keys(hosts);

/**
 * Returns the address of the repository as a web page, or null if package.json has none.
 *
 * @param {{ repository?: unknown }} manifest
 */
export function repositoryPage({ repository }) {
  const written =
    typeof repository === 'string'
      ? repository
      : /** @type {{ url?: unknown } | undefined} */ (repository)?.url;
  if (typeof written !== 'string') return null;
  const short = /^(?:(github|gitlab):)?([\w.-]+\/[\w.-]+)$/.exec(written);
  if (short) return `https://${short[1] ?? 'github'}.com/${short[2]}`;
  const full = /^(?:git\+)?(?:https|ssh|git):\/\/(?:[^@/]*@)?([^/]+)\/(.+?)(?:\.git)?\/?$/.exec(
    written,
  );
  return full ? `https://${full[1]}/${full[2]}` : null;
}

/** The links and pictures of Markdown: `](target)` and `![text](target)`, with an anchor or not. */
const inMarkdown =
  /(!?)\[((?:[^\][]|\[[^\]]*\])*)\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)\s]*)?\)/g;
/** The same in HTML, as in `<img src="target">`. */
const inHtml = /\b(src|srcset|href)="(?!https?:|#|mailto:|data:)([^"#\s]+)(#[^"\s]*)?"/g;

/** Calls `change` with each part of the text that is no block of code. */
function outsideCode(/** @type {string} */ text, /** @type {(part: string) => string} */ change) {
  const parts = text.split(/^(```[^]*?^```)$/m);
  return parts.map((part, index) => (index % 2 === 0 ? change(part) : part)).join('');
}

/**
 * Returns the relative targets of a Markdown text.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function relativeTargets(text) {
  /** @type {string[]} */
  const targets = [];
  outsideCode(text, (part) => {
    targets.push(...[...part.matchAll(inMarkdown)].map(([, , , target = '']) => target));
    targets.push(...[...part.matchAll(inHtml)].map(([, , target = '']) => target));
    return part;
  });
  return targets;
}

/**
 * Returns the text with absolute links, or null if the host of the repository is not known.
 *
 * @param {string} text
 * @param {{ repository?: unknown, version: string }} manifest
 */
export function withAbsoluteLinks(text, manifest) {
  const page = repositoryPage(manifest);
  const paths = page === null ? undefined : hosts[new URL(page).host];
  if (paths === undefined) return null;
  const address = (/** @type {keyof Paths} */ kind, /** @type {string} */ target) =>
    `${page}/${paths[kind]}/v${manifest.version}/${target.replace(/^\.\//, '')}`;
  return outsideCode(text, (part) =>
    part
      .replace(inMarkdown, (_all, picture, label, target, anchor = '') => {
        const kind = picture === '' ? 'page' : 'raw';
        return `${picture}[${label}](${address(kind, target)}${anchor})`;
      })
      .replace(inHtml, (_all, name, target, anchor = '') => {
        const kind = name === 'href' ? 'page' : 'raw';
        return `${name}="${address(kind, target)}${anchor}"`;
      }),
  );
}
