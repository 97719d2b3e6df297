import { BaseLog } from './base.ts';
import { realDisk, type Disk } from './disk.ts';
import type { LogHealth } from './log.ts';
import type { LogOptions } from './memory.ts';
import { readRecords, writeRecord } from './record.ts';
import { LogState, type Change } from './state.ts';

/** The options of a log in a file. */
export interface FileLogOptions extends LogOptions {
  /** The file. `<path>.new` is used, too. Only one log may use them at a time. */
  readonly path: string;
  /** Gets a sentence for the administrator when something is wrong, or right again. */
  readonly report?: (sentence: string) => void;
  /** How long the disk may take to store, in ms. Default 5000. */
  readonly timeoutMs?: number;
  /** The pause after an error, before the log writes a new file, in ms. Default 5000. */
  readonly retryMs?: number;
  readonly disk?: Disk;
}

type Settings = Required<Omit<FileLogOptions, keyof LogOptions>>;

/** The first record of a file. */
interface Header {
  readonly kind: 'log';
  readonly version: number;
  /** The id before the first entry. */
  readonly edge: number;
}

/**
 * A log in a file, which survives a restart.
 *
 * Each change is one more line of the file, with a length and a checksum. `append` writes the line
 * before it returns, so it survives the end of the process. The promise resolves when the line is on
 * the disk. Changes that come while the disk stores share the next turn of the disk.
 *
 * A file that grew too long is replaced by a new one with the present state. The new file gets its
 * name when it is on the disk.
 *
 * If the disk fails, the log goes on in memory, and `health` says so. The log then tries to write a
 * new file until that succeeds.
 */
export class FileLog extends BaseLog {
  readonly #options: Settings;
  /** The open file. Null at the start, and while the disk fails. */
  #file: number | null = null;
  /** The lines in the file, and how many of them were in it when it was made. */
  #lines = 0;
  #firstLines = 0;
  #writtenAt = 0;
  /** True if the file has lines that must go soon. */
  #mustRewrite = false;
  /** The lines that were written while a new file is made. Null at other times. */
  #carried: string | null = null;
  /** The changes that are not on the disk. */
  #waiting: (() => void)[] = [];
  #worker: Promise<void> | null = null;
  #problem: string | null = null;
  #retry: NodeJS.Timeout | undefined;
  /** Settles when the last operation that took too long ends. */
  #late: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /**
   * Opens a file, or creates it. A log that cannot write its file opens, and its `health` says so.
   *
   * @throws Error if the file exists and cannot be read, or is no log; RangeError for a wrong
   * `capacity`.
   */
  static open(options: FileLogOptions): FileLog {
    const { path, capacity, now = Date.now, disk = realDisk, report = console.error } = options;
    const { timeoutMs = 5_000, retryMs = 5_000 } = options;
    const text = disk.read(path) ?? '';
    const { values, damaged } = readRecords(text);
    const [first] = values as [Header | Change | undefined];
    if (text !== '' && (first?.kind !== 'log' || first.version !== 1)) {
      throw new Error(
        `\`${path}\` is no log of this version: name another file, or remove this one`,
      );
    }
    const edge = first?.kind === 'log' ? first.edge : Math.max(now(), 1) - 1;
    const state = new LogState(edge, capacity);
    for (const change of values.slice(1)) state.apply(change as Change);
    if (damaged > 0) report(`\`${path}\`: dropped ${damaged} torn or damaged line(s)`);
    // Ids that were lost when the machine stopped must not come again, even if its clock was set back.
    const floor = text === '' ? 0 : state.tail.latest + LOST_IDS;
    return new FileLog(state, now, floor, { path, report, timeoutMs, retryMs, disk });
  }

  private constructor(state: LogState, now: () => number, floor: number, options: Settings) {
    super(state, now, floor);
    this.#options = options;
    this.#work();
  }

