/**
 * Programs that must not compile, and a few that must. `tsc` checks this file, and nothing runs it.
 * An `@ts-expect-error` without an error below it is itself an error.
 */

import {
  type Answer,
  buildRequest,
  type CallEvent,
  type ErrorCode,
  isValetError,
  parseCallApiId,
  type Question,
  type RefusalCode,
  type Snapshot,
  ValetError,
  ValetPark,
  type Whereabouts,
} from 'valet-park';
import { Lot } from 'valet-park/lot';

declare const panel: ValetPark;
declare const snapshot: Snapshot;
declare const answer: Answer;
declare const where: Whereabouts;
declare const parsed: CallEvent;

export async function wrongCommands(): Promise<void> {
  // @ts-expect-error A slot is a number.
  await panel.park('1-a', { slot: '5' });
  // @ts-expect-error The slot is an option, not an argument.
  await panel.park('1-a', 5);
  // @ts-expect-error A call is a text.
  await panel.park(5);
  // @ts-expect-error `bridge` needs a call to connect.
  await panel.bridge({ slot: 5 });
  // @ts-expect-error `inspect` needs a slot.
  await panel.inspect();
  // @ts-expect-error There is no such option. The right one is `expect`.
  await panel.bridge('1-a', { slot: 5, expected: '1-b' });
  // @ts-expect-error A controller is not its signal.
  await panel.refresh({ signal: new AbortController() });
  // @ts-expect-error A panel is created by `open`.
  new ValetPark({ baseUrl: '/', extension: '1' });
  // @ts-expect-error `baseUrl` is required.
  await ValetPark.open({ extension: '34414' });
  // @ts-expect-error An extension is a text.
  await ValetPark.open({ baseUrl: '/', extension: 34_414 });
  // @ts-expect-error `headers` is a function, so that the client can call it again.
  await ValetPark.open({ baseUrl: '/', extension: '1', headers: { Authorization: 'x' } });
  // @ts-expect-error `asking` is 'watch' or 'off'.
  await ValetPark.open({ baseUrl: '/', extension: '1', asking: true });
  // @ts-expect-error `slot` may be null, because a switch may not name the call that it connected.
  const slot: number = (await panel.bridge('1-a')).slot;
  void slot;
}

export function wrongReading(): void {
  // @ts-expect-error A snapshot is read-only.
  snapshot.slots[0] = snapshot.slots[1];
  // @ts-expect-error Its views are read-only, too.
  snapshot.sync.state = 'idle';
  // @ts-expect-error The slot may be undefined, because a lot may have no slot.
  snapshot.slots[0].state;
  // @ts-expect-error A slot has no state 'occupied'.
  if (snapshot.slots[0]?.state === 'occupied') return;
  // @ts-expect-error Only a parked call has a slot.
  where.slot;
  // @ts-expect-error Not every answer has a slot.
  answer.slot;
  // @ts-expect-error `uuid` may be null.
  const uuid: string = snapshot.slots[0]?.uuid;
  void uuid;
}

export function wrongWords(): void {
  // @ts-expect-error There is no action 'hold'.
  buildRequest({ extension: '1', call: '1-a', action: 'hold' });
  // @ts-expect-error Every question names a call, even `slots`.
  buildRequest({ extension: '1', action: 'slots' });
  // @ts-expect-error There is no code 'full'.
  const code: ErrorCode = 'full';
  // @ts-expect-error A lost request is not a refusal.
  const refusal: RefusalCode = 'unreachable';
  // @ts-expect-error The time is the first argument.
  new Lot().ask({ extension: '1', call: '1-a', action: 'park' }, 0);
  // @ts-expect-error There is no such event.
  panel.on('parkt', () => {});
  // @ts-expect-error The listener gets an object with the view and the time that is left.
  panel.on('due', ({ slot }) => slot);
  // @ts-expect-error The fields of an event are texts.
  panel.track({ EventType: 'answer', EventTime: 1_600_000_000 });
  // @ts-expect-error The name may be null, and has to be checked first.
  parseCallApiId(parsed.call);
  void [code, refusal];
}

export async function right(): Promise<string> {
  const question: Question = { extension: '34414', call: '1-a', action: 'park', slot: 5 };
  using lot = new Lot({ seed: 1 });
  const said = lot.ask(0, question);
  const stop = panel.on(
    'due',
    ({ view, leftMs }) => (leftMs satisfies 60_000 | 30_000 | 10_000) && view.slot,
  );
  stop();
  for (const event of [parsed, parsed.raw, 'EventType=answer', new URLSearchParams()]) {
    panel.track(event);
  }
  try {
    await panel.park('1-a', { slot: 5, signal: AbortSignal.timeout(1000) });
  } catch (error) {
    if (isValetError(error)) return error.code satisfies ErrorCode;
    if (error instanceof ValetError && error.outcome === 'done') return error.kind;
  }
  switch (said.kind) {
    case 'parked':
    case 'bridged':
      return `${said.slot ?? '?'}`;
    case 'held':
      return said.uuid;
    case 'vacant':
      return `${said.slot}`;
    case 'free':
      return said.slots.join();
    case 'refused':
      return said.code;
    case 'unclear':
      return said.found;
  }
}
