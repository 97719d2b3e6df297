import {
  close,
  closeSync,
  constants,
  fdatasync,
  fsync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** The operations of a disk that a log uses. A test can replace the disk. */
export interface Disk {
  /** Returns the content of a file. Null if the file does not exist. */
  read(path: string): string | null;
  /** Creates an empty file that only its owner can read and write. Replaces an old one. */
  create(path: string): number;
  /** Writes a whole text at the end of a file. */
  write(file: number, text: string): void;
  /** Resolves when everything that was written to a file is on the disk. */
  sync(file: number): Promise<void>;
  /** Gives a file another name. Replaces the file that has this name. */
  rename(from: string, to: string): void;
  /** Resolves when the names in the folder of a file are on the disk. */
  syncFolder(path: string): Promise<void>;
  /** Closes a file. Does not wait, because a disk that fails may take long. */
  close(file: number): void;
}

/** The disk of the machine. */
export const realDisk: Disk = {
  read(path) {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  },
  create(path) {
    rmSync(path, { force: true }); // An old file may have another mode.
    return openSync(path, 'wx', 0o600);
  },
  write(file, text) {
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
  },
  sync: (file) => settled((done) => fdatasync(file, done)),
  rename: renameSync,
  async syncFolder(path) {
    const folder = openSync(dirname(path), constants.O_RDONLY);
    try {
      await settled((done) => fsync(folder, done));
    } finally {
      closeSync(folder);
    }
  },
  close: (file) => close(file, () => undefined),
};

function settled(start: (done: (error: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => (error === null ? resolve() : reject(error)));
  });
}
