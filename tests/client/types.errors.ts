/**
 * Programs that must not compile, and a few that must. Nothing runs this file: `tsc` reads it, and
 * complains of an expectation that is not met as it does of an error.
 */

import {
  type Answer,
  buildRequest,
  type CallEvent,
  type ErrorCode,
  isValetError,
  Lot,
  parseCallApiId,
  type Question,
  type RefusalCode,
  type Snapshot,
  ValetError,
  ValetPark,
  type Whereabouts,
} from 'valet-park';

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
  // @ts-expect-error There is no such option: what is expected is `expect`.
  await panel.bridge('1-a', { slot: 5, expected: '1-b' });
  // @ts-expect-error A controller is not its signal.
  await panel.refresh({ signal: new AbortController() });
  // @ts-expect-error A panel is opened, not made.
  new ValetPark({ baseUrl: '/', extension: '1' });
  // @ts-expect-error Without a base URL there is nowhere to ask.
  await ValetPark.open({ extension: '34414' });
  // @ts-expect-error An extension is a text.
  await ValetPark.open({ baseUrl: '/', extension: 34_414 });
  // @ts-expect-error Headers are given by a function, so that they can be asked for again.
  await ValetPark.open({ baseUrl: '/', extension: '1', headers: { Authorization: 'x' } });
  // @ts-expect-error `asking` is 'watch' or 'off'.
  await ValetPark.open({ baseUrl: '/', extension: '1', asking: true });
  // @ts-expect-error The result may have no slot: a switch need not say whom it connected.
  const slot: number = (await panel.bridge('1-a')).slot;
  void slot;
}

export function wrongReading(): void {
  // @ts-expect-error A snapshot is read, never written.
  snapshot.slots[0] = snapshot.slots[1];
  // @ts-expect-error Nor are its views.
  snapshot.sync.state = 'idle';
  // @ts-expect-error A lot may have fewer slots.
  snapshot.slots[0].state;
  // @ts-expect-error 'occupied' is no state of a slot.
  if (snapshot.slots[0]?.state === 'occupied') return;
  // @ts-expect-error Only who is parked has a slot.
  where.slot;
  // @ts-expect-error Not every answer has a slot.
  answer.slot;
  // @ts-expect-error What nobody said is null.
  const uuid: string = snapshot.slots[0]?.uuid;
  void uuid;
}

export function wrongWords(): void {
  // @ts-expect-error 'hold' is no action.
  buildRequest({ extension: '1', call: '1-a', action: 'hold' });
  // @ts-expect-error A question names a call, even one that only wants to know.
  buildRequest({ extension: '1', action: 'slots' });
  // @ts-expect-error 'full' is no code.
  const code: ErrorCode = 'full';
  // @ts-expect-error What went wrong on the way was refused by nobody.
  const refusal: RefusalCode = 'unreachable';
  // @ts-expect-error Time comes first.
  new Lot().ask({ extension: '1', call: '1-a', action: 'park' }, 0);
  // @ts-expect-error There is no such event.
  panel.on('parkt', () => {});
  // @ts-expect-error `due` says how long is left beside the view.
  panel.on('due', ({ slot }) => slot);
  // @ts-expect-error An event has texts only.
  panel.track({ EventType: 'answer', EventTime: 1_600_000_000 });
  // @ts-expect-error A name is taken apart only once it is a text.
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
