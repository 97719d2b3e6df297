/** What a test of the client starts with: a panel, its clock, and the switch it talks to. */

import {
  isValetError,
  type LotOptions,
  type ValetError,
  ValetPark,
  type ValetParkOptions,
} from 'valet-park';
import { onTestFinished } from 'vitest';
import { FakeClock } from './clock.ts';
import { base, FakeSwitch } from './switch.ts';

export { settled } from './clock.ts';

/** This extension, and calls that may be about. Their uuids differ in the last digit. */
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
 * A panel that has just been opened. It is disposed of when the test is over.
 *
 * Unless a test says otherwise, it believes what the switch says of its commands, because the look
 * after a command waits for a clock that stands still here.
 */
export async function opened(
  options: Partial<ValetParkOptions> = {},
  lot: LotOptions = {},
): Promise<World> {
  const clock = new FakeClock();
  const pbx = new FakeSwitch(clock, lot);
  const panel = await ValetPark.open({
    baseUrl: base,
    extension,
    clock,
    fetch: pbx.fetch,
    confirm: 'never',
    askWithParked: false,
    ...options,
  });
  onTestFinished(() => {
    panel.dispose();
    pbx.lot.dispose();
  });
  return { clock, pbx, panel };
}

/** A panel with a call up, so that there is something to ask with. */
export async function talking(
  options: Partial<ValetParkOptions> = {},
  lot: LotOptions = {},
): Promise<World> {
  const world = await opened(options, lot);
  world.panel.track(event('answer', dan));
  return world;
}

/** A call event of this extension, in the documented form. */
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

/** What a promise is rejected with; fails if that is nothing, or anything but a `ValetError`. */
export async function rejection(promise: Promise<unknown>): Promise<ValetError> {
  const thrown: unknown = await promise.then(
    (value) => new Error(`expected a rejection, found ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (isValetError(thrown)) return thrown;
  throw thrown;
}
