import { SwitchError } from './switch-error.ts';

/** A telephone of the switch. */
export interface Extension {
  /** The numeric id in URLs and events, for example `34414`. */
  readonly id: string;
  /** The short number that people dial, for example `341`. */
  readonly number: string;
  /** The name for people, for example `Reception`. */
  readonly name: string;
  /** True if the extension answers each call at once, as an announcement does. Default false. */
  readonly answers?: boolean;
}

/** The extensions of one switch. A URL can name an extension in several ways. */
export class Directory {
  readonly #extensions: ReadonlyMap<string, Extension>;

  /** @throws RangeError if an id or a number is not 1 to 15 digits, or two extensions share one. */
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

  /** All extensions, in the order of the constructor. */
  all(): Extension[] {
    return [...new Set(this.#extensions.values())];
  }

  /** Returns the extension that `34414`, `@341` or `@022*341` names, or null. */
  find(name: string): Extension | null {
    return this.#extensions.get(name) ?? null;
  }

  /** Like `find`. @throws SwitchError `no-such-extension` instead of null. */
  get(name: string): Extension {
    const extension = this.find(name);
    if (extension === null) throw new SwitchError('no-such-extension', 'Not found');
    return extension;
  }

  /** Like `find`, but also accepts the bare short number `341`, as people type it. */
  findByNumber(name: string): Extension | null {
    return this.find(name) ?? this.find(`@${name}`);
  }
}

/** Returns the name of an extension inside the account of the customer: `022*341`. */
export function accountNumber(extension: Extension): string {
  return `${CLIENT}*${extension.number}`;
}

/** Returns the name with which a telephone signs in: `022*341@siptest.example`. */
export function signInName(extension: Extension): string {
  return `${accountNumber(extension)}@${DOMAIN}`;
}

/** @throws SwitchError `no-such-extension` unless `name` is the id of the customer. */
export function checkClient(name: string): void {
  if (name !== String(CLIENT_ID)) throw new SwitchError('no-such-extension', 'Not found');
}

/** The id of the customer, in URLs. */
export const CLIENT_ID = 1844;

const CLIENT = '022';
const DOMAIN = 'siptest.example';

/** The extensions of a switch unless other ones are given. */
export const SEED_EXTENSIONS: readonly Extension[] = [
  { id: '34414', number: '341', name: 'Reception' },
  { id: '32494', number: '200', name: 'Sales' },
  { id: '34415', number: '342', name: 'Service' },
];

/** The extension that a strict switch has, too. It answers each call at once. */
export const ANSWERING_EXTENSION: Extension = {
  id: '34900',
  number: '900',
  name: 'Pick-up',
  answers: true,
};
