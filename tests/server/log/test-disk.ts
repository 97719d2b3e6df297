import type { Disk } from '../../../www/server/feed/disk.ts';

interface TestFile {
  /** The text that was written. It survives the end of the process. */
  text: string;
  /** The text that is on the disk. It survives a power failure. */
  synced: string;
}

/** A disk in memory. A test can make it fail, hang or lose power. */
export class TestDisk implements Disk {
  /** The message of the error with which every change fails. Null if changes succeed. */
  refusal: string | null = null;
  /** True if `sync` and `syncFolder` never resolve. */
  hangs = false;
  /** How many times the text of a file was synced. */
  syncs = 0;
  /** The files by their paths. */
  #names = new Map<string, TestFile>();
  /** The paths that are on the disk. They survive a power failure. */
  #syncedNames = new Map<string, TestFile>();
  /** The open files by their handles. */
  readonly #open = new Map<number, TestFile>();
  #lastHandle = 0;

  read(path: string): string | null {
    return this.#names.get(path)?.text ?? null;
  }

  create(path: string): number {
    this.#failIfRefusing();
    const file = { text: '', synced: '' };
    this.#names.set(path, file);
    this.#open.set((this.#lastHandle += 1), file);
    return this.#lastHandle;
  }

  write(handle: number, text: string): void {
    const file = this.#fileOf(handle);
    // On a full disk, only the first part of the text is written.
    if (this.refusal !== null) file.text += text.slice(0, text.length / 2);
    this.#failIfRefusing();
    file.text += text;
  }

  async sync(handle: number): Promise<void> {
    const file = this.#fileOf(handle);
    const { text } = file;
    await this.#waitForDisk();
    file.synced = text;
    this.syncs += 1;
  }

  rename(from: string, to: string): void {
    this.#failIfRefusing();
    const file = this.#names.get(from);
    if (file === undefined) throw new Error(`no file ${from}`);
    this.#names.delete(from);
    this.#names.set(to, file);
  }

  async syncFolder(): Promise<void> {
    const names = new Map(this.#names);
    await this.#waitForDisk();
    this.#syncedNames = names;
  }

  close(handle: number): void {
    this.#open.delete(handle);
  }

  /** Replaces the content of a file, as another program does. */
  replace(path: string, change: (text: string) => string): void {
    const text = change(this.read(path) ?? '');
    const file = { text, synced: text };
    this.#names.set(path, file);
    this.#syncedNames.set(path, file);
  }

  /** Loses every text and every name that was not synced. */
  losePower(): void {
    this.#names = new Map(this.#syncedNames);
    for (const file of this.#names.values()) file.text = file.synced;
  }

  #fileOf(handle: number): TestFile {
    const file = this.#open.get(handle);
    if (file === undefined) throw new Error(`file ${handle} is not open`);
    return file;
  }

  async #waitForDisk(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.hangs) await new Promise(() => undefined);
    this.#failIfRefusing();
  }

  #failIfRefusing(): void {
    if (this.refusal !== null) throw new Error(this.refusal);
  }
}
