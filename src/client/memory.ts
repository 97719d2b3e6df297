import type { Snapshot, SlotView } from './snapshot.js';
import type { Told } from './tabs.js';

/** How many call events are kept for a new tab: those of a busy desk's last minutes. */
const REMEMBERED = 64;

/** What a tab tells a new tab: the latest call events, and what is known of the slots. */
export class Memory {
  readonly #calls: Told[] = [];

  add(told: Told): void {
    if (told.kind === 'call' && this.#calls.push(told) > REMEMBERED) this.#calls.shift();
  }

  /** All of it, in the form of a feed. */
  all({ slots }: Snapshot, extension: string, now: number): Told[] {
    const known = slots.filter(
      ({ confirmed, uuid, state }) => confirmed && (uuid !== null || state === 'free'),
    );
    return [...this.#calls, ...known.map((view) => retold(view, extension, now))];
  }
}

/** What is known of a slot, as a message. The time of arrival is told only where it is exact. */
function retold(view: SlotView, extension: string, now: number): Told {
  const { slot, uuid, call, caller, parkedBy, heldSince, exact, checkedAt } = view;
  const askedAt = checkedAt ?? undefined;
  if (exact && call && parkedBy && heldSince !== null) {
    const ago = Math.round(now - heldSince);
    const { number, name } = caller ?? {};
    const who = { number: number ?? '', name: name ?? '' };
    const fields = { kind: 'parked', slot, call, ...who, extension: parkedBy, ago };
    return { kind: 'lot', data: form(fields), askedAt };
  }
  const path = `/extension/${extension}/valet_park/${uuid ?? 'any'}`;
  const body = JSON.stringify({ action: 'slots', slot });
  const answer = JSON.stringify({ slot, UUID: uuid });
  return { kind: 'asked', data: form({ path, body, status: 200, answer }), askedAt };
}

/** The fields of a message, as a form. */
export function form(fields: Readonly<Record<string, string | number>>): string {
  const pairs = Object.entries(fields).map(([name, value]) => [name, String(value)]);
  return new URLSearchParams(pairs).toString();
}
