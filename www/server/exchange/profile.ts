import { Lot, type LotOptions } from 'valet-park/lot';
import type { Accident } from './accident.ts';
import type { Engine } from './engine.ts';
import { FreeswitchLot } from './freeswitch/lot.ts';
import { SwitchError } from './switch-error.ts';

/**
 * How a switch parks. `lot`: as specified. `freeswitch`: as a real switch was seen to park, with its
 * races. The `accidents` of the exchange report what the races did.
 */
export type Profile = (typeof PROFILES)[number];

export const PROFILES = ['lot', 'freeswitch'] as const;

/** @throws SwitchError for an unknown profile, ValetError for invalid options. */
export function createEngine(
  profile: Profile,
  options: LotOptions,
  report: (accident: Accident) => void,
): Engine {
  switch (profile) {
    case 'lot':
      return new Lot(options);
    case 'freeswitch':
      return new FreeswitchLot(options, report);
    default:
      throw unknownProfile(profile);
  }
}

function unknownProfile(profile: never): SwitchError {
  const known = PROFILES.join(', ');
  return new SwitchError('invalid', `a profile is one of ${known}, not \`${String(profile)}\``);
}
