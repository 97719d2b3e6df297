import { randomUUID } from 'node:crypto';
import { HeldLease, StaleFenceError, type Lease } from '../lease.ts';
import type {
  AppendOptions,
  JournalChange,
  JournalRows,
  KeyStore,
  Log,
  LogEntry,
  LogHealth,
  StoredEntry,
} from '../log.ts';
import { LogState } from '../state.ts';
import { RedisAccess } from './access.ts';
import { Alone } from './alone.ts';
import { Arrivals } from './arrivals.ts';
import { checkUrl, loadRedisClient } from './client.ts';
import { NOBODY, readEntry, writeChange, writeExtension } from './entry.ts';
import { RedisHub, type BeatAction, type HubLot } from './hub.ts';
import { SharedKeys } from './keys.ts';
import { mergeChange, readRows } from './merge.ts';
import type { RedisLogOptions } from './options.ts';
import type { BeatReply, JoinReply, RawEntry, Session } from './session.ts';
import { Standing } from './standing.ts';

/**
 * A log in Redis, which several relays share.
 *
 * Each entry goes through Redis and comes back by the stream. So all relays have the same entries in the
 * same order. One relay at a time holds a lease, and asks the switch for all of them.
 *
 * While Redis is away, each relay goes on alone in memory. When Redis is back, or has lost entries,
 * every reader finds a gap.
 */
export class RedisLog implements Log {
  readonly keys: KeyStore;
  readonly journal: JournalRows;
  readonly access: RedisAccess;
  readonly #stream: string;
  /** The methods of this log that the hub calls. */
  readonly #part: HubLot;
  readonly #options: RedisLogOptions;
  readonly #hub: RedisHub;
  readonly #state: LogState;
  readonly #relay = randomUUID();
  readonly #lease = new HeldLease();
  readonly #alone = new Alone();
  readonly #listeners = new Set<() => void>();
  readonly #followers = new Set<(entry: StoredEntry) => void>();
  /** The session that this log has joined. Null while the relay is alone. */
  #session: Session | null = null;
  /** Settles when the join that is under way ends. */
  #joining: Promise<void> | null = null;
  /** The newest id of the stream that this relay has read. Null before the first one. */
  #shared: number | null = null;
  readonly #arrivals = new Arrivals();
  readonly #standing = new Standing();
  /** The entries that came during a join. */
  #early: RawEntry[] = [];
  #problem: string | null = '';

  /**
   * Opens the log. If Redis cannot be reached, the log opens, too, and `health` says so.
   *
   * @throws Error if the library for Redis is missing; RangeError for a wrong `url` or `capacity`.
   */
  static async open(options: RedisLogOptions): Promise<RedisLog> {
    const { url, timeoutMs = 3_000, renewMs = 2_000 } = options;
    checkUrl(url);
    await loadRedisClient();
    return RedisLog.openIn(new RedisHub({ url, timeoutMs, beatMs: renewMs }), options);
  }