  get health(): LogHealth {
    return { ok: this.#problem === null, problem: this.#problem };
  }

  override async removeEntries(): Promise<void> {
    this.#mustRewrite = true;
    await super.removeEntries();
  }

  /** Resolves when the file is on the disk. The log then goes on in memory. */
  async close(): Promise<void> {
    await this.stored();
    this.#isClosed = true;
    await this.#worker;
    this.#giveUpFile();
  }

  protected store(change: Change): Promise<void> {
    const line = writeRecord(change);
    this.#lines += 1;
    if (this.#carried !== null) this.#carried += line;
    if (this.#file !== null) {
      try {
        this.#options.disk.write(this.#file, line);
      } catch (error) {
        this.#fail(error);
      }
    }
    return this.stored();
  }

  protected stored(): Promise<void> {
    if (this.#problem !== null || this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#work();
    });
  }

  #work(): void {
    if (!this.#isClosed) this.#worker ??= this.#storeAll();
  }

  /** Stores until nothing waits. */
  async #storeAll(): Promise<void> {
    do {
      const waiting = this.#waiting;
      this.#waiting = [];
      try {
        if (this.#isOld()) await this.#rewrite();
        if (this.#file !== null) await this.#inTime(this.#options.disk.sync(this.#file));
        this.#succeed();
      } catch (error) {
        this.#fail(error);
      }
      for (const resolve of waiting) resolve();
    } while (this.#waiting.length > 0);
    this.#worker = null;
  }

  /** True if a new file should replace this one. The new file has no removed entries and rows. */
  #isOld(): boolean {
    const isLong = this.#lines > 1_000 + 2 * this.#firstLines;
    const isOld = Math.abs(this.now() - this.#writtenAt) >= LONGEST_MS;
    return this.#file === null || this.#mustRewrite || isLong || isOld;
  }

  /** Replaces the file by a new one with the present state. */
  async #rewrite(): Promise<void> {
    const { path, disk } = this.#options;
    const changes = [...this.state.changes(this.now())];
    const header: Header = { kind: 'log', version: 1, edge: this.edge };
    this.#carried = '';
    this.#mustRewrite = false;
    this.#writtenAt = this.now();
    const file = disk.create(`${path}.new`);
    try {
      disk.write(file, [header, ...changes].map(writeRecord).join(''));
      await this.#inTime(disk.sync(file));
      disk.write(file, this.#carried);
      disk.rename(`${path}.new`, path);
    } catch (error) {
      disk.close(file);
      throw error;
    } finally {
      this.#carried = null;
    }
    if (this.#file !== null) disk.close(this.#file);
    this.#file = file;
    this.#lines = changes.length;
    this.#firstLines = changes.length;
    await this.#inTime(disk.syncFolder(path));
  }

  #succeed(): void {
    if (this.#problem === null) return;
    this.#problem = null;
    this.#options.report('the log is stored again');
  }

  /** Goes on in memory, and tries later to write a new file. */
  #fail(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    const problem = `the log cannot be stored, and goes on in memory: ${reason}`;
    if (this.#problem === null) this.#options.report(problem);
    this.#problem = problem;
    this.#giveUpFile();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      void this.#late.then(() => this.#work());
    }, this.#options.retryMs);
    this.#retry.unref();
  }

  #giveUpFile(): void {
    clearTimeout(this.#retry);
    if (this.#file !== null) this.#options.disk.close(this.#file);
    this.#file = null;
  }

  /** @throws Error if the disk takes too long. */
  async #inTime(operation: Promise<void>): Promise<void> {
    const { timeoutMs } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((_, reject) => {
      timer = setTimeout(() => {
        this.#late = operation.catch(() => undefined);
        reject(new Error(`the disk did not answer within ${timeoutMs} ms`));
      }, timeoutMs);
    });
    await Promise.race([operation, tooLate]).finally(() => clearTimeout(timer));
  }
}

/** More ids than the disk can lose when the machine stops. */
const LOST_IDS = 10_000;
/** The longest age of a file. Removed entries and rows are in the file until it is replaced. */
const LONGEST_MS = 3_600_000;
