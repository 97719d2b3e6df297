/** For how long nothing more must happen before what was gathered is told, in ms. */
const quietMs = 250;
/** How long the first of it waits at most, in ms. */
const longestMs = 1_000;
/** For how long what was told is told once more with what happens next, in ms. */
const recentMs = 4_000;

interface Gathered<Item> {
  readonly item: Item;
  readonly at: number;
  told: boolean;
}

/**
 * Gathers what happens to several calls at almost the same time, so that it is told in one message.
 *
 * `tell` gets everything that has not been told, and beside it what was told a moment ago: a person
 * has not read that yet, and the next message would take its place. Items of the same key replace
 * each other.
 */
export class Gathering<Item> {
  readonly #tell: (all: readonly Item[], fresh: readonly Item[]) => void;
  readonly #items = new Map<string, Gathered<Item>>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firstAt: number | null = null;

  constructor(tell: (all: readonly Item[], fresh: readonly Item[]) => void) {
    this.#tell = tell;
  }

  add(key: string, item: Item): void {
    const now = performance.now();
    this.#items.delete(key);
    this.#items.set(key, { item, at: now, told: false });
    this.#firstAt ??= now;
    clearTimeout(this.#timer);
    if (document.visibilityState !== 'visible') {
      // A browser lets the timers of a hidden page wait for up to a minute.
      this.#timer = undefined;
      queueMicrotask(() => this.#flush());
    } else {
      const left = Math.max(0, this.#firstAt + longestMs - now);
      this.#timer = setTimeout(() => this.#flush(), Math.min(quietMs, left));
    }
  }

  /** Takes back what is true no more. */
  drop(isOver: (item: Item) => boolean): void {
    for (const [key, { item }] of this.#items) if (isOver(item)) this.#items.delete(key);
  }

  /** Forgets the items that were told: they have been read, or others take their place. */
  settle(): void {
    for (const [key, { told }] of this.#items) if (told) this.#items.delete(key);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#items.clear();
    this.#firstAt = null;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#firstAt = null;
    const since = performance.now() - recentMs;
    for (const [key, { told, at }] of this.#items) if (told && at < since) this.#items.delete(key);
    const all = [...this.#items.values()];
    const fresh = all.filter(({ told }) => !told).map(({ item }) => item);
    if (fresh.length === 0) return;
    for (const each of all) each.told = true;
    this.#tell(
      all.map(({ item }) => item),
      fresh,
    );
  }
}
