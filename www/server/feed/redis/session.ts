import { createHash } from 'node:crypto';
import { loadRedisClient, type RedisConnection } from './client.ts';
import { SCRIPTS, type ScriptName } from './scripts.ts';

/** An entry of a stream as Redis returns it: its id, and its fields and values in turn. */
export type RawEntry = readonly [id: string, fields: readonly string[]];

/** The answer of the script `join`. */
export type JoinReply = [
  marker: string,
  isKnown: number,
  entries: RawEntry[],
  journal: string[],
  isEmpty: number,
];

/** The answer of the script `beat`. */
export type BeatReply = [
  fence: string,
  relays: number,
  isThere: number,
  isTaken: number,
  lately: number,
  newest: string,
];

/** The options of a session. */
export interface SessionOptions {
  /** The address, as `redis://host:6379/0`. It may contain a password. */
  readonly url: string;
  /** How long Redis may take to answer, in ms. */
  readonly timeoutMs: number;
  /** Gets each new entry of the streams whose channels the session listens to. */
  readonly onEntry: (stream: string, entry: RawEntry) => void;
}

/**
 * Two connections to Redis: one for scripts, and one that gets new entries.
 *
 * The first error, or the first answer that is late, ends both connections for good. The hub
 * then opens a new session. So no call waits longer than `timeoutMs`, and the scripts that are under
 * way fail together.
 */
export class Session {
  /** Resolves to a reason when the session has ended. */
  readonly ended: Promise<string>;
  readonly #commands: RedisConnection;
  readonly #reader: RedisConnection;
  readonly #timeoutMs: number;
  readonly #onEntry: SessionOptions['onEntry'];
  readonly #hashes = new Map<ScriptName, string>();
  #resolveEnded: (reason: string) => void = () => undefined;
  #failure: Error | null = null;
  /** Each rejects a call that is under way. */
  readonly #waiting = new Set<(error: Error) => void>();

  private constructor(connect: () => RedisConnection, options: SessionOptions) {
    const commands = (this.#commands = connect());
    const reader = (this.#reader = connect());
    this.#timeoutMs = options.timeoutMs;
    this.#onEntry = options.onEntry;
    this.ended = new Promise((resolve) => (this.#resolveEnded = resolve));
    for (const connection of [commands, reader]) {
      connection.on('error', (error) => this.end(error.message));
      connection.on('end', () => this.end('Redis has closed the connection'));
    }
  }

  /** Connects, and loads the scripts. @throws Error if Redis cannot be reached, or is not installed. */
  static async open(options: SessionOptions): Promise<Session> {
    const connect = await loadRedisClient();
    const session = new Session(() => connect(options), options);
    try {
      const { inTime } = session;
      const both = [session.#commands, session.#reader];
      await inTime(Promise.all(both.map((connection) => connection.connect())));
      for (const name of Object.keys(SCRIPTS) as ScriptName[]) {
        await inTime(session.#commands.sendCommand(['SCRIPT', 'LOAD', SCRIPTS[name]]));
        session.#hashes.set(name, createHash('sha1').update(SCRIPTS[name]).digest('hex'));
      }
      return session;
    } catch (error) {
      session.end((error as Error).message);
      throw error;
    }
  }

  get hasEnded(): boolean {
    return this.#failure !== null;
  }

  /** Runs a script. @throws Error if the session ends before the answer. */
  run(name: ScriptName, keys: readonly string[], given: readonly (string | number)[]) {
    const hash = this.#hashes.get(name) ?? '';
    const command = ['EVALSHA', hash, String(keys.length), ...keys, ...given.map(String)];
    return this.inTime(this.#commands.sendCommand(command));
  }

  /** Listens for new entries of streams. Resolves when Redis has begun to send them. */
  async listen(streams: string[]): Promise<void> {
    await this.inTime(
      this.#reader.subscribe(streams, (text, stream) => {
        this.#onEntry(stream, JSON.parse(text) as RawEntry);
      }),
    );
  }

  /** Ends the listening for new entries of a stream. */
  async ignore(stream: string): Promise<void> {
    await this.inTime(this.#reader.unsubscribe(stream));
  }

  /** Ends the session. Idempotent. */
  end(reason: string): void {
    if (this.#failure !== null) return;
    this.#failure = new Error(reason);
    for (const connection of [this.#commands, this.#reader]) {
      if (connection.isOpen) connection.destroy();
    }
    for (const fail of this.#waiting) fail(this.#failure);
    this.#resolveEnded(reason);
  }

  /** Ends the session if an operation fails, or takes too long. @throws Error in both cases. */
  readonly inTime = <T>(operation: Promise<T>): Promise<T> => {
    const limitMs = this.#timeoutMs;
    return new Promise<T>((resolve, reject) => {
      // A process that was busy, or stood still, cannot read answers. Such a time counts as one part.
      let parts = 0;
      const countPart = (): void => {
        parts += 1;
        if (parts < PARTS) timer = setTimeout(countPart, limitMs / PARTS);
        else this.end(`Redis did not answer within ${limitMs} ms`);
      };
      let timer = setTimeout(countPart, limitMs / PARTS);
      const finish = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(fail);
      };
      const fail = (error: Error): void => {
        finish();
        reject(error);
      };
      this.#waiting.add(fail);
      operation.then(
        (value) => {
          finish();
          resolve(value);
        },
        (thrown: unknown) => {
          const error = thrown instanceof Error ? thrown : new Error(String(thrown));
          this.end(error.message);
          fail(error);
        },
      );
      if (this.#failure !== null) fail(this.#failure);
    });
  };
}

/** The parts into which the time for an answer is divided. */
const PARTS = 4;
