/** A batch is delivered when no event has been added for this long, in ms. */
const quietMs = 250;
/** The first event of a batch waits at most this long, in ms. */
const longestMs = 1_000;
/** A delivered event is repeated in the next batch for this long, in ms. */
const repeatMs = 4_000;

interface Entry<Item> {
  readonly item: Item;
  readonly addedAt: number;
  isDelivered: boolean;
}

/**
 * Collects events that happen almost at the same time, so that one message can report them.
 *
 * `deliver` gets all events to report, and the new ones among them. Events delivered within the last
 * seconds are repeated: the next message replaces the last one, and a person may not have read it
 * yet. An event replaces an older event with the same key.
 */
export class EventBatch<Item> {
  readonly #deliver: (all: readonly Item[], fresh: readonly Item[]) => void;
  readonly #entries = new Map<string, Entry<Item>>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firstAt: number | null = null;

  constructor(deliver: (all: readonly Item[], fresh: readonly Item[]) => void) {
    this.#deliver = deliver;
  }

  add(key: string, item: Item): void {
    const now = performance.now();
    this.#entries.delete(key);
    this.#entries.set(key, { item, addedAt: now, isDelivered: false });
    this.#firstAt ??= now;
    clearTimeout(this.#timer);
    if (document.visibilityState !== 'visible') {
      // Browsers delay the timers of a hidden page by up to a minute.
      this.#timer = undefined;
      queueMicrotask(() => this.#flush());
    } else {
      const leftMs = Math.max(0, this.#firstAt + longestMs - now);
      this.#timer = setTimeout(() => this.#flush(), Math.min(quietMs, leftMs));
    }
  }

  /** Removes the events that are no longer true. */
  removeIf(isOver: (item: Item) => boolean): void {
    for (const [key, { item }] of this.#entries) if (isOver(item)) this.#entries.delete(key);
  }

  /** Removes the delivered events, so that they are not repeated. */
  removeDelivered(): void {
    for (const [key, { isDelivered }] of this.#entries) if (isDelivered) this.#entries.delete(key);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#entries.clear();
    this.#firstAt = null;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#firstAt = null;
    const since = performance.now() - repeatMs;
    for (const [key, { isDelivered, addedAt }] of this.#entries) {
      if (isDelivered && addedAt < since) this.#entries.delete(key);
    }
    const entries = [...this.#entries.values()];
    const fresh = entries.filter(({ isDelivered }) => !isDelivered).map(({ item }) => item);
    if (fresh.length === 0) return;
    for (const entry of entries) entry.isDelivered = true;
    this.#deliver(
      entries.map(({ item }) => item),
      fresh,
    );
  }
}
