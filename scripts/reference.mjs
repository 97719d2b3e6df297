// Writes docs/api from the published types. Run `npm run reference` after an intended change of
// them. A test compares both, so that the public types cannot change by mistake.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { headingsOf } from './docs/links.mjs';
import { at, files as filesIn, whenStarted } from './step.mjs';

/** The types of each entry point, by the name of its page. */
const entries = {
  'valet-park': 'dist/index.d.cts',
  lot: 'dist/lot/index.d.cts',
  element: 'dist/element.d.ts',
  react: 'dist/react.d.ts',
  server: 'dist/server.d.ts',
};

/** @param {string} folder  the folder to write, relative to the root of the project */
export async function writeReference(folder) {
  const { Application, TSConfigReader } = await import('typedoc');
  const tsconfig = at('build/reference/tsconfig.json');
  mkdirSync(at('build/reference'), { recursive: true });
  const files = Object.values(entries).map((entry) => at(entry));
  const compilerOptions = {
    ...{ target: 'ES2022', lib: ['ES2022', 'DOM', 'ESNext.Disposable'], types: [] },
    ...{ module: 'NodeNext', moduleResolution: 'NodeNext', strict: true, skipLibCheck: true },
  };
  writeFileSync(tsconfig, JSON.stringify({ compilerOptions, files }));
  const options = {
    entryPoints: files,
    tsconfig,
    outputs: [{ name: 'markdown', path: at(folder) }],
    cleanOutputDir: false,
    plugin: ['typedoc-plugin-markdown'],
    ...{ readme: 'none', disableSources: true, excludeExternals: true, excludePrivate: true },
    ...{ disableGit: true, githubPages: false, logLevel: 'Error', sort: ['kind', 'source-order'] },
    ...{ outputFileStrategy: 'modules', entryFileName: 'index', hideBreadcrumbs: true },
    ...{ hidePageHeader: true, useCodeBlocks: true, formatWithPrettier: false },
    ...{ parametersFormat: 'table', interfacePropertiesFormat: 'table' },
    ...{ typeDeclarationFormat: 'table', indexFormat: 'list' },
  };
  const app = await Application.bootstrapWithPlugins(/** @type {any} */ (options), [
    new TSConfigReader(),
  ]);
  const project = await app.convert();
  if (project === undefined) throw new Error('typedoc could not read the types');
  for (const page of project.children ?? []) {
    const found = Object.entries(entries).find(([, file]) => file.includes(`/${page.name}.d.`));
    if (found !== undefined) page.name = found[0];
  }
  rmSync(at(folder), { recursive: true, force: true });
  await app.generateOutputs(project);
  if (app.logger.hasErrors()) throw new Error('the reference has gaps: see the messages above');
  for (const path of filesIn(folder, '.md')) {
    writeFileSync(at(path), withAnchors(readFileSync(at(path), 'utf8')));
  }
}

/** Corrects the links to sections: typedoc counts some names as second ones that are the first. */
function withAnchors(/** @type {string} */ text) {
  const anchors = new Set(headingsOf(text).map(({ anchor }) => anchor));
  return text.replace(/\]\(#([\w-]+)-1\)/g, (all, anchor) =>
    !anchors.has(`${anchor}-1`) && anchors.has(anchor) ? `](#${anchor})` : all,
  );
}

await whenStarted(import.meta.url, () => writeReference('docs/api'));
