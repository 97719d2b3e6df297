import type { SwitchEvent } from '../event.ts';
import type { Timers } from '../timers.ts';
import { Overtaking } from './overtaking.ts';
import type { Weather } from './weather.ts';

/** Where events go, and the line that may be cut before one does. */
export interface Outlet {
  deliver(event: SwitchEvent): void;
  cut(): void;
}

/** Lets call events pass through the weather, on their way to the feed and the web hooks. */
export function eventsUnderWeather(
  weather: Weather,
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
      cut: weather.strikes('feed-cut'),
      delayMs: weather.spanOf('event-delay'),
      lost: weather.strikes('event-lost'),
      doubled: weather.strikes('event-doubled'),
      overtaken: weather.strikes('event-overtaken'),
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
