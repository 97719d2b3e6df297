/**
 * Ends a `switch` over all variants. The compiler reports a variant that has no case.
 *
 * @throws Error if JavaScript passed a value that the type does not allow.
 */
export function unhandled(value: never): never {
  throw new Error(`expected no other value, found \`${String(value)}\``);
}
