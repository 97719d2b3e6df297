import type { Answer } from 'valet-park';

/** The status and the body of an answer. */
export interface Wording {
  readonly status: number;
  readonly body: string;
}

/**
 * Returns other forms of the same answer: those that real switches were seen to send, and those that
 * the documents allow. Some forms say less than the usual one. None says anything different.
 *
 * Empty for a refusal that has only one form. `slots` is the number of slots in the lot.
 */
export function oddWordings(answer: Answer, { status, body }: Wording, slots: number): Wording[] {
  if (answer.kind === 'refused' || answer.kind === 'unclear') {
    if (answer.kind === 'unclear' || answer.code !== 'taken') return [];
    // Clients must recognise the sentence with any status, in any letter case, inside other text.
    return [
      { status: 200, body },
      { status: 500, body: `<p>ERROR: ${answer.message.toUpperCase()}</p>` },
    ];
  }
  const said: unknown = JSON.parse(body);
  const bodies = [inPython(said), JSON.stringify(said, withIntegers), ...oddBodies(answer, slots)];
  const wordings = bodies.map((odd) => ({ status, body: odd }));
  if (answer.kind !== 'parked' && answer.kind !== 'bridged') return wordings;
  // For a command, the success says everything.
  return [...wordings, { status: 201, body }, { status: 204, body: '' }];
}

function oddBodies(answer: Exclude<Answer, { kind: 'refused' | 'unclear' }>, slots: number) {
  switch (answer.kind) {
    case 'parked':
    case 'bridged':
      return ['', '{}', 'null'];
    case 'held':
      return [JSON.stringify({ uuid: answer.uuid, slot: answer.slot })];
    case 'vacant':
      return [
        JSON.stringify({ slot: String(answer.slot) }),
        JSON.stringify({ slot: answer.slot, UUID: '' }),
        '{}',
      ];
    case 'free': {
      const texts = answer.slots.map(String);
      const all = Array.from({ length: slots }, (_, index) => index + 1);
      const free = new Set(answer.slots);
      return [
        JSON.stringify(texts),
        JSON.stringify(answer.slots),
        inPython(texts),
        JSON.stringify({ free: texts }),
        JSON.stringify({ free_slots: answer.slots }),
        JSON.stringify(texts.join(',')),
        JSON.stringify(Object.fromEntries(all.map((slot) => [slot, free.has(slot)]))),
      ];
    }
  }
}

/** Prints a value as Python 2 does: `{u'slot': u'6', u'UUID': None}`. */
function inPython(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'string') return `u'${value.replace(/['\\]/g, '\\$&')}'`;
  if (Array.isArray(value)) return `[${value.map(inPython).join(', ')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, one]) => `${inPython(name)}: ${inPython(one)}`);
  return `{${fields.join(', ')}}`;
}

/** Replaces texts that are numbers by numbers, for `JSON.stringify`. */
function withIntegers(_: string, value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}
