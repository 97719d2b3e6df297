import { copyFileSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { beforeAll, expect, inject, test } from 'vitest';

const { project } = inject('installed');
const fixtures = 'tests/package/consumer';

beforeAll(() => {
  for (const file of readdirSync(fixtures)) copyFileSync(join(fixtures, file), join(project, file));
  // Only valet-park/server uses the types of Node, and only valet-park/react those of React.
  mkdirSync(join(project, 'node_modules/@types'), { recursive: true });
  for (const name of ['@types/node', 'undici-types', '@types/react', 'csstype']) {
    symlinkSync(resolve('node_modules', name), join(project, 'node_modules', name));
  }
});

/** The files of TypeScript's own libraries, which are parsed only once. */
const libraries = new Map<string, ts.SourceFile | undefined>();

/** Compiles a file in the project of a user with strict options, and returns the errors. */
function compile(file: string, options: Record<string, unknown>): string {
  const { options: strict, errors } = ts.convertCompilerOptionsFromJson(
    {
      ...{ target: 'ES2022', lib: ['ES2022', 'DOM'], types: [], noEmit: true },
      ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false },
      ...options,
    },
    project,
  );
  const host = ts.createCompilerHost(strict);
  const folder = dirname(host.getDefaultLibFileName(strict));
  const read = host.getSourceFile;
  host.getCurrentDirectory = () => project;
  host.getSourceFile = (name, ...rest) => {
    if (dirname(name) !== folder) return read(name, ...rest);
    if (!libraries.has(name)) libraries.set(name, read(name, ...rest));
    return libraries.get(name);
  };
  const program = ts.createProgram([join(project, file)], strict, host);
  // The types of TypeScript and of React are right, and large.
  const inside = realpathSync(project);
  const own = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(inside));
  const found = [
    ...errors,
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...own.flatMap((each) => program.getSyntacticDiagnostics(each)),
    ...own.flatMap((each) => program.getSemanticDiagnostics(each)),
  ];
  return ts.formatDiagnostics(found, host);
}

const resolutions = [
  { module: 'Node16', moduleResolution: 'Node16' },
  { module: 'NodeNext', moduleResolution: 'NodeNext' },
  { module: 'ESNext', moduleResolution: 'Bundler' },
];

test.each(resolutions)('types under $moduleResolution', (options) => {
  expect(compile('panel.mts', options)).toBe('');
});

test.each(resolutions.slice(0, 2))('types of require() under $moduleResolution', (options) => {
  expect(compile('panel.cts', options)).toBe('');
});

test.each(resolutions)('types of the element under $moduleResolution', (options) => {
  expect(compile('element.mts', options)).toBe('');
});

test.each(resolutions)('types for React under $moduleResolution', (options) => {
  expect(compile('react.mts', options)).toBe('');
});

// Under Node16 a `.tsx` file of this project is CommonJS, which cannot import the entry for React.
test.each(resolutions.slice(1))('types of the JSX of React under $moduleResolution', (options) => {
  expect(compile('jsx.tsx', { ...options, jsx: 'react-jsx' })).toBe('');
});

test('types of the server', () => {
  const options = { module: 'NodeNext', moduleResolution: 'NodeNext', types: ['node'] };
  expect(compile('server.mts', { ...options, skipLibCheck: true })).toBe('');
});

test('a wrong program does not compile', () => {
  const options = { module: 'NodeNext', moduleResolution: 'NodeNext' };
  const complaints = compile('wrong.mts', options).match(/^wrong\.mts\((\d+),.*error/gm) ?? [];
  expect(complaints.map((line) => Number(/\((\d+),/.exec(line)?.[1]))).toEqual([5, 7, 9, 11]);
});
