// The rules of a release. Each problem is one sentence for the person who publishes.

import { knownHosts, relativeTargets, repositoryPage, withAbsoluteLinks } from './links.mjs';

/** The files that a release is judged by.
 *  @typedef {{
 *    manifest: { version: string, repository?: unknown, bugs?: unknown, homepage?: unknown,
 *      publishConfig?: { provenance?: boolean } },
 *    changelog: string,
 *    readme: string,
 *    versions: Readonly<Record<string, string | undefined>>,
 *    files: readonly string[],
 *    packed: readonly string[],
 *    git: { changed: readonly string[], tags: readonly string[] } | null,
 *    inCi: boolean,
 *  }} Release
 *   `versions` are the versions in other files, by the path of the file. `files` are the files of
 *   the repository, and `packed` those of the tarball. `tags` are the tags of the commit that is
 *   checked out; `git` is null outside a repository. */

/** The fields that only the publisher can know, with the reason for each. */
const needed = {
  repository: 'the registry links to the source, and provenance names it',
  bugs: 'users look there for the place to report a bug',
  homepage: 'the page of the registry links to it',
};

/** The parts of the tarball without which the package does nothing. */
const essential = ['README.md', 'CHANGELOG.md', 'dist/index.js', 'dist/valet_park.wasm'];

/** Returns what forbids to publish; nothing if the release is ready. */
export function problems(/** @type {Release} */ release) {
  return [
    ...fieldProblems(release),
    ...versionProblems(release),
    ...readmeProblems(release),
    ...fileProblems(release),
    ...gitProblems(release),
  ];
}

/** @param {Release} release */
function fieldProblems({ manifest, inCi }) {
  const missing = Object.entries(needed).filter(([field]) => {
    const value = manifest[/** @type {keyof typeof needed} */ (field)];
    const text = value !== null && typeof value === 'object' && 'url' in value ? value.url : value;
    return typeof text !== 'string' || text === '';
  });
  const found = missing.map(
    ([field, reason]) => `package.json has no \`${field}\`; set it, because ${reason}.`,
  );
  if (manifest.publishConfig?.provenance === true && !inCi) {
    found.push(
      'package.json sets `publishConfig.provenance`, which npm can make only in hosted CI; ' +
        'remove it, and pass `--provenance` there.',
    );
  }
  return found;
}

/** @param {Release} release */
function versionProblems({ manifest, changelog, versions }) {
  const { version } = manifest;
  const found = [];
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
    found.push(`package.json has the version \`${version}\`, which is no semantic version.`);
  }
  for (const [path, other] of Object.entries(versions)) {
    if (other === version) continue;
    const has = other === undefined ? 'no version' : `the version ${other}`;
    found.push(
      `${path} has ${has}, and package.json has ${version}; \`npm version\` sets both alike.`,
    );
  }
  const [, heading = ''] = /^## (.*)$/m.exec(changelog) ?? [];
  if (!heading.startsWith(`${version}, `)) {
    found.push(
      `CHANGELOG.md begins with \`## ${heading}\`, but the release is ${version}; add a section for it.`,
    );
  } else if (!/, \d{4}-\d{2}-\d{2}$/.test(heading)) {
    found.push(
      `CHANGELOG.md has \`## ${heading}\` without a date; \`npm version\` writes the date.`,
    );
  }
  return found;
}

/** @param {Release} release */
function readmeProblems({ manifest, readme, files }) {
  const exists = (/** @type {string} */ target) => {
    const path = target.replace(/^\.\//, '').replace(/\/$/, '');
    return files.some((file) => file === path || file.startsWith(`${path}/`));
  };
  const found = relativeTargets(readme)
    .filter((target) => !exists(target))
    .map((target) => `README.md links to \`${target}\`, which is not in the repository.`);
  const page = repositoryPage(manifest);
  if (page !== null && withAbsoluteLinks(readme, manifest) === null) {
    found.push(
      `README.md has relative links, and their addresses at ${new URL(page).host} are not known ` +
        `(known: ${knownHosts.join(', ')}); add the host to scripts/release-check/links.mjs.`,
    );
  }
  return found;
}

/** @param {Release} release */
function fileProblems({ packed }) {
  return essential
    .filter((path) => !packed.includes(path))
    .map((path) => `The tarball lacks ${path}; \`npm run build\` makes it.`);
}

/** @param {Release} release */
function gitProblems({ git, manifest }) {
  if (git === null) return [];
  const found = [];
  if (git.changed.length > 0) {
    found.push(`The working tree has changes (${git.changed.join(', ')}); commit them first.`);
  }
  const tag = `v${manifest.version}`;
  if (!git.tags.includes(tag)) {
    found.push(`The commit has no tag ${tag}; publish the commit that \`npm version\` made.`);
  }
  return found;
}
