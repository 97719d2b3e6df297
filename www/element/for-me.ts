import type { SlotView, ValetPark } from 'valet-park';
import { cleanText } from './party.ts';

/** The panel of the person that calls can wait for. */
export interface ForMeHost {
  /** The names of the person or the place, and the extensions. */
  readonly myNames: readonly string[];
}

/**
 * Finds the calls that a colleague has parked for the person at this panel. Reports each call once.
 * Does not report the calls that already waited when the panel was opened.
 */
export class ForMe {
  readonly #host: ForMeHost;
  readonly #report: (views: readonly SlotView[]) => void;
  /** The calls that wait for this person, by slot and UUID. */
  #known: ReadonlySet<string> = new Set();
  /** True after the first answer of the switch. */
  #isReady = false;
  #stop = (): void => {};

  constructor(host: ForMeHost, report: (views: readonly SlotView[]) => void) {
    this.#host = host;
    this.#report = report;
  }

  /** Follows a client until `stop`. */
  start(park: ValetPark): void {
    this.#isReady = false;
    this.#known = new Set();
    this.#stop = park.subscribe(() => this.#update(park));
    this.#update(park);
  }

  stop(): void {
    this.#stop();
    this.#stop = () => {};
  }

  #update(park: ValetPark): void {
    const { slots, sync } = park.getSnapshot();
    const mine = slots.filter((view) => isForMe(view, this.#host.myNames));
    const fresh = mine.filter((view) => !this.#known.has(nameOf(view)));
    this.#known = new Set(mine.map(nameOf));
    if (this.#isReady && fresh.length > 0) this.#report(fresh);
    this.#isReady ||= sync.checkedAt !== null;
  }
}

function nameOf({ slot, uuid }: SlotView): string {
  return `${slot} ${uuid}`;
}

/**
 * True if a colleague has parked the call of the slot for a person with one of these names. Each word
 * after "for" must be in the name: a call for Anna is for Anna Petrova, too.
 */
export function isForMe({ mine, uuid, forWhom }: SlotView, names: readonly string[]): boolean {
  if (mine || uuid === null || forWhom === null) return false;
  const wanted = wordsOf(forWhom);
  if (wanted.length === 0) return false;
  return names.some((name) => {
    const words = wordsOf(name);
    return wanted.every((word) => words.includes(word));
  });
}

/** Returns the words of a name, without the difference of capital and small letters. */
function wordsOf(name: string): string[] {
  return (
    cleanText(name)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
