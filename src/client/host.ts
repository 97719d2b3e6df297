/** Uses a feature of the host that may be missing or refused. Returns undefined if `use` throws. */
export function tried<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}

/** Returns the text of anything that was thrown. A program may throw values without a text. */
export function reasonOf(thrown: unknown): string {
  const read = (): string => String(thrown instanceof Error ? thrown.message : thrown);
  return tried(read) ?? 'an error without a text';
}

/** Cancels a body that is not read, so that its connection is free again. */
export function discard(reply: { readonly body?: ReadableStream | null }): void {
  void tried(() => reply.body?.cancel().catch(() => {}));
}
