import { Dice } from './dice.ts';
import { FAULT_NAMES, type FaultName, type Faults, type WeatherName } from './faults.ts';
import { formatFaults, nameOf, parseFaults } from './notation.ts';

/**
 * The weather over one switch: which faults there are now, and the dice that decide when.
 *
 * It decides and does nothing itself. Every question throws the dice of that fault, so the same
 * questions in the same order have the same answers, once for each time that it is set.
 */
export class Weather {
  #faults: Faults;
  #dice: Readonly<Record<FaultName, Dice>>;

  /** @throws SwitchError for what are no faults. */
  constructor(faults: string) {
    this.#faults = parseFaults(faults);
    this.#dice = diceFor(this.#faults.seed);
  }

  /** The faults in full: `calm`, or `seed=1,delay=20..400,…`. */
  get faults(): string {
    return formatFaults(this.#faults);
  }

  /** What it is called, or null if nobody has named it. */
  get name(): WeatherName | null {
    return nameOf(this.#faults);
  }

  get isCalm(): boolean {
    return Object.values(this.#faults.rates).every(({ chance }) => chance === 0);
  }

  /** Changes from now on, and begins the seed anew. @throws SwitchError for what are no faults. */
  set(faults: string): void {
    this.#faults = parseFaults(faults);
    this.#dice = diceFor(this.#faults.seed);
  }

  /** Whether a fault strikes now. */
  strikes(fault: FaultName): boolean {
    const chance = this.#faults.rates[fault]?.chance ?? 0;
    return this.#dice[fault].throw() < chance;
  }

  /** For how many ms a fault strikes now; 0 if it does not. */
  spanOf(fault: FaultName): number {
    const strikes = this.strikes(fault);
    const { fromMs, toMs } = this.#faults.rates[fault] ?? { fromMs: 0, toMs: 0 };
    const ms = this.#dice[fault].between(fromMs, toMs);
    return strikes ? ms : 0;
  }

  /** One of several ways in which a fault may strike; undefined only where there is none. */
  choose<T>(fault: FaultName, ways: readonly T[]): T | undefined {
    return ways[this.#dice[fault].between(0, ways.length - 1)];
  }
}

function diceFor(seed: number): Readonly<Record<FaultName, Dice>> {
  const dice = FAULT_NAMES.map((name) => [name, new Dice(seed, name)]);
  return Object.fromEntries(dice) as Record<FaultName, Dice>;
}
