/** `<ValetLot>`: the panel as a component. React 18 sets only attributes of elements by itself. */

import { createElement, forwardRef, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type {
  ValetLot as ValetLotElement,
  ValetLotEvents,
  ValetLotProps,
} from 'valet-park/element';
import type { ValetLotComponentProps } from './public.d.ts';

type Property = Exclude<keyof ValetLotProps, `${string}-${string}`>;

/** The properties of the element. The compiler reports a missing one. */
const properties: Record<Property, true> = {
  ...{ park: true, extension: true, home: true, nameOf: true, journal: true, answer: true },
  ...{ heading: true, ownsPage: true, lookOnly: true, callerHref: true, layout: true },
  ...{ confirm: true, alerts: true, order: true, size: true, theme: true, keys: true },
  ...{ announce: true, page: true },
};

/** The events of the panel. The compiler reports a missing one. */
const events: Record<keyof ValetLotEvents, keyof ValetLotComponentProps> = {
  'parking-before-park': 'onParkingBeforePark',
  'parking-before-bridge': 'onParkingBeforeBridge',
  'parking-before-pick-up': 'onParkingBeforePickUp',
  'parking-parked': 'onParkingParked',
  'parking-bridged': 'onParkingBridged',
  'parking-picked-up': 'onParkingPickedUp',
  'parking-failed': 'onParkingFailed',
};

const isProperty = (name: string): boolean => Object.hasOwn(properties, name);
const isListener = (name: string): boolean => (Object.values(events) as string[]).includes(name);

/**
 * The panel. The first one loads `valet-park/element`. An error boundary receives the error if that
 * fails.
 */
export const ValetLot = forwardRef<ValetLotElement, ValetLotComponentProps>((props, ref) => {
  const lot = useRef<ValetLotElement>(null);
  const latest = useRef(props);
  const initial = useRef(new Map<string, unknown>());
  const [isDefined, setDefined] = useState(false);
  useImperativeHandle(ref, () => lot.current as ValetLotElement);

  useEffect(() => {
    import('valet-park/element').then(
      () => setDefined(true),
      (error: unknown) =>
        setDefined(() => {
          throw error;
        }),
    );
  }, []);

  useEffect(() => {
    latest.current = props;
    if (isDefined) setProperties(lot.current as ValetLotElement, props, initial.current);
  });

  useEffect(() => {
    const element = lot.current as ValetLotElement;
    const pass = (event: Event): void => {
      const name = events[event.type as keyof ValetLotEvents];
      const listener = latest.current[name] as ((event: Event) => void) | undefined;
      listener?.(event);
    };
    for (const type of Object.keys(events)) element.addEventListener(type, pass);
    return () => {
      for (const type of Object.keys(events)) element.removeEventListener(type, pass);
    };
  }, []);

  return createElement('valet-lot', { ...attributesOf(props), ref: lot });
});
ValetLot.displayName = 'ValetLot';

/** Sets the given properties. A property that is no longer given gets its initial value again. */
function setProperties(
  element: ValetLotElement,
  given: ValetLotComponentProps,
  initial: Map<string, unknown>,
): void {
  const target = element as unknown as Record<string, unknown>;
  for (const name of Object.keys(properties)) {
    const value = given[name as Property];
    if (value !== undefined) {
      if (!initial.has(name)) initial.set(name, target[name]);
      target[name] = value;
    } else if (initial.has(name)) {
      target[name] = initial.get(name);
      initial.delete(name);
    }
  }
}

/** Returns the other props, for the element of React. React 18 does not know `className` there. */
function attributesOf(props: ValetLotComponentProps): Record<string, unknown> {
  const others = Object.entries(props).filter(([name]) => !isProperty(name) && !isListener(name));
  return Object.fromEntries(
    others.map(([name, value]) => [name === 'className' ? 'class' : name, value]),
  );
}
