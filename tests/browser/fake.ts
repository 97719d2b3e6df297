// A page with only <valet-lot> and a fake client. It shows states that a real switch reaches seldom, or
// not at the moment of the test.

import { expect, type Locator, type Page } from '@playwright/test';
import type { CallView, Departure, SlotView, SyncView } from 'valet-park';

/** A part of the snapshot. Times are in ms from now; a negative time is in the past. */
export interface Shown {
  readonly slots?: readonly (Partial<SlotView> & { readonly slot: number })[];
  readonly calls?: readonly Partial<CallView>[];
  readonly departures?: readonly Partial<Departure>[];
  readonly sync?: Partial<SyncView>;
}

/** Controls the fake client of the page. */
interface FakeControl {
  /** Replaces the named parts of the snapshot. */
  show(shown: Shown): void;
  /** Fires `due` for the calls in these slots. */
  due(...dues: readonly (readonly [slot: number, leftMs: number])[]): void;
  /** Adds departures and fires `departed` for each. */
  departed(...departures: readonly Partial<Departure>[]): void;
  /** Lets the next commands fail with this error; with an empty code they succeed again. */
  fail(code: string, kind: string): void;
  /** Fires `trouble` with this error. */
  trouble(code: string, kind: string): void;
  /** The commands so far, such as `park call-1`. */
  readonly commands: string[];
}

declare global {
  interface Window {
    control: FakeControl;
  }
}

const fakePage = `<!doctype html>
<html lang="en">
<meta charset="utf-8" />
<link rel="icon" href="data:," />
<title>Softphone</title>
<main><h1>Softphone</h1></main>
<script type="module" src="/fake/main.js"></script>
</html>`;

/** The script of the page, with the fake client. */
const main = `
import '/element.js';
const now = Date.now();
const view = (slot) => ({ slot, state: 'free', pending: null, confirmed: true, checkedAt: now,
  uuid: null, call: null, caller: null, parkedBy: null, mine: false, heldSince: null, exact: false,
  returnsAt: null, note: null, forWhom: null });
const call = (given, n) => ({ call: 'call-' + n, callId: null, uuid: 'uuid-' + n, direction: 'in',
  caller: null, called: null, state: 'talking', since: 0, slot: null, pending: null,
  extension: '34414', sipCallId: null, returnedFrom: null, ...given });
const budget = { limit: null, remaining: null, resetsAt: null };
let snapshot = { revision: 1, slots: Array.from({ length: Number(new URLSearchParams(location.search).get('slots') ?? 9) },
  (_, at) => view(at + 1)),
  calls: [], departures: [],
  sync: { state: 'live', checkedAt: now, nextAskAt: null, role: 'solo', budget,
    patience: { toldMs: 180000, seenMs: null } } };
const times = ['checkedAt', 'heldSince', 'returnsAt', 'since', 'at', 'nextAskAt'];
const dated = (given) => Object.fromEntries(Object.entries(given).map(([name, value]) =>
  [name, times.includes(name) && value !== null ? Date.now() + value : value]));
const listeners = { change: new Set(), due: new Set(), departed: new Set(), trouble: new Set() };
const departure = (given) => ({ slot: 1, uuid: 'gone-' + given.slot, call: null, caller: null,
  at: Date.now(), reason: 'unknown', mine: false, parkedBy: null, takenBy: null,
  note: null, forWhom: null, waitedMs: null, ...dated(given) });
const tell = (type, event) => listeners[type].forEach((listener) => listener(event));
let failure = null;
const commands = [];
const command = (name) => async (...given) => {
  commands.push([name, ...given.map((one) => typeof one === 'object'
    ? [one.slot, one.for, one.note].filter(Boolean).join(' ') : one)].join(' ').trim());
  if (failure !== null) throw failure;
  if (name === 'inspect') return snapshot.slots[given[0] - 1];
  if (name === 'refresh') return snapshot;
  if (name === 'pickUp') return { slot: given[0], uuid: snapshot.slots[given[0] - 1].uuid };
  return name === 'park' ? { slot: given[1]?.slot ?? 1, uuid: 'uuid-in-' + (given[1]?.slot ?? 1), returnsAt: null } : {};
};
const failureOf = (code, kind) => Object.assign(new Error(code), { code, kind, outcome: kind === 'unclear' ? 'unknown' : 'not-done',
  retryable: false, slot: null, status: null, retryAfterMs: null,
  [Symbol.for('valet-park.error')]: true });
const add = (set, listener, signal) => {
  set.add(listener);
  signal?.addEventListener('abort', () => set.delete(listener));
  return () => set.delete(listener);
};
const park = {
  getSnapshot: () => snapshot,
  subscribe: (listener) => add(listeners.change, listener),
  on: (type, listener, { signal } = {}) => add(listeners[type], listener, signal),
  remaining: (slot) => {
    const { returnsAt } = snapshot.slots[slot - 1];
    return returnsAt === null ? null : returnsAt - Date.now();
  },
  park: command('park'), bridge: command('bridge'), inspect: command('inspect'),
  canPickUp: true, refresh: command('refresh'), pickUp: command('pickUp'),
  annotate: async (slot, texts) => {
    await command('annotate')(slot, JSON.stringify(texts));
    const { slots } = snapshot;
    snapshot = { ...snapshot, slots: slots.map((old) =>
      old.slot === slot ? { ...old, note: texts.note, forWhom: texts.for } : old) };
    tell('change');
  },
  whereIs: (name) => snapshot.calls.find(({ call }) => call === name) ?? { state: 'unknown' },
  recording: () => ({ version: '0.0.0', entries: [{ at: 1, what: 'tick' }] }),
};
window.control = {
  commands,
  show({ slots = [], calls, departures, sync }) {
    snapshot = { ...snapshot, revision: snapshot.revision + 1,
      slots: snapshot.slots.map((old) => {
        const given = slots.find(({ slot }) => slot === old.slot);
        return given === undefined ? old : { ...view(old.slot), ...dated(given) };
      }),
      calls: calls?.map((each, at) => call(dated(each), at + 1)) ?? snapshot.calls,
      departures: departures?.map(departure) ?? snapshot.departures,
      sync: { ...snapshot.sync, ...dated(sync ?? {}) } };
    tell('change');
  },
  due(...dues) {
    for (const [slot, leftMs] of dues) tell('due', { view: snapshot.slots[slot - 1], leftMs });
  },
  departed(...given) {
    const gone = given.map(departure);
    snapshot = { ...snapshot, departures: [...gone, ...snapshot.departures] };
    tell('change');
    for (const each of gone) tell('departed', each);
  },
  fail(code, kind) { failure = code === '' ? null : failureOf(code, kind); },
  trouble(code, kind) { tell('trouble', failureOf(code, kind)); },
};
const lot = document.createElement('valet-lot');
lot.home = 'Reception';
lot.nameOf = (extension) => ({ 32494: 'Sales', 34414: 'Reception', 555: 'مبيعات' })[extension] ?? extension;
for (const [name, value] of new URLSearchParams(location.search)) lot.setAttribute(name, value);
lot.park = park;
window.lot = lot;
document.querySelector('main').append(lot);
`;

