import { SwitchError } from './switch-error.ts';

/** A telephone of the switch. */
export interface Extension {
  /** The numeric id that stands in URLs and events, for example `34414`. */
  readonly id: string;
  /** The short number that people dial, for example `341`. */
  readonly number: string;
  /** What a person calls it, for example `Reception`. */
  readonly name: string;
}

/** The extensions of one switch, and the ways in which a URL may name them. */
export class Directory {
  readonly #extensions: ReadonlyMap<string, Extension>;

  /** @throws RangeError if an id or number is not 1 to 15 digits, or two extensions share one. */
  constructor(extensions: readonly Extension[] = SEED_EXTENSIONS) {
    const names = new Map<string, Extension>();
    for (const extension of extensions) {
      for (const digits of [extension.id, extension.number]) {
        if (/^\d{1,15}$/.test(digits)) continue;
        throw new RangeError(`an extension's id and number are 1 to 15 digits, not \`${digits}\``);
      }
      for (const name of [extension.id, `@${extension.number}`, `@${accountNumber(extension)}`]) {
        if (names.has(name)) throw new RangeError(`two extensions are named \`${name}\``);
        names.set(name, extension);
      }
    }
    this.#extensions = names;
  }

  /** All extensions, in the order given. */
  all(): Extension[] {
    return [...new Set(this.#extensions.values())];
  }

  /** Who is meant by `34414`, `@341` or `@022*341`; `null` if nobody is. */
  find(name: string): Extension | null {
    return this.#extensions.get(name) ?? null;
  }

  /** Like `find`. @throws SwitchError `no-such-extension` where that gives `null`. */
  get(name: string): Extension {
    const extension = this.find(name);
    if (extension === null) throw new SwitchError('no-such-extension', 'Not found');
    return extension;
  }

  /** Like `find`, and takes the bare short number as well, as people type it. */
  findByNumber(name: string): Extension | null {
    return this.find(name) ?? this.find(`@${name}`);
  }
}

/** How an extension is named inside the customer's account: `022*341`. */
export function accountNumber(extension: Extension): string {
  return `${CLIENT}*${extension.number}`;
}

/** The name under which an extension signs in: `022*341@siptest.example`. */
export function signInName(extension: Extension): string {
  return `${accountNumber(extension)}@${DOMAIN}`;
}

const CLIENT = '022';
const DOMAIN = 'siptest.example';

const SEED_EXTENSIONS: readonly Extension[] = [
  { id: '34414', number: '341', name: 'Reception' },
  { id: '32494', number: '200', name: 'Sales' },
  { id: '34415', number: '342', name: 'Service' },
];
