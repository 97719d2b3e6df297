/**
 * A hash table whose entries are listed in the order in which FreeSWITCH lists them: by bucket, and in
 * a bucket the latest first.
 */
export class ValetHash<Value> {
  #buckets: [key: string, value: Value][][] = bucketsOf(PRIMES[0]);
  readonly #values = new Map<string, Value>();

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  /** Adds an entry. An entry with the same key is replaced. */
  set(key: string, value: Value): void {
    this.delete(key);
    this.#values.set(key, value);
    const size = this.#buckets.length;
    if (this.#values.size > Math.ceil(0.65 * size)) this.#grow(size);
    this.#push(key, value);
  }

  delete(key: string): void {
    if (!this.#values.delete(key)) return;
    const bucket = this.#bucketOf(key);
    bucket.splice(
      bucket.findIndex(([one]) => one === key),
      1,
    );
  }

  /** The entries in the order of FreeSWITCH. */
  *entries(): Iterable<readonly [key: string, value: Value]> {
    for (const bucket of this.#buckets) yield* bucket;
  }

  #grow(size: number): void {
    const entries = [...this.entries()];
    this.#buckets = bucketsOf(PRIMES.find((prime) => prime > size) ?? size * 2 + 1);
    for (const [key, value] of entries) this.#push(key, value);
  }

  #push(key: string, value: Value): void {
    this.#bucketOf(key).unshift([key, value]);
  }

  #bucketOf(key: string): [key: string, value: Value][] {
    return this.#buckets[hashOf(key) % this.#buckets.length] ?? [];
  }
}

function bucketsOf<Value>(size = 0): [key: string, value: Value][][] {
  return Array.from({ length: size }, () => []);
}

/** The hash of FreeSWITCH: `sdbm` on 32 bits, and then some mixing. */
function hashOf(key: string): number {
  let hash = 0;
  for (const byte of new TextEncoder().encode(key)) {
    hash = (byte + (hash << 6) + (hash << 16) - hash) | 0;
  }
  hash = (hash + ~(hash << 9)) | 0;
  hash ^= (hash >>> 14) | (hash << 18);
  hash = (hash + (hash << 4)) | 0;
  hash ^= (hash >>> 10) | (hash << 22);
  return hash >>> 0;
}

const PRIMES = [53, 97, 193, 389, 769, 1_543, 3_079, 6_151, 12_289, 24_593, 49_157, 98_317];
