import { placeholder, pluralBranch } from './locale.ts';
import type { Catalogue, PartialCatalogue } from './messages.ts';

/** The texts of a catalogue that can be used, and what is wrong with the others. */
export interface CheckedMessages<Key extends string> {
  readonly valid: PartialCatalogue<Key>;
  /** One sentence for each text that cannot be used. */
  readonly problems: readonly string[];
}

/**
 * Checks the texts of a language. A text is valid if English has its key, and if it has the same
 * placeholders as the English text. Each plural must have the branch `other`.
 */
export function checkMessages<Key extends string>(
  english: Catalogue<Key>,
  given: Readonly<Record<string, unknown>>,
): CheckedMessages<Key> {
  const problems: string[] = [];
  const valid = Object.entries(given).filter(([key, text]) => {
    const problem = problemOf(Object.hasOwn(english, key) ? english[key as Key] : null, text);
    if (problem !== null) problems.push(`'${key}': ${problem}`);
    return problem === null;
  });
  return { valid: Object.fromEntries(valid) as PartialCatalogue<Key>, problems };
}

/** Says what is wrong with a text; null if the text is valid. */
function problemOf(english: string | null, text: unknown): string | null {
  if (english === null) return 'there is no message with this key';
  if (typeof text !== 'string') return 'the text must be a string';
  if (/[{}]/.test(text.replace(placeholder, ''))) {
    return `the braces do not match: write {name} or {n, plural, one {…} other {…}}`;
  }
  for (const [, name, branches] of text.matchAll(placeholder)) {
    const forms = [...(branches ?? '').matchAll(pluralBranch)].map(([, form]) => form);
    if (branches !== undefined && !forms.includes('other')) {
      return `the plural of {${name}} has no branch \`other\``;
    }
  }
  const [wanted, found] = [placeholdersOf(english), placeholdersOf(text)];
  if (wanted.join() === found.join()) return null;
  const list = (names: readonly string[]): string =>
    names.length === 0 ? 'no placeholders' : names.map((name) => `{${name}}`).join(' ');
  return `the text has ${list(found)}, but the English text has ${list(wanted)}`;
}

/** Returns the names of the placeholders of a text, each once, in alphabetical order. */
export function placeholdersOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(placeholder)].map(([, name = '']) => name))].sort();
}
