// What resolved promises claim, against what had happened on the switch.

/** How long after an answer the slot is looked at here, to judge whether a look can tell, in ms. */
const lookAfterMs = 100;

/** @typedef {{ call: string, arrived: number, slot: number | null }} Act */
/** @typedef {{ slot: number | null, uuid: string | null, confirmed?: boolean }} Said */

export class Claims {
  /** How many requests were sent. */
  requests = 0;
  /** How many claims were false, and a look would have shown it. */
  visible = 0;
  /** @type {Record<string, number>} */
  #counts = {};
  /** The end of the latest act on each call. @type {Map<string, string>} */
  #became = new Map();
  /** Whether a look showed the call in the slot, a moment after its act. @type {Map<string, boolean>} */
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

  /** Notes what became of a call when its act was carried out. @param {Act} act */
  answered({ call, arrived, slot }) {
    const accident = [...this.#exchange.accidents].reverse().find(({ commands }) => {
      const last = commands.at(-1);
      return last?.call === call && last.at === arrived;
    });
    this.#became.set(call, accident?.kind ?? 'as asked');
    this.#shown.delete(call);
    const where = accident?.slot ?? slot;
    this.#agenda.add(this.#exchange.now() + lookAfterMs, () => {
      this.#shown.set(call, this.#isListed(call, where));
    });
  }

  /** Whether the switch says, when it is asked, that the call waits in the slot. */
  #isListed(/** @type {string} */ call, /** @type {number | null} */ slot) {
    const asker = this.#exchange.calls().find(({ state }) => state === 'talking');
    if (asker === undefined || slot === null) return false;
    const { extension } = asker;
    const answer = this.#exchange.ask({ extension, call: asker.call, action: 'slots', slot });
    return answer.kind === 'held' && call.endsWith(answer.uuid);
  }

  /** @param {{ kind: 'park' | 'bridge', call: string, isNamed: boolean, said: Said }} claim */
  resolved({ kind, call, isNamed, said }) {
    const became = this.#became.get(call) ?? 'as asked';
    const how = `${kind}${isNamed ? '' : ' without a slot'}`;
    // A call that waits where no list shows it was parked all the same.
    const isTrue = became === 'as asked' || (kind === 'park' && became === 'orphaned');
    if (isTrue) return this.#count(`${how}: true`);
    if (said.confirmed === false) {
      return this.#count(`${how}: false, said to be unconfirmed (${became})`);
    }
    const isShown = this.#shown.get(call) ?? this.#isListed(call, said.slot);
    const isVisible = kind === 'park' ? !isShown : isShown;
    this.visible += Number(isVisible);
    this.#count(`${how}: false, ${isVisible ? 'a look shows it' : 'no look shows it'} (${became})`);
  }

  /** @param {{ kind: string, isNamed: boolean, code: string }} end */
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
