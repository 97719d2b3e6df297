// Finds modules that import each other in a circle. The order in which they run depends on the one
// that is imported first. Imports of types do not count, because types do not run.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { at, files } from '../step.mjs';

const folders = ['src/client', 'www', 'scripts', 'tests', 'benches'];

/**
 * Returns the cycles among all modules of the project, each as `a.ts → b.ts → a.ts`.
 *
 * @returns {string[]}
 */
export function importCycles() {
  const modules = folders.flatMap((folder) => files(folder, '.ts', '.tsx', '.mjs'));
  return cyclesIn(new Map(modules.map((path) => [path, importsOf(path)])));
}

/**
 * Returns the cycles of a graph: one for every edge that leads back to an earlier node of its path.
 *
 * @param {Map<string, string[]>} graph  the modules that each module imports
 */
function cyclesIn(graph) {
  /** @type {string[]} */
  const cycles = [];
  const finished = new Set();
  /** @param {string} path @param {string[]} way */
  const visit = (path, way) => {
    const start = way.indexOf(path);
    if (start >= 0) cycles.push([...way.slice(start), path].join(' → '));
    if (start >= 0 || finished.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...way, path]);
    finished.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return cycles;
}

/** Returns the modules of the project that a module imports when it runs. */
function importsOf(/** @type {string} */ path) {
  const source = ts.createSourceFile(path, readFileSync(at(path), 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    const target = importedBy(statement);
    return target?.startsWith('.') ? [sourceOf(join(dirname(path), target))] : [];
  });
}

/** Returns the path in an `import` or `export … from`, or undefined if it brings only types. */
function importedBy(/** @type {ts.Statement} */ statement) {
  const isImport = ts.isImportDeclaration(statement);
  if (!isImport && !ts.isExportDeclaration(statement)) return undefined;
  const isTypes = isImport
    ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
    : statement.isTypeOnly;
  const target = statement.moduleSpecifier;
  return !isTypes && target && ts.isStringLiteral(target) ? target.text : undefined;
}

/** Returns the source of a module. The client names its modules by their published `.js` file. */
function sourceOf(/** @type {string} */ path) {
  return path.startsWith('src/client/') ? path.replace(/\.js$/, '.ts') : path;
}
