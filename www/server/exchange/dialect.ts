import type { Dialect } from 'valet-park';
import { SwitchError } from './switch-error.ts';

/** A version of the documentation of the resource. */
export type DialectName = (typeof DIALECTS)[number];

export const DIALECTS = ['classic', 'current'] as const;

/** Returns how a switch with this dialect writes slots. @throws SwitchError for an unknown dialect. */
export function dialectOf(name: DialectName, slots: number): Required<Dialect> {
  switch (name) {
    case 'classic':
      return { slots, slotFormat: 'string', slotRequired: false };
    case 'current':
      return { slots, slotFormat: 'integer', slotRequired: true };
    default:
      throw unknownDialect(name);
  }
}

function unknownDialect(name: never): SwitchError {
  const known = DIALECTS.join(', ');
  return new SwitchError('invalid', `a dialect is one of ${known}, not \`${String(name)}\``);
}