  /** Opens the log of one of several lots, which share the connections of a hub. As `open`. */
  static async openIn(hub: RedisHub, options: Omit<RedisLogOptions, 'url'>): Promise<RedisLog> {
    const log = new RedisLog(hub, { ...options, url: '' });
    await hub.add(log.#part);
    return log;
  }

  private constructor(hub: RedisHub, options: RedisLogOptions) {
    const now = options.now ?? Date.now;
    this.#options = options;
    this.#hub = hub;
    this.#state = new LogState(Math.max(now(), 1) - 1, options.capacity);
    const stream = (this.#stream = this.#key('log'));
    const standing = this.#standing;
    this.#part = {
      stream,
      get claim() {
        return standing.claim;
      },
      join: (session) => this.#join(session),
      receive: (entries, session) => this.#receive(entries, session),
      beat: (session, action) => this.#beat(session, action),
      lose: (reason) => this.#lose(reason),
    };
    const parts = { joined: () => this.#joined(), now: () => this.#now };
    this.keys = new SharedKeys({
      ...{ ...parts, state: this.#state, alone: this.#alone, at: () => this.#at },
      keyOf: (name) => this.#key(`command:${name}`),
    });
    const keyOf = (name: string) => this.#key(name);
    this.access = new RedisAccess({
      ...parts,
      latest: () => this.latest,
      keyOf,
      relay: this.#relay,
    });
    this.journal = {
      table: this.#state.journal,
      change: async (journal) => {
        await this.append({ extension: NOBODY, text: '' }, { journal });
      },
    };
  }

  get latest(): number {
    return this.#state.tail.latest;
  }

  get edge(): number {
    return this.#state.tail.edge;
  }

  get lease(): Lease {
    return this.#lease;
  }

  get health(): LogHealth {
    return { ok: this.#problem === null, problem: this.#problem };
  }

  read(after: number): readonly StoredEntry[] | 'gap' {
    return this.#state.tail.after(after);
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  follow(listener: (entry: StoredEntry) => void): () => void {
    this.#followers.add(listener);
    return () => void this.#followers.delete(listener);
  }

  async append(entry: LogEntry, options: AppendOptions = {}): Promise<number | null> {
    return this.#append(entry, options, '');
  }

  async removeEntries(): Promise<void> {
    await this.#append({ extension: NOBODY, text: '' }, {}, 'empty');
  }

  async close(): Promise<void> {
    const session = this.#session;
    if (session !== null && this.#lease.fence !== null) {
      const keys = [this.#key('asker'), this.#key('relays')];
      await session.run('release', keys, [this.#relay]).catch(() => undefined);
    }
    this.#lease.close();
    await this.#hub.remove(this.#part);
  }

  async #append(entry: LogEntry, options: AppendOptions, kind: string): Promise<number | null> {
    const { dedupe, journal = {}, fence } = options;
    const session = await this.#joined();
    if (session !== null) {
      try {
        const keys = [this.#stream, this.#key('journal'), this.#key('fence')];
        if (dedupe !== undefined) keys.push(this.#key(`seen:${dedupe}`));
        const hasChange = (journal.put ?? journal.remove) !== undefined;
        const reply = await session.run('append', keys, [
          ...[this.#now, this.latest, fence ?? '', this.#relay],
          ...[
            writeExtension(entry.extension),
            entry.text,
            hasChange ? JSON.stringify(journal) : '',
          ],
          ...[kind, this.#options.capacity ?? CAPACITY],
          ...writeChange(journal),
        ]);
        if (reply === 'stale') {
          this.#lease.lose();
          throw new StaleFenceError();
        }
        if (dedupe !== undefined) this.#state.apply({ kind: 'seen', dedupe, at: this.#at });
        if (reply === 'known') return null;
        const id = Number(reply);
        if (id > this.latest) await this.#arrivals.wait(id);
        return id;
      } catch (error) {
        if (error instanceof StaleFenceError) throw error;
      }
    }
    return this.#appendAlone(entry, options, kind);
  }

  #appendAlone(
    entry: LogEntry,
    { dedupe, journal = {} }: AppendOptions,
    kind: string,
  ): number | null {
    const at = this.#at;
    if (dedupe !== undefined && this.#state.hasSeen(dedupe, at)) return null;
    const previous = this.latest;
    const id = Math.max(previous + 1, at);
    this.#alone.appended(journal, kind === 'empty');
    if (dedupe !== undefined) this.#state.apply({ kind: 'seen', dedupe, at });
    this.#add({ ...entry, id, previous }, journal, kind === 'empty');
    this.#tell();
    return id;
  }

  /** Adds an entry to what can be read. */
  #add(entry: StoredEntry, journal: JournalChange, isEmptying: boolean): void {
    if (isEmptying) this.#state.tail.clear(entry.previous);
    this.#state.apply({ kind: 'entry', entry, journal, at: this.#at });
    if (entry.extension !== NOBODY) for (const listener of this.#followers) listener(entry);
  }

  /** Lets readers know of new entries. */
  #tell(): void {
    for (const listener of this.#listeners) listener();
    this.#arrivals.arrived(this.latest);
  }

  /** The session, when the log has joined it. Null while the relay is alone. */
  async #joined(): Promise<Session | null> {
    while (this.#joining !== null) await this.#joining;
    return this.#session;
  }

  /** Takes in new entries of the stream. */
  async #receive(entries: readonly RawEntry[], session: Session): Promise<void> {
    if (session !== this.#session || this.#joining !== null) {
      this.#early.push(...entries);
      return;
    }
    for (const raw of entries) {
      const { entry, journal, isEmptying, isAccess } = readEntry(raw, this.#relay);
      if (entry.id <= this.latest) continue;
      if (entry.previous !== this.latest) {
        this.#report('Redis has lost messages, so panels read the state again');
        return this.#join(session);
      }
      this.#takeIn(entry, journal, isEmptying);
      if (isAccess) this.access.tell();
    }
    this.#tell();
  }

  #takeIn(entry: StoredEntry, journal: JournalChange, isEmptying: boolean): void {
    const isOwn = entry.isForeign !== true;
    const { change, repair } = mergeChange(journal, this.#state.journal);
    this.#shared = entry.id;
    this.#add(entry, change, isEmptying);
    if (isOwn && repair !== null) void this.journal.change(repair);
  }

  /** Joins the other relays, at the start or after an interruption. Appends wait meanwhile. */
  #join(session: Session): Promise<void> {
    if (this.#joining !== null && this.#session === session) return this.#joining;
    const joining = this.#joinNow(session);
    const settled = joining.then(
      () => undefined,
      () => undefined,
    );
    this.#joining = settled;
    void settled.then(() => {
      if (this.#joining !== settled) return;
      this.#joining = null;
      const early = this.#early;
      this.#early = [];
      this.#receive(early, session).catch((error: unknown) => session.end(String(error)));
    });
    return joining;
  }

  async #joinNow(session: Session): Promise<void> {
    const { capacity = CAPACITY } = this.#options;
    const isFirst = this.#shared === null && !this.#alone.isUsed;
    for (const { name, request, reply } of this.#alone.keys) {
      const text = reply === null ? '' : JSON.stringify(reply);
      await session.run('answer', [this.#key(`command:${name}`)], [this.#now, request, text]);
    }
    const change = this.#alone.change;
    const hasChange = this.#alone.hasChange;
    const rows = this.#state.journal.all();
    const reply = await session.run(
      'join',
      [this.#stream, this.#key('journal')],
      [
        ...[this.#now, isFirst ? 0 : this.latest, this.#relay, this.#shared ?? ''],
        ...[this.#alone.isUsed ? 1 : 0, capacity, hasChange ? JSON.stringify(change) : ''],
        ...writeChange(change),
      ],
    );
    const [marker, isKnown, raw, journal, isEmpty] = reply as JoinReply;
    if (isKnown === 0) raw.reverse(); // The stream was read from its end.
    const entries = raw.map((one) => readEntry(one, this.#relay));
    if (isKnown === 1 && marker === '') {
      for (const one of entries) this.#takeIn(one.entry, one.journal, one.isEmptying);
    } else {
      this.#state.journal.clear();
      this.#state.apply({ kind: 'journal', journal: { put: readRows(journal) } });
      this.#follow(entries.map(({ entry }) => entry));
      if (marker === '') this.#fill(entries.map(({ entry }) => entry));
      else this.#state.tail.clear(Number(marker));
      this.#shared = this.latest;
    }
    const mustEmpty = this.#alone.hasEmptied;
    this.#alone.clear();
    if (this.#session !== session) this.#lease.share();
    this.#session = session;
    if (isFirst) this.#problem = null;
    else if (this.#problem !== null) {
      this.#problem = null;
      this.#report('Redis is back');
    }
    this.#tell();
    this.access.tell();
    if (mustEmpty) void this.removeEntries();
    if (isEmpty === 1 && rows.length > 0) void this.journal.change({ put: rows });
  }

  /** Takes over the kept entries at the start. */
  #fill(entries: readonly StoredEntry[]): void {
    const { tail } = this.#state;
    tail.clear(entries[0]?.previous ?? this.latest);
    for (const entry of entries) tail.add(entry);
  }

  /** Tells the followers of entries that they do not know. */
  #follow(entries: readonly StoredEntry[]): void {
    const after = this.#shared ?? 0;
    const own = this.#arrivals.ids;
    for (const entry of entries) {
      // This relay has repeated its other entries while it was alone.
      const isNew = entry.isForeign === true || own.has(entry.id);
      if (entry.id <= after || !isNew || entry.extension === NOBODY) continue;
      for (const listener of this.#followers) listener(entry);
    }
  }

  /** Renews, takes or gives back the lease. Checks that this relay has the entries that Redis has. */
  async #beat(session: Session, action: BeatAction): Promise<void> {
    if (session !== this.#session) return;
    const { leaseMs = 8_000 } = this.#options;
    const [at, known] = [performance.now(), this.latest];
    if (action === 'yield') this.#lease.lose();
    const keys = [this.#stream, this.#key('asker'), this.#key('fence'), this.#key('relays')];
    const mayTake = this.#standing.claim.isTaken ? 0 : 1;
    const given = [this.#now, this.#relay, leaseMs, known, mayTake, action];
    const reply = (await session.run('beat', keys, given)) as BeatReply;
    if (session !== this.#session) return;
    this.#standing.replied(reply, this.latest, performance.now());
    const [fence, relays, isThere] = reply;
    // The lease ends earlier here than in Redis, so that two relays never ask at the same time.
    this.#lease.renewed(fence === '' ? null : Number(fence), at + leaseMs * 0.75, relays);
    if (isThere === 1 || known !== this.latest) return;
    this.#report('Redis has lost messages, so panels read the state again');
    await this.#join(session);
  }

  /** Goes on alone. */
  #lose(reason: string): void {
    this.#session = null;
    this.#early = [];
    this.#standing.lose();
    this.#lease.goAlone();
    const isNews = this.#problem !== AWAY;
    this.#problem = AWAY;
    if (isNews) this.#report(`${AWAY}: ${reason}`);
    this.#arrivals.fail();
  }

  /** A key of this lot. All keys of a lot have the same tag, so that a cluster keeps them together. */
  #key(name: string): string {
    return `valet-park:{${this.#options.lot}}:${name}`;
  }

  /** The time for a script. Empty: Redis uses its own clock. */
  get #now(): number | '' {
    return this.#options.now?.() ?? '';
  }

  get #at(): number {
    return (this.#options.now ?? Date.now)();
  }

  #report(sentence: string): void {
    (this.#options.report ?? console.error)(sentence);
  }
}

const AWAY = 'Redis is away, so this relay goes on alone';
/** The number of entries that Redis keeps. */
const CAPACITY = 1_000;