/** A page with the element and the fake client. */
export class Fake {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** Opens the page. `attributes` are set on the element. */
  static async open(page: Page, attributes: Readonly<Record<string, string>> = {}): Promise<Fake> {
    await page.clock.install();
    await Fake.serve(page);
    await page.goto(`/fake/?${new URLSearchParams(attributes).toString()}`);
    await expect(page.getByRole('grid')).toBeVisible();
    return new Fake(page);
  }

  /** Serves the files of the page. A frame without an origin may load its script. */
  static async serve(page: Page): Promise<void> {
    const headers = { 'access-control-allow-origin': '*' };
    await page.route('**/fake/*', (route) => {
      const isScript = new URL(route.request().url()).pathname.endsWith('main.js');
      const contentType = isScript ? 'text/javascript' : 'text/html';
      return route.fulfill({ contentType, body: isScript ? main : fakePage, headers });
    });
  }

  /**
   * Stops the clock of the page. From then on only `runFor` and `fastForward` move the time, and a
   * slow machine loses none of it.
   */
  async stopClock(): Promise<void> {
    await this.page.clock.pauseAt(await this.page.evaluate(() => Date.now() + 1_000));
  }

  async show(shown: Shown): Promise<void> {
    await this.page.evaluate((shown) => window.control.show(shown), shown);
  }

  async due(...dues: readonly (readonly [slot: number, leftMs: number])[]): Promise<void> {
    await this.page.evaluate((dues) => window.control.due(...dues), dues);
  }

  async departed(...departures: readonly Partial<Departure>[]): Promise<void> {
    await this.page.evaluate((departures) => window.control.departed(...departures), departures);
  }

  async fail(code: string, kind = 'refusal'): Promise<void> {
    await this.page.evaluate(([code, kind]) => window.control.fail(code, kind), [
      code,
      kind,
    ] as const);
  }

  async trouble(code: string, kind: string): Promise<void> {
    await this.page.evaluate(([code, kind]) => window.control.trouble(code, kind), [
      code,
      kind,
    ] as const);
  }

  commands(): Promise<string[]> {
    return this.page.evaluate(() => [...window.control.commands]);
  }

  /** The tile at this place of the board. */
  tile(slot: number): Locator {
    return this.page
      .locator('valet-tile')
      .nth(slot - 1)
      .locator('.tile');
  }

  /** The content of a tile, whose label is the name of the tile. */
  content(slot: number): Locator {
    return this.tile(slot).locator('.content');
  }

  /** The messages as a person sees them. */
  get toast(): Locator {
    return this.page.locator('valet-notices .toast');
  }

  /** The live region whose text screen readers read at the next pause. */
  get status(): Locator {
    return this.page.locator('valet-notices').getByRole('status');
  }

  /** The live region whose text screen readers read at once. */
  get alert(): Locator {
    return this.page.locator('valet-notices').getByRole('alert');
  }
}

/** Returns a caller with a name and a number. */
export function caller(name: string, number = '+7 495 123-45-67'): SlotView['caller'] {
  return { name, number, extension: null };
}

/** Returns a held slot whose call has waited for a minute and returns in two. */
export function held(
  slot: number,
  name: string,
  more: Partial<SlotView> = {},
): Partial<SlotView> & {
  readonly slot: number;
} {
  const times = { heldSince: -60_000, returnsAt: 120_000, exact: true, checkedAt: 0 };
  return {
    ...{ slot, state: 'held', uuid: `uuid-in-${slot}`, caller: caller(name) },
    ...times,
    ...more,
  };
}
