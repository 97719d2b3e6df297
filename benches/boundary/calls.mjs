// The call events of a busy desk, as the switch writes them, and the names of calls.

/** The name of call number `n`: its `call_api_id`. */
export function callName(/** @type {number} */ n) {
  return `3584709739-${uuid(n)}`;
}

/** The part of the name that a slot answers with. */
export function uuid(/** @type {number} */ n) {
  const hex = n.toString(16).padStart(12, '0');
  return `262077ef-325f-4868-aa49-${hex}`;
}

/**
 * One event of call number `n`, as a form.
 *
 * @param {'dial-in' | 'answer' | 'hangup'} type
 * @param {number} n
 * @param {number} atMs  when it happened
 */
export function callEvent(type, n, atMs) {
  const thread = uuid(n).replaceAll('-', '');
  const status = type === 'dial-in' ? 'CALLING' : 'ANSWER';
  const number = String(9_161_000_000 + (n % 1_000_000));
  return (
    `EventType=${type}&EventTime=${atMs * 1000}&CallID=${thread}&SubCallID=85219-${thread}` +
    `&CallAPIID=${callName(n)}&CallFlow=in&CallStatus=${status}&CalledDID=74959998877` +
    `&CalledNumber=2566*102&CalledExtension=2566*102@sipproxy.example&CalledExtensionID=85219` +
    `&CallerIDName=Caller+${n}&CallerIDNum=%2B7${number}`
  );
}

/** The events of a desk at which `live` calls are always live: one is over, the next one comes. */
export class CallEvents {
  #live;
  #next;
  #step = 0;
  #atMs;

  /**
   * @param {number} live  how many calls are live
   * @param {number} atMs  when the first event happens
   */
  constructor(live, atMs) {
    this.#live = live;
    this.#next = live;
    this.#atMs = atMs;
  }

  /** The events that make the first calls live. */
  first() {
    return Array.from({ length: this.#live }, (_, n) => [
      callEvent('dial-in', n, this.#tick()),
      callEvent('answer', n, this.#tick()),
    ]).flat();
  }

  /**
   * The next `count` events. The oldest call is over, a new call rings, and is answered.
   *
   * @param {number} count
   * @returns {string[]}
   */
  take(count) {
    return Array.from({ length: count }, () => this.#one());
  }

  #one() {
    const step = this.#step++ % 3;
    if (step === 0) return callEvent('hangup', this.#next - this.#live, this.#tick());
    if (step === 1) return callEvent('dial-in', this.#next, this.#tick());
    return callEvent('answer', this.#next++, this.#tick());
  }

  #tick() {
    return (this.#atMs += 10);
  }
}
