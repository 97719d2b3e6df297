import type { SwitchEvent } from '../event.ts';
import type { Timers } from '../timers.ts';
import type { FaultInjector } from './injector.ts';
import { Overtaking } from './overtaking.ts';

/** Where call events go. */
export interface Outlet {
  deliver(event: SwitchEvent): void;
  /** Cuts the feeds. */
  cut(): void;
}

/** Injects faults into call events. Returns the function that takes each event. */
export function injectEventFaults(
  faults: FaultInjector,
  timers: Timers,
  outlet: Outlet,
): (event: SwitchEvent) => void {
  const overtaking = new Overtaking(timers);

  function deliver(event: SwitchEvent): void {
    outlet.deliver(event);
    overtaking.passed();
  }

  return (event) => {
    const fate = {
      cut: faults.strikes('feed-cut'),
      delayMs: faults.durationOf('event-delay'),
      lost: faults.strikes('event-lost'),
      doubled: faults.strikes('event-doubled'),
      overtaken: faults.strikes('event-overtaken'),
    };
    if (fate.cut) outlet.cut();
    if (fate.lost) return;
    const goOn = (): void => {
      if (fate.doubled) deliver(event);
      if (fate.overtaken) overtaking.hold(() => deliver(event));
      else deliver(event);
    };
    if (fate.delayMs > 0) timers.after(fate.delayMs, goOn);
    else goOn();
  };
}
