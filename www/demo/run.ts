/** Runs a program. `names` are the values that it can use. Rejects with what the program throws. */
export async function run(
  program: string,
  names: Readonly<Record<string, unknown>>,
): Promise<void> {
  // The person at the page has written the program. It can do what the console of the page can do.
  const code = new AsyncFunction(...Object.keys(names), `'use strict';\n${program}`);
  await code(...Object.values(names));
}

type AsyncCode = (...values: readonly unknown[]) => Promise<unknown>;

const AsyncFunction = (async () => {}).constructor as new (
  ...parametersAndBody: readonly string[]
) => AsyncCode;

/** Returns a value as one line of text. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) {
    const { name, message, code } = value as Error & { readonly code?: unknown };
    return typeof code === 'string' ? `${name} ${code}: ${message}` : `${name}: ${message}`;
  }
  const json: unknown = JSON.stringify(value); // Undefined for a function, whatever its type says.
  return typeof json === 'string' ? json : String(value);
}
