import {
  buildRequest,
  init,
  isValetError,
  parseCallEvent,
  readAnswer,
  ValetPark,
  type Answer,
  type ErrorCode,
  type Question,
  type Snapshot,
} from 'valet-park';
import { Lot, readRequest, writeAnswer, type LotOptions } from 'valet-park/lot';

const question: Question = { extension: '34414', call: '1-2', action: 'park', slot: 4 };

export async function panel(): Promise<Snapshot> {
  await init();
  const { method, path, headers, body } = buildRequest(question, { slots: 9 });
  const response = await fetch(`/api/ver1.0${path}`, { method, headers: { ...headers }, body });
  tell(readAnswer(question, response.status, await response.text()));

  const park = await ValetPark.open({ baseUrl: '/api/ver1.0', extension: '34414' });
  const stop = park.on('departed', ({ slot, reason }) => console.log(slot, reason));
  park.track(parseCallEvent(new URLSearchParams('EventType=answer')));
  try {
    const { slot } = await park.park('1-2');
    await park.bridge('1-3', { slot, expect: '1-2' });
  } catch (error) {
    if (isValetError(error)) console.log(error.code satisfies ErrorCode, error.kind);
  }
  stop();
  const snapshot = park.getSnapshot();
  park.dispose();
  return snapshot;
}

/** Handles every kind of answer. A new kind would not compile. */
function tell(answer: Answer): string {
  switch (answer.kind) {
    case 'parked':
    case 'bridged':
      return `${answer.slot ?? '?'} ${answer.uuid ?? '?'}`;
    case 'held':
      return answer.uuid.toUpperCase();
    case 'vacant':
      return answer.slot.toFixed();
    case 'free':
      return answer.slots.join();
    case 'refused':
      return `${answer.code} ${answer.message}`;
    case 'unclear':
      return answer.found;
  }
}

{
  const options: LotOptions = { slots: 2 };
  const lot = new Lot(options);
  const asked: Question = readRequest('PUT', '/extension/1/valet_park/1-2', '{"action":"slots"}');
  const answer: Answer = lot.ask(0, asked);
  console.log(writeAnswer(answer).body);
  const disposable: { [Symbol.dispose](): void } = lot;
  disposable[Symbol.dispose]();
}
