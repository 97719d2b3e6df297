/** Tools for every test of the client: a panel, its clock, and the switch that it talks to. */

import { isValetError, type ValetError, ValetPark, type ValetParkOptions } from 'valet-park';
import type { LotOptions } from 'valet-park/lot';
import { onTestFinished } from 'vitest';
import { FakeClock } from './clock.ts';
import { base, FakeSwitch } from './switch.ts';

export { settled } from './clock.ts';

/** This extension, and the names of four calls. Their UUIDs differ in the last digit. */
export const extension = '34414';
export const [ann, bob, cem, dan] = [1, 2, 3, 4].map(callNumbered) as [
  string,
  string,
  string,
  string,
];

export function callNumbered(number: number): string {
  return `3232240860-${uuidNumbered(number)}`;
}

export function uuidNumbered(number: number): string {
  return `37b98fb2-a66c-11ea-ae69-${number.toString(16).padStart(12, '0')}`;
}

export function uuidOf(call: string): string {
  return call.slice(call.indexOf('-') + 1);
}

export interface World {
  readonly clock: FakeClock;
  readonly pbx: FakeSwitch;
  readonly panel: ValetPark;
}

/**
 * Opens a panel, and disposes of it when the test ends.
 *
 * By default the panel believes the answers to its commands. The check after a command would wait
 * for the fake clock, which stands still. The panel does not ask for the live calls by itself.
 */
export async function openPanel(
  clock: FakeClock,
  pbx: FakeSwitch,
  options: Partial<ValetParkOptions>,
): Promise<ValetPark> {
  const panel = await ValetPark.open({
    ...{ baseUrl: base, extension, clock, fetch: pbx.fetch },
    ...{ confirm: 'never', askWithParked: false, currentCalls: 'off' },
    ...options,
  });
  onTestFinished(() => panel.dispose());
  return panel;
}

/** Opens a panel and a new switch. */
export async function opened(
  options: Partial<ValetParkOptions> = {},
  lot: LotOptions = {},
): Promise<World> {
  const clock = new FakeClock();
  const pbx = new FakeSwitch(clock, lot);
  const panel = await openPanel(clock, pbx, options);
  onTestFinished(() => pbx.lot.dispose());
  return { clock, pbx, panel };
}

/** Opens a panel with an answered call, so that the client can ask. */
export async function talking(
  options: Partial<ValetParkOptions> = {},
  lot: LotOptions = {},
): Promise<World> {
  const world = await opened(options, lot);
  world.panel.track(event('answer', dan));
  return world;
}

/** Returns a call event of this extension, in the documented form. */
export function event(
  type: string,
  call: string,
  fields: Readonly<Record<string, string>> = {},
): string {
  return new URLSearchParams({
    EventType: type,
    CallAPIID: call,
    CallID: uuidOf(call).replaceAll('-', ''),
    CallFlow: 'in',
    CallerIDNum: '+79161112233',
    CalledExtensionID: extension,
    ...fields,
  }).toString();
}

/**
 * Returns the `ValetError` that rejects a promise. Throws if the promise resolves, or if it rejects
 * with another value.
 */
export async function rejection(promise: Promise<unknown>): Promise<ValetError> {
  const thrown: unknown = await promise.then(
    (value) => new Error(`expected a rejection, found ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (isValetError(thrown)) return thrown;
  throw thrown;
}
