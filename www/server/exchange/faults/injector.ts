import { Dice } from './dice.ts';
import { FAULT_NAMES, type FaultName, type Faults, type PresetName } from './faults.ts';
import { formatFaults, parseFaults, presetOf } from './notation.ts';

/**
 * Decides when the faults of one switch strike.
 *
 * The callers ask whether a fault strikes, and then make it happen. Each question draws a number from
 * the dice of that fault. So the same questions in the same order get the same answers.
 */
export class FaultInjector {
  #faults: Faults;
  #dice: Readonly<Record<FaultName, Dice>>;

  /** @throws SwitchError `invalid` if `faults` cannot be read. */
  constructor(faults: string) {
    this.#faults = parseFaults(faults);
    this.#dice = diceFor(this.#faults.seed);
  }

  /** The faults in the precise form: `calm`, or `seed=1,delay=20..400,…`. */
  get faults(): string {
    return formatFaults(this.#faults);
  }

  /** The name of the preset that these faults are, or null. */
  get preset(): PresetName | null {
    return presetOf(this.#faults);
  }

  /** True if no fault can strike. */
  get isCalm(): boolean {
    return Object.values(this.#faults.rates).every(({ chance }) => chance === 0);
  }

  /** Replaces the faults and restarts their dice. @throws SwitchError as the constructor does. */
  set(faults: string): void {
    this.#faults = parseFaults(faults);
    this.#dice = diceFor(this.#faults.seed);
  }

  /** Returns true if the fault strikes now. */
  strikes(fault: FaultName): boolean {
    const chance = this.#faults.rates[fault]?.chance ?? 0;
    return this.#dice[fault].throw() < chance;
  }

  /** Returns how long the fault strikes now, in ms. 0 if it does not strike. */
  durationOf(fault: FaultName): number {
    const strikes = this.strikes(fault);
    const { fromMs, toMs } = this.#faults.rates[fault] ?? { fromMs: 0, toMs: 0 };
    const ms = this.#dice[fault].between(fromMs, toMs);
    return strikes ? ms : 0;
  }

  /** Chooses one of the forms that a fault can take. Undefined only if `forms` is empty. */
  choose<T>(fault: FaultName, forms: readonly T[]): T | undefined {
    return forms[this.#dice[fault].between(0, forms.length - 1)];
  }
}

function diceFor(seed: number): Readonly<Record<FaultName, Dice>> {
  const dice = FAULT_NAMES.map((name) => [name, new Dice(seed, name)]);
  return Object.fromEntries(dice) as Record<FaultName, Dice>;
}
