// Goal: Rust and TypeScript agree on every field and every word that crosses between them.
// Method: the Rust source and the types of the client are both read, and compared name by name.

import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { read, type Fields, words, written } from './rust_types.ts';

const client = new URL('../../src/client/', import.meta.url).pathname;
const { config } = ts.readConfigFile('tsconfig.client.json', (path) => ts.sys.readFile(path)) as {
  config: { include: string[] };
};
const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
const program = ts.createProgram(fileNames, options);
const checker = program.getTypeChecker();

/** The types that the files of the client export, by their names. */
const types = new Map<string, ts.Type>();
for (const file of program
  .getSourceFiles()
  .filter(({ fileName }) => fileName.includes('/client/'))) {
  const module = checker.getSymbolAtLocation(file);
  for (const symbol of module ? checker.getExportsOfModule(module) : []) {
    const { flags } = symbol;
    const target = flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    if (target.flags & ts.SymbolFlags.Type) {
      types.set(symbol.name, checker.getDeclaredTypeOfSymbol(target));
    }
  }
}

function typeNamed(name: string): ts.Type {
  const type = types.get(name);
  if (!type) throw new Error(`expected a type \`${name}\` in ${client}`);
  return type;
}

const shapes = written();
const enums = words();
const codes = enums['Code'] ?? [];
enums['Code'] = [...codes, ...(enums['RefusalCode'] ?? [])];

/** The types with another name in TypeScript, or without any: those stand in the type of a field. */
const renamed: Readonly<Record<string, string | null>> = {
  CallEvent: 'CallEventFields',
  Budget: null,
  Patience: null,
};
/** The words that the client adds to those of the core. */
const added: Readonly<Record<string, readonly string[]>> = { SyncState: ['closed'] };

const numbers = ['Slot', 'Time', 'Millis', 'u16', 'u32'];
const strings = ['str', 'String', 'CallUuid', 'CallApiId', 'ExtensionId'];

/** Compares a type of Rust with a type of TypeScript. */
function compare(rust: string, type: ts.Type, where: string): void {
  const option = /^Option<(.*)>$/.exec(rust);
  const parts = type.isUnion() ? type.types : [type];
  const nothing = ts.TypeFlags.Null | ts.TypeFlags.Undefined;
  const known = parts.filter(({ flags }) => !(flags & nothing));
  expect(known.length < parts.length, `${where} may be null`).toBe(option !== null);
  compareKnown(plain(option?.[1] ?? rust), known, where);
}

/** The name of a type without what matters only in Rust. */
function plain(rust: string): string {
  return rust
    .replace(/^&?('\w+ )?/, '')
    .replace(/^Arc<(.*)>$/, '$1')
    .replace(/<'\w+>$/, '');
}

function compareKnown(rust: string, parts: readonly ts.Type[], where: string): void {
  const every = (flag: ts.TypeFlags): boolean => parts.every(({ flags }) => flags & flag);
  const list = /^(?:Vec<(.*)>|\[(.*)\])$/.exec(rust);
  const item = list?.[1] ?? list?.[2];
  if (numbers.includes(rust)) expect(every(ts.TypeFlags.NumberLike), `${where}: number`).toBe(true);
  else if (rust === 'bool') expect(every(ts.TypeFlags.BooleanLike), `${where}: boolean`).toBe(true);
  else if (strings.includes(rust)) {
    expect(every(ts.TypeFlags.StringLike), `${where}: string`).toBe(true);
  } else if (item?.startsWith('(')) {
    // Pairs, which become an object here or in the client.
    expect(every(ts.TypeFlags.Object), `${where}: object`).toBe(true);
  } else if (item !== undefined) {
    const [element] = parts.flatMap(
      (part) => checker.getIndexTypeOfType(part, ts.IndexKind.Number) ?? [],
    );
    if (!element) throw new Error(`expected ${where} to be a list`);
    compare(plain(item), element, `${where}[]`);
  } else if (enums[rust]) {
    const found = parts.map((part) => (part.isStringLiteral() ? part.value : '?'));
    expect(found.sort(), `${where}: words`).toEqual(
      [...enums[rust], ...(added[rust] ?? [])].sort(),
    );
  } else compareShape(rust, parts, where);
}

function compareShape(rust: string, parts: readonly ts.Type[], where: string): void {
  const shape = shapes[rust];
  if (!shape) throw new Error(`expected to know the type \`${rust}\` of ${where}`);
  if ('fields' in shape) return compareFields(shape.fields, parts[0], where);
  const tagOf = (part: ts.Type): string[] => {
    const property = part.getProperty(shape.tag);
    const tags = property ? checker.getTypeOfSymbol(property) : part;
    return (tags.isUnion() ? tags.types : [tags]).map((tag) =>
      tag.isStringLiteral() ? tag.value : '?',
    );
  };
  expect(parts.flatMap(tagOf).sort(), `${where}: \`${shape.tag}\``).toEqual(
    Object.keys(shape.variants).sort(),
  );
  for (const [tag, fields] of Object.entries(shape.variants)) {
    const part = parts.find((one) => tagOf(one).includes(tag));
    compareFields(fields, part, `${where} \`${tag}\``, shape.tag);
  }
}

function compareFields(
  fields: Fields,
  type: ts.Type | undefined,
  where: string,
  tag?: string,
): void {
  const properties = (type?.getProperties() ?? []).filter(({ name }) => name !== tag);
  expect(properties.map(({ name }) => name).sort(), where).toEqual(Object.keys(fields).sort());
  for (const property of properties) {
    const rust = fields[property.name] ?? '';
    compare(rust, checker.getTypeOfSymbol(property), `${where}.${property.name}`);
  }
}

describe('what Rust writes', () => {
  it.each(Object.keys(shapes).filter((name) => renamed[name] !== null))(
    '%s has the fields of its TypeScript type',
    (name) => {
      const type = typeNamed(renamed[name] ?? name);
      compareShape(name, type.isUnion() ? type.types : [type], name);
    },
  );
});

describe('what Rust reads', () => {
  it.each(Object.entries(read()))('%s has the fields of its TypeScript type', (name, fields) => {
    const names = typeNamed(name)
      .getProperties()
      .map((property) => property.name);
    expect(fields.sort()).toEqual(names.sort());
  });
});
