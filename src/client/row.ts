/** Takes the next of the values that came out of the core. Which type it has, both sides know. */
export type Next = <T>() => T;

/** Reads the values of a row, one after the other. */
export function reading(row: readonly unknown[]): Next {
  let at = 0;
  return <T>() => row[at++] as T;
}

/** Reads a list: `true` before each item, `false` after the last. */
export function list<T>(next: Next, item: (next: Next) => T): T[] {
  const items: T[] = [];
  while (next<boolean>()) items.push(item(next));
  return items;
}

/** Reads names and values. `__proto__` becomes a field like any other. */
export function texts(next: Next): Record<string, string> {
  return Object.fromEntries(list(next, () => [next<string>(), next<string>()]));
}
