// Counts accidents in a lot on FreeSWITCH. The events come over a separate connection.

import { setTimeout as pause } from 'node:timers/promises';

/** How long a call may be on hold without a slot, in ms. */
const ORPHAN_MS = 2_000;
/** How long an event may come after the answer of the command that it belongs to, in ms. */
const LATE_MS = 3_000;

/** @typedef {{ uuid: string, application: string, state: string, call_uuid: string }} Row */
/** @typedef {{ name: string, headers: Readonly<Partial<Record<string, string>>> }} Told */

/** Compares what the commands said with what the engine did. */
export class Judge {
  counts = { strangers: 0, askersParked: 0, orphans: 0, falseClaims: 0 };
  #lot;
  #api;
  /** The command of each caller: `park`, `bridge` or `pick-up`. @type {Map<string, string>} */
  #wants = new Map();
  /** @type {Set<string>} */
  #ushers = new Set();
  /** The calls that waited in a slot. @type {Set<string>} */
  #held = new Set();
  /** @type {Set<string>} */
  #pairs = new Set();
  /** When a call without a slot was first seen, in ms. @type {Map<string, number>} */
  #lost = new Map();
  #timer = setInterval(() => void this.#look().catch(() => {}), 500);

  /** @param {string} lot @param {(command: string) => Promise<string>} api */
  constructor(lot, api) {
    this.#lot = lot;
    this.#api = api;
  }

  /** Notes the command of a caller. */
  expect(/** @type {string} */ uuid, /** @type {string} */ action) {
    this.#wants.set(uuid, action);
  }

  /** Takes in an event of the engine. */
  apply(/** @type {Told} */ { name, headers }) {
    const uuid = headers['Unique-ID'] ?? '';
    if (name === 'CHANNEL_CREATE') {
      if (headers['variable_valet_park_usher'] !== undefined) this.#ushers.add(uuid);
      if (headers['variable_valet_park_pick_up'] !== undefined) this.expect(uuid, 'pick-up');
    }
    if (name === 'CHANNEL_BRIDGE') {
      const { 'Bridge-A-Unique-ID': one = '', 'Bridge-B-Unique-ID': other = '' } = headers;
      this.#connected(one, other);
    }
    if (headers['Valet-Lot-Name'] !== this.#lot || this.#ushers.has(uuid)) return;
    if (headers['Action'] === 'hold') {
      this.#held.add(uuid);
      if (this.#wants.get(uuid) !== 'park') this.#count('askersParked', uuid);
    }
    if (headers['Action'] === 'bridge' && !this.#ushers.has(headers['Bridge-To-UUID'] ?? '')) {
      this.#count('strangers', `${uuid} ${headers['Bridge-To-UUID']}`);
    }
  }

  #connected(/** @type {string} */ one, /** @type {string} */ other) {
    this.#pairs.add(`${one} ${other}`).add(`${other} ${one}`);
    const [first, second] = [this.#wants.get(one), this.#wants.get(other)];
    // A telephone of a caller, and an usher, want nothing.
    if (first === undefined || second === undefined) return;
    const isWanted = (first === 'park') !== (second === 'park');
    if (!isWanted) this.#count('strangers', `${one} ${other}`);
  }

  /** The answer said that the call was parked. */
  async parked(/** @type {string} */ uuid) {
    if (!(await this.#isSoon(() => this.#held.has(uuid)))) this.#count('falseClaims', uuid);
  }

  /** The answer said that the two were connected. */
  async bridged(/** @type {string} */ uuid, /** @type {string} */ other) {
    const isTrue = await this.#isSoon(() => this.#pairs.has(`${uuid} ${other}`));
    if (!isTrue) this.#count('falseClaims', `${uuid} ${other}`);
  }

  /** The answer said that a telephone was connected with the call. */
  async pickedUp(/** @type {string} */ uuid) {
    const isTrue = await this.#isSoon(() =>
      [...this.#pairs].some((pair) => {
        const [one, other = ''] = pair.split(' ');
        return one === uuid && this.#wants.get(other) === 'pick-up';
      }),
    );
    if (!isTrue) this.#count('falseClaims', uuid);
  }

  close() {
    clearInterval(this.#timer);
  }

  async #isSoon(/** @type {() => boolean} */ check) {
    for (let waited = 0; waited < LATE_MS && !check(); waited += 20) await pause(20);
    return check();
  }

  #count(/** @type {keyof Judge['counts']} */ kind, /** @type {string} */ what) {
    this.counts[kind] += 1;
    console.log(`${kind}: ${what}`);
  }

  /** Finds calls on hold that are in no slot, and calls that wait for a partner who has ended. */
  async #look() {
    const info = await this.#api(`valet_info ${this.#lot}`);
    /** @type {{ rows?: Row[] }} */
    const { rows = [] } = JSON.parse(await this.#api('show channels as json'));
    const now = Date.now();
    const isAlone = (/** @type {Row} */ { uuid, call_uuid: call }) =>
      !rows.some((other) => other.uuid !== uuid && (other.call_uuid || other.uuid) === call);
    const lost = rows.filter((row) => {
      const { uuid, application, state } = row;
      if (!this.#wants.has(uuid)) return false;
      const isOnHold = application === 'valet_park' && !info.includes(`"${uuid}"`);
      return isOnHold || (state === 'CS_SOFT_EXECUTE' && isAlone(row));
    });
    for (const uuid of [...this.#lost.keys()]) {
      if (!lost.some((row) => row.uuid === uuid)) this.#lost.delete(uuid);
    }
    for (const { uuid } of lost) {
      const since = this.#lost.get(uuid) ?? now;
      this.#lost.set(uuid, since);
      // The list of channels is late.
      if (now - since < ORPHAN_MS || (await this.#api(`uuid_exists ${uuid}`)) !== 'true') continue;
      if (since !== Infinity) this.#count('orphans', uuid);
      this.#lost.set(uuid, Infinity);
    }
  }
}
