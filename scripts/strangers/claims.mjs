// Compares the results of resolved promises with what happened on the switch.

/** The time from an answer to the check that may show a false result, in ms. */
const checkAfterMs = 100;

/** @typedef {{ call: string, arrived: number, slot: number | null }} Act */
/** @typedef {{ slot: number | null, uuid: string | null, confirmed?: boolean }} Said */

export class Claims {
  /** The number of requests that were sent. */
  requests = 0;
  /** The number of false results that a check of the slot would have shown. */
  visible = 0;
  /** @type {Record<string, number>} */
  #counts = {};
  /** The result of the latest command for each call. @type {Map<string, string>} */
  #became = new Map();
  /** Whether the slot showed the call soon after its command. @type {Map<string, boolean>} */
  #shown = new Map();
  #exchange;
  #agenda;

  /**
   * @param {import('valet-park/server').Exchange} exchange
   * @param {import('./agenda.mjs').Agenda} agenda
   */
  constructor(exchange, agenda) {
    this.#exchange = exchange;
    this.#agenda = agenda;
  }

  /** Records what happened to a call when the switch carried out its command. @param {Act} act */
  answered({ call, arrived, slot }) {
    const accident = [...this.#exchange.accidents].reverse().find(({ commands }) => {
      const last = commands.at(-1);
      return last?.call === call && last.at === arrived;
    });
    this.#became.set(call, accident?.kind ?? 'as asked');
    this.#shown.delete(call);
    const where = accident?.slot ?? slot;
    this.#agenda.add(this.#exchange.now() + checkAfterMs, () => {
      this.#shown.set(call, this.#isListed(call, where));
    });
  }

  /** Returns true if the switch answers that the call waits in the slot. */
  #isListed(/** @type {string} */ call, /** @type {number | null} */ slot) {
    const asker = this.#exchange.calls().find(({ state }) => state === 'talking');
    if (asker === undefined || slot === null) return false;
    const { extension } = asker;
    const answer = this.#exchange.ask({ extension, call: asker.call, action: 'slots', slot });
    return answer.kind === 'held' && call.endsWith(answer.uuid);
  }

  /** Counts a promise that resolved, and compares its result with what happened.
   *  @param {{ kind: 'park' | 'bridge', call: string, isNamed: boolean, said: Said }} claim */
  resolved({ kind, call, isNamed, said }) {
    const became = this.#became.get(call) ?? 'as asked';
    const how = `${kind}${isNamed ? '' : ' without a slot'}`;
    // An orphaned call waits in a slot although no list shows it. So it was parked.
    const isTrue = became === 'as asked' || (kind === 'park' && became === 'orphaned');
    if (isTrue) return this.#count(`${how}: true`);
    if (said.confirmed === false) {
      return this.#count(`${how}: false, said to be unconfirmed (${became})`);
    }
    const isShown = this.#shown.get(call) ?? this.#isListed(call, said.slot);
    const isVisible = kind === 'park' ? !isShown : isShown;
    this.visible += Number(isVisible);
    this.#count(
      `${how}: false, ${isVisible ? 'a check shows it' : 'no check shows it'} (${became})`,
    );
  }

  /** Counts a promise that was rejected.
   *  @param {{ kind: string, isNamed: boolean, code: string }} end */
  rejected({ kind, isNamed, code }) {
    this.#count(`${kind}${isNamed ? '' : ' without a slot'}: rejected, ${code}`);
  }

  /** @param {number} commands */
  print(commands) {
    for (const [what, count] of Object.entries(this.#counts).sort()) {
      console.log(`${String(count).padStart(9)}  ${what}`);
    }
    console.log(`${(this.requests / commands).toFixed(2)} requests per command`);
  }

  #count(/** @type {string} */ what) {
    this.#counts[what] = (this.#counts[what] ?? 0) + 1;
  }
}
