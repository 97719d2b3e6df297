import type { Departure, ValetPark } from 'valet-park';
import { readStored, store, tryAsync, tryOr } from './browser-features.ts';
import { extensionsIn } from './extension-list.ts';
import { addDepartures, addToJournal } from './history-merge.ts';
import { readDeparture, readJournalRow } from './history-read.ts';

/**
 * Returns the answer of a server to `GET /journal`: `{ rows: […] }`. Rejects if the server does not
 * answer.
 */
export type ReadJournal = () => Promise<unknown>;

/** The panel that the history belongs to. */
export interface HistoryHost {
  /** Reads the journal of the server; null if the server has none. */
  readonly journal: ReadJournal | null;
  /** Our extensions, separated by commas or spaces. */
  readonly extension: string;
  requestUpdate(): void;
}

/** Where the departures of a history come from. `failed`: the server did not send its journal. */
export type HistorySource = 'browser' | 'journal' | 'failed';

/** The version of the stored text. A page with another version ignores the text. */
const version = 1;

/**
 * The departures of a lot, up to 500, also those from before a reload.
 *
 * They come from the journal of the server. Without a journal, they are stored in this browser, and
 * a browser that refuses to store them only forgets them at the next reload.
 */
export class History {
  readonly #host: HistoryHost;
  #departures: readonly Departure[] = [];
  #journal: readonly Departure[] = [];
  #merged: readonly Departure[] = [];
  #hasFailed = false;
  /** Departures before this time were removed, in ms since 1970. */
  #clearedAt = 0;
  #stopping = new AbortController();

  constructor(host: HistoryHost) {
    this.#host = host;
  }

  /** The departures, newest first. */
  get departures(): readonly Departure[] {
    return this.#merged;
  }

  get source(): HistorySource {
    if (this.#host.journal === null) return 'browser';
    return this.#hasFailed ? 'failed' : 'journal';
  }

  /** Follows a client until `stop`. */
  start(park: ValetPark): void {
    this.#stopping = new AbortController();
    const { signal } = this.#stopping;
    this.#readStored();
    this.#add(park.getSnapshot().departures);
    park.on('departed', (departure) => this.#add([departure]), { signal });
    const onStorage = ({ key }: StorageEvent): void => {
      if (key !== null && key !== this.#key) return;
      this.#readStored();
      this.#host.requestUpdate();
    };
    window.addEventListener('storage', onStorage, { signal });
  }

  stop(): void {
    this.#stopping.abort();
    this.#set([], []);
    this.#clearedAt = 0;
  }

  /** Reads the journal of the server again. Does nothing without a journal. */
  async load(): Promise<void> {
    const { journal } = this.#host;
    const { signal } = this.#stopping;
    if (journal === null) return;
    const answer = await tryAsync<unknown>(journal, null);
    if (signal.aborted) return;
    const rows = Object(answer) as { rows?: unknown };
    this.#hasFailed = !Array.isArray(rows.rows);
    if (Array.isArray(rows.rows)) {
      const own = new Set(extensionsIn(this.#host.extension));
      const journal = (rows.rows as unknown[])
        .map((row) => readJournalRow(row, (extension) => own.has(extension)))
        .filter((departure) => departure !== null);
      this.#set(this.#departures, journal);
    }
    this.#host.requestUpdate();
  }

  /** Removes the departures from this browser. The journal of a server is not changed. */
  clear(): void {
    this.#set([]);
    this.#clearedAt = Date.now();
    this.#store();
    this.#host.requestUpdate();
  }

  /** Merges at each change, because a panel with an open history reads the result at each update. */
  #set(departures: readonly Departure[], journal = this.#journal): void {
    this.#departures = departures;
    this.#journal = journal;
    this.#merged = journal.length === 0 ? departures : addToJournal(journal, departures);
  }

  #add(departures: readonly Departure[]): void {
    const valid = departures.map(readDeparture).filter((each) => each !== null);
    const fresh = valid.filter(({ at }) => at > this.#clearedAt);
    if (fresh.length === 0) return;
    this.#set(addDepartures(this.#departures, fresh));
    this.#store();
    this.#host.requestUpdate();
  }

  /** The panels of the same extensions share one entry of `localStorage`. */
  get #key(): string {
    return ['valet-park history', ...[...extensionsIn(this.#host.extension)].sort()].join(' ');
  }

  #readStored(): void {
    if (this.#host.journal !== null) return;
    const text = readStored(this.#key) ?? '{}';
    const stored = tryOr(() => Object(JSON.parse(text)) as Record<string, unknown>, {});
    if (stored['version'] !== version) return;
    const { clearedAt, departures } = stored;
    if (typeof clearedAt === 'number') this.#clearedAt = clearedAt;
    const read = (Array.isArray(departures) ? departures : []).map(readDeparture);
    const own = this.#departures.filter(({ at }) => at > this.#clearedAt);
    const known = read.filter((departure) => departure !== null);
    this.#set(addDepartures(own, known));
  }

  #store(): void {
    // The server keeps the journal, and can remove a person from it. No copy stays in the browser.
    if (this.#host.journal !== null) return;
    const kept = { version, clearedAt: this.#clearedAt, departures: this.#departures };
    store(this.#key, JSON.stringify(kept));
  }
}
