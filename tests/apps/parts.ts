// Parts that several apps with <valet-lot> use, such as the options of TypeScript and the command of Vite.

import { readFileSync } from 'node:fs';
import type { App } from './app.ts';

/** Returns the file `tsconfig.json` of an app. */
export const tsconfig = (options: object, more: object = {}): string =>
  JSON.stringify({
    compilerOptions: {
      ...{ target: 'es2022', lib: ['es2022', 'dom', 'dom.iterable'], module: 'esnext' },
      ...{ moduleResolution: 'bundler', strict: true, noEmit: true, skipLibCheck: true },
      // The module of the story is JavaScript.
      ...{ allowJs: true, noImplicitAny: false, types: [], ...options },
    },
    ...more,
  });

/** The page of a built folder. */
export const folder = (name: string): Pick<App, 'run' | 'output'> => ({
  run: { kind: 'page', folder: name },
  output: name,
});

export const vite = ['vite', 'build', '--logLevel', 'warn'];

const blocks = readFileSync('docs/frameworks.md', 'utf8').matchAll(/^```(\w+)\n([^]*?)^```$/gm);
const shown = [...blocks].map(([, language = '', text = '']) => ({ language, text }));

/** Returns a block of code of the guide to the frameworks. The apps use the blocks as they are. */
export function guide(language: string, index = 0): string {
  const found = shown.filter((block) => block.language === language)[index]?.text;
  if (found === undefined) throw new Error(`docs/frameworks.md has no such block: ${language}`);
  return found;
}

/** A component of the guide with a wrong value in its template, and with a wrong detail of an event. */
export function mistaken(text: string): string {
  return text.replace('home="Reception"', 'layout="circle"').replace('detail.slot', 'detail.place');
}

/** A component of the guide that sets a property which does not exist. */
export function misspelt(text: string): string {
  return text.replace('home=', 'hom=');
}
