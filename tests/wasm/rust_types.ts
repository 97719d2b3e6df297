/** Reads from the Rust source which fields and words cross to JavaScript. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A field by its name in JavaScript, and its type in Rust. */
export type Fields = Readonly<Record<string, string>>;

/** An object that crosses: its fields, or its fields by the word that tells its variants apart. */
export type Shape =
  | { readonly fields: Fields }
  | { readonly tag: string; readonly variants: Readonly<Record<string, Fields>> };

const source = new URL('../../src/', import.meta.url).pathname;

function rustFiles(folder: string): string[] {
  const names = readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.rs'))
    .map((name) => readFileSync(join(source, folder, name), 'utf8').replace(/^ *\/\/.*\n/gm, ''));
}

/** The objects that Rust returns, by the name of their TypeScript type. */
export function written(): Record<string, Shape> {
  const item =
    /#\[derive\(Serialize\)\]\n((?:#\[.*\]\n)*)(?:pub\S* )?(struct|enum) (\w+)\S* \{\n([^]*?)\n\}\n/g;
  const shapes: Record<string, Shape> = {};
  for (const text of rustFiles('wasm')) {
    for (const [, attributes = '', kind, name = '', body = ''] of text.matchAll(item)) {
      const shape = kind === 'struct' ? structShape(attributes, body) : enumShape(attributes, body);
      if (shape) shapes[name.replace(/Fields$/, '')] = shape;
    }
  }
  return shapes;
}

function structShape(attributes: string, body: string): Shape {
  return { fields: fieldsOf(body, attributes.includes('rename_all = "camelCase"')) };
}

/** Only an enum with a tag is an object; the others are words. */
function enumShape(attributes: string, body: string): Shape | null {
  const tag = /tag = "(\w+)"/.exec(attributes)?.[1];
  if (tag === undefined) return null;
  const isCamel = attributes.includes('rename_all_fields = "camelCase"');
  const variant = /^ {4}(\w+)(?: \{([^]*?)\})?,$/gm;
  const variants = [...body.matchAll(variant)].map(([, name = '', fields = '']) => [
    camel(name.charAt(0).toLowerCase() + name.slice(1)),
    fieldsOf(fields.replace(/, /g, ',\n'), isCamel),
  ]);
  return { tag, variants: Object.fromEntries(variants) as Record<string, Fields> };
}

function fieldsOf(body: string, isCamel: boolean): Fields {
  const field = /((?:#\[.*\]\s*)*)(?:pub\S* )?(?:r#)?(\w+): ([^\n]+?),?\s*$/gm;
  const fields = [...body.matchAll(field)].map(([, attributes = '', name = '', type = '']) => {
    const renamed = /rename = "(\w+)"/.exec(attributes)?.[1];
    return [renamed ?? (isCamel ? camel(name) : name), type];
  });
  return Object.fromEntries(fields) as Fields;
}

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The fields that Rust reads of the objects it gets, by the TypeScript type of the object. */
export function read(): Record<string, string[]> {
  const names: Record<string, string[]> = {};
  for (const text of rustFiles('wasm')) {
    const types = text.matchAll(/typescript_type = "(?:Copy<)?(\w+?)>?"\)\]\n\s*pub type (\w+);/g);
    for (const [, type = '', input = ''] of types) {
      const getter = new RegExp(
        `getter(?:, js_name = (\\w+))?\\)\\]\\n\\s*(?:pub\\(super\\) )?fn (\\w+)\\(this: &${input}\\)`,
        'g',
      );
      const fields = [...text.matchAll(getter)].map(([, js, rust = '']) => js ?? rust);
      names[type] = [...new Set(fields)];
    }
  }
  return names;
}

/** The words that an enum can be, by the name of the enum. */
export function words(): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  const enumeration = /words! \{\n(?: +#\[.*\]\n)* +(\w+) \{([^]*?)\n {4}\}/g;
  const add = (name: string, body: string): void => {
    all[name] = [...body.matchAll(/= "([\w-]+)"|=> "([\w-]+)"/g)].map(([, a, b]) => a ?? b ?? '');
  };
  for (const text of rustFiles('.')) {
    for (const [, name = '', body = ''] of text.matchAll(enumeration)) {
      add(name, body);
    }
    const method =
      /impl (\w+) \{\n[^}]*?fn as_str\(self\) -> &'static str \{\s*match self \{([^]*?)\n {8}\}/g;
    for (const [, name = '', body = ''] of text.matchAll(method)) add(name, body);
    for (const [, body = ''] of text.matchAll(/\ncodes! \{([^]*?)\n\}/g)) {
      all['Code'] = [...body.matchAll(/= "([\w-]+)", \w+;/g)].map(([, word = '']) => word);
    }
    const derived =
      /#\[derive\(Serialize\)\]\n#\[serde\(rename_all = "camelCase"\)\]\nenum (\w+) \{\n([^]*?)\n\}/g;
    for (const [, name = '', body = ''] of text.matchAll(derived)) {
      all[name] = body.split(',').flatMap((word) => word.trim().toLowerCase() || []);
    }
  }
  return all;
}
