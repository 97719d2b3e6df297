/** A switch that says it has done something, and has done something else. */

import { ann, bob, talking, uuidOf, type World } from './host.ts';
import { claims, type Fault } from './switch.ts';

/** Another call talks, with which the slot can be looked at. */
export const confirming = (): Promise<World> => talking({ confirm: 'auto' });

/** How long three looks take: 50 ms after the act, then 300 ms, then 1 s. */
export const THREE_LOOKS = 1_350;

/** The switch says that ann is parked in slot 5, and something else happens. */
export const claimsParked = (instead?: () => void): Fault =>
  claims({ kind: 'parked', slot: 5, uuid: uuidOf(ann) }, instead);

/** The switch says that bob was connected out of slot 5, and something else happens. */
export const claimsBridged = (instead?: () => void): Fault =>
  claims({ kind: 'bridged', slot: 5, uuid: uuidOf(bob) }, instead);

/** Bob has left slot 5 before the bridge arrives, so that it parks ann there. */
export function parksTheAsker({ pbx, clock }: World): Fault {
  return claimsBridged(() => {
    pbx.lot.hangup(clock.now(), bob);
    pbx.park(ann, 5, '34414');
  });
}

/** With which calls the switch was asked. */
export function askers({ pbx }: World): (string | undefined)[] {
  return pbx.arrived.map(({ url }) => url.split('/').at(-1));
}
