import type { EngineEvent } from '../../../www/server/freeswitch/protocol.ts';
import { StandIn } from './stand-in.ts';
import type { FiredEvent } from './stand-in-socket.ts';
import { VirtualClock } from './virtual-clock.ts';

/** An event as a connection delivers it. */
export function eventOf({ name, subclass, headers, body = '' }: FiredEvent): EngineEvent {
  return { name: subclass === undefined ? name : `${name} ${subclass}`, headers, body };
}

/** A stand-in on a virtual clock. `onEvent` gets its events. */
export function openEngine(onEvent: (event: EngineEvent) => void) {
  const clock = new VirtualClock();
  /** Channels react after this share of a packet: 0 is at once, 1 is 20 ms. */
  const packet = { share: 0.5 };
  const pbx = new StandIn({
    now: clock.now,
    wakeIn: clock.wakeIn,
    random: () => packet.share,
    fire: (event) => onEvent(eventOf(event)),
  });
  return { pbx, clock, packet };
}
