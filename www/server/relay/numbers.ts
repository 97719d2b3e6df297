import type { EventFields } from './roster.ts';

/**
 * The numbers that the switch dials to reach an extension, for example 341 for the extension 34414.
 *
 * The settings name them. A call event may name them, too: there `CalledExtension` is `022*341@…`, and
 * `CalledExtensionID` is the id of the same extension. A number of the settings counts more.
 */
export class Numbers {
  readonly #given: ReadonlyMap<string, string>;
  readonly #learned = new Map<string, string>();
  readonly #extensions: ReadonlySet<string>;

  /** `extensions` are the ids whose numbers are learned. */
  constructor(given: Readonly<Record<string, string>>, extensions: readonly string[]) {
    this.#given = new Map(Object.entries(given));
    this.#extensions = new Set(extensions);
  }

  /** Returns the number of an extension, or null if it is not known. */
  of(extension: string): string | null {
    return this.#given.get(extension) ?? this.#learned.get(extension) ?? null;
  }

  /** Takes in a call event. */
  learn(fields: EventFields): void {
    for (const end of ['Called', 'Caller'] as const) {
      const id = fields[`${end}ExtensionID`];
      const [, number] = SIGN_IN_NAME.exec(fields[`${end}Extension`] ?? '') ?? [];
      if (id === undefined || number === undefined) continue;
      if (this.#extensions.has(id)) this.#learned.set(id, number);
    }
  }
}

/** The name with which a telephone signs in: the account, a star, the number, and often a domain. */
const SIGN_IN_NAME = /^\d{1,15}\*(\d{1,15})(?:@|$)/;
