import type { Disk } from '../../../www/server/feed/disk.ts';

interface TestFile {
  /** The content in the memory of the system. It survives the end of the process. */
  text: string;
  /** The content on the disk. It survives a power failure. */
  synced: string;
}

/** A disk in memory that can refuse, hang, and lose power. */
export class TestDisk implements Disk {
  /** The message of the error with which the disk refuses to store. Null: it stores. */
  refusal: string | null = null;
  /** True: nothing that starts to be stored is ever stored. */
  hangs = false;
  /** How many times a file was stored. */
  syncs = 0;
  #names = new Map<string, TestFile>();
  #syncedNames = new Map<string, TestFile>();
  readonly #open = new Map<number, TestFile>();
  #lastFile = 0;

  read(path: string): string | null {
    return this.#names.get(path)?.text ?? null;
  }

  create(path: string): number {
    this.#check();
    const file = { text: '', synced: '' };
    this.#names.set(path, file);
    this.#open.set((this.#lastFile += 1), file);
    return this.#lastFile;
  }

  write(handle: number, text: string): void {
    const file = this.#fileOf(handle);
    if (this.refusal !== null) file.text += text.slice(0, text.length / 2); // The disk is full.
    this.#check();
    file.text += text;
  }

  async sync(handle: number): Promise<void> {
    const file = this.#fileOf(handle);
    const { text } = file;
    await this.#store();
    file.synced = text;
    this.syncs += 1;
  }

  rename(from: string, to: string): void {
    this.#check();
    const file = this.#names.get(from);
    if (file === undefined) throw new Error(`no file ${from}`);
    this.#names.delete(from);
    this.#names.set(to, file);
  }

  async syncFolder(): Promise<void> {
    const names = new Map(this.#names);
    await this.#store();
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

  /** Loses everything that was not stored. */
  losePower(): void {
    this.#names = new Map(this.#syncedNames);
    for (const file of this.#names.values()) file.text = file.synced;
  }

  #fileOf(handle: number): TestFile {
    const file = this.#open.get(handle);
    if (file === undefined) throw new Error(`file ${handle} is not open`);
    return file;
  }

  async #store(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.hangs) await new Promise(() => undefined);
    this.#check();
  }

  #check(): void {
    if (this.refusal !== null) throw new Error(this.refusal);
  }
}
