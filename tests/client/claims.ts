/** A switch that answers "done", but did something else. */

import { ann, bob, talking, uuidOf, type World } from './host.ts';
import { claims, type Fault } from './switch.ts';

/** Opens a panel that checks its commands. A second call is talking, to check the slot with. */
export const confirming = (): Promise<World> => talking({ confirm: 'auto' });

/** How long three checks take, in ms: 50 ms after the command, then 300 ms, then 1 s. */
export const THREE_CHECKS = 1_350;

/** The switch answers that ann is parked in slot 5, but does `instead`. */
export const claimsParked = (instead?: () => void): Fault =>
  claims({ kind: 'parked', slot: 5, uuid: uuidOf(ann) }, instead);

/** The switch answers that bob was connected from slot 5, but does `instead`. */
export const claimsBridged = (instead?: () => void): Fault =>
  claims({ kind: 'bridged', slot: 5, uuid: uuidOf(bob) }, instead);

/** Bob leaves slot 5 just before the bridge arrives. So the bridge parks ann there. */
export function parksTheAsker({ pbx, clock }: World): Fault {
  return claimsBridged(() => {
    pbx.lot.hangup(clock.now(), bob);
    pbx.park(ann, 5, '34414');
  });
}

/** Returns the calls with which the switch was asked. */
export function askers({ pbx }: World): (string | undefined)[] {
  return pbx.arrived.map(({ url }) => url.split('/').at(-1));
}
