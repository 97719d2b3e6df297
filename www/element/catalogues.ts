import { checkMessages } from './check-messages.ts';
import type { Catalogue, PartialCatalogue } from './messages.ts';

/** Loads the texts of one language. */
export type Loader<Key extends string> = () => Promise<PartialCatalogue<Key>>;

/** The state of one language. */
interface Entry<Key extends string> {
  /** The texts that are loaded or registered. */
  texts: PartialCatalogue<Key>;
  /** The texts that are still to be loaded, in the order in which they were registered. */
  readonly loaders: Loader<Key>[];
  /** Settles when the texts are loaded or have failed to load; null if loading has not begun. */
  loading: Promise<void> | null;
}

/**
 * The texts of all languages. English is always there. The texts of another language are loaded when
 * they are needed for the first time. English replaces each missing text.
 */
export class Catalogues<Key extends string> {
  readonly #english: Catalogue<Key>;
  readonly #entries = new Map<string, Entry<Key>>();
  readonly #listeners = new Set<() => void>();

  constructor(english: Catalogue<Key>, loaders: Readonly<Record<string, Loader<Key>>>) {
    this.#english = english;
    this.#entries.set('en', { texts: english, loaders: [], loading: null });
    for (const [language, loader] of Object.entries(loaders)) this.register(language, loader);
  }

  /** The tags of all languages. */
  get languages(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** Adds texts, or a function that loads texts. Later texts replace earlier ones. */
  register(language: string, given: PartialCatalogue<Key> | Loader<Key>): void {
    const none: Entry<Key> = { texts: noTexts(), loaders: [], loading: null };
    const entry = this.#entries.get(language) ?? none;
    // A text must not be replaced by an older one that is still being loaded.
    if (typeof given === 'function') entry.loaders.push(given);
    else if (entry.loaders.length > 0) entry.loaders.push(() => Promise.resolve(given));
    else entry.texts = { ...entry.texts, ...this.#checked(language, given) };
    this.#entries.set(language, entry);
    this.#changed();
  }

  /**
   * Returns all texts of a language. Returns null while they are not loaded. The first call starts
   * to load them.
   */
  get(language: string): Catalogue<Key> | null {
    const entry = this.#entries.get(language);
    if (entry === undefined) return this.#english;
    if (entry.loaders.length > 0) {
      void this.load(language);
      return null;
    }
    return entry.texts === this.#english ? this.#english : { ...this.#english, ...entry.texts };
  }

  /** Loads the texts of a language. Resolves also if they cannot be loaded. */
  async load(language: string): Promise<void> {
    const entry = this.#entries.get(language);
    if (entry === undefined || entry.loaders.length === 0) return;
    entry.loading ??= this.#load(language, entry);
    await entry.loading;
  }

  /** Calls `listener` after texts were loaded or registered. Returns a function that stops this. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #load(language: string, entry: Entry<Key>): Promise<void> {
    while (entry.loaders.length > 0) {
      const [loader] = entry.loaders;
      try {
        const texts = (await loader?.()) ?? noTexts();
        entry.texts = { ...entry.texts, ...this.#checked(language, texts) };
      } catch (error) {
        console.warn(
          `valet-park: the texts in the language '${language}' could not be loaded. ` +
            'English texts are shown in their place.',
          error,
        );
      }
      entry.loaders.shift();
    }
    entry.loading = null;
    this.#changed();
  }

  /** Returns the texts that can be used, and writes the others to the console. */
  #checked(language: string, given: PartialCatalogue<Key>): PartialCatalogue<Key> {
    const { valid, problems } = checkMessages(this.#english, given);
    if (problems.length > 0) {
      console.warn(
        `valet-park: some texts in the language '${language}' are not used:\n${problems.join('\n')}`,
      );
    }
    return valid;
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function noTexts<Key extends string>(): PartialCatalogue<Key> {
  return {} as PartialCatalogue<Key>;
}
