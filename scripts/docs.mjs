// Builds the documentation site into build/site: one folder for each version, with the demo.
// `npm run docs -- --base /valet-park/` sets the path of the site on its host; the default is `/`.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { buildDemo, demoFolder } from './demo.mjs';
import { stage } from './docs/stage.mjs';
import { at, Failure, files, run, step, whenStarted } from './step.mjs';

/** The folder of the built site. */
export const siteFolder = 'build/site';

/** Installs VitePress. Only the site needs it, so `npm ci` does not install it. */
async function installVitePress() {
  const io = {
    reads: ['site/package-lock.json'],
    writes: ['site/node_modules/.package-lock.json'],
    facts: [process.platform, process.arch],
  };
  await step('VitePress', io, async () => {
    const args = ['ci', '--prefix', 'site', '--ignore-scripts', '--no-audit', '--no-fund'];
    await run('npm', args, {
      what: 'installing VitePress',
      remedy: 'see the message above; does `npm ping` reach the registry?',
    });
  });
}

/** Writes the pages and the pictures that VitePress reads. */
function writePages() {
  const folder = at('site/pages');
  rmSync(folder, { recursive: true, force: true });
  const { pages, pictures } = stage();
  for (const [path, text] of pages) {
    mkdirSync(dirname(`${folder}/${path}`), { recursive: true });
    writeFileSync(`${folder}/${path}`, text);
  }
  for (const path of pictures) cpSync(at(path), `${folder}/${path}`);
  cpSync(at(demoFolder), `${folder}/public/demo`, { recursive: true });
  cpSync(at('www/icon.svg'), `${folder}/public/icon.svg`);
  for (const name of ['llms.txt', 'llms-full.txt']) cpSync(at(name), `${folder}/public/${name}`);
}

/**
 * Builds the site of this version, and the page that leads to it.
 *
 * @param {string} base  the path of the site on its host, with a slash at both ends
 */
export async function buildSite(base) {
  if (!/^\/(.*\/)?$/.test(base)) {
    const why = `\`${base}\` is no path with a slash at both ends`;
    throw new Failure('building the site', why, 'pass a path such as `--base /valet-park/`');
  }
  await buildDemo();
  await installVitePress();
  writePages();
  const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const folder = `${siteFolder}/${version}`;
  rmSync(at(folder), { recursive: true, force: true });
  await run(process.execPath, ['site/node_modules/vitepress/bin/vitepress.js', 'build', 'site'], {
    what: 'building the site',
    remedy: 'see the message of VitePress above',
    env: { DOCS_BASE: `${base}${version}/`, DOCS_VERSION: version, DOCS_OUT: at(folder) },
  });
  writeFileSync(at(`${siteFolder}/index.html`), leadTo(version));
  console.log(`${folder}: ${files(folder).length} files`);
}

/** Returns the page at the root of the site: it leads to the newest version. */
function leadTo(/** @type {string} */ version) {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <meta http-equiv="refresh" content="0; url=./${version}/" />
  <title>valet-park</title>
  <a href="./${version}/">valet-park ${version}</a>
</html>
`;
}

await whenStarted(import.meta.url, async () => {
  const { values } = parseArgs({ options: { base: { type: 'string', default: '/' } } });
  await build();
  await buildSite(values.base);
  console.log('\nCopy this folder beside the older versions on your host.');
});
