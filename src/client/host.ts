/** Uses a facility of the host that may be missing, refuse or throw. Returns undefined if it does. */
export function tried<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}

/** The reason in whatever was thrown. A program may throw anything, also what cannot be read. */
export function reasonOf(thrown: unknown): string {
  const read = (): string => String(thrown instanceof Error ? thrown.message : thrown);
  return tried(read) ?? 'an error without a text';
}

/** Throws a text away that nobody reads, so that its connection is free again. */
export function discard(reply: { readonly body?: ReadableStream | null }): void {
  void tried(() => reply.body?.cancel().catch(() => {}));
}
