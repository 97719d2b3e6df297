// The odd forms of answers. Clients must understand them, so `readAnswer` of the package reads each
// one. It must mean the same as the usual form, or less.

import { readAnswer, type Action, type Answer, type Question } from 'valet-park';
import { expect, test } from 'vitest';
import { RECEPTION } from './desk.ts';
import { openLine } from './line.ts';

/** Asks the same question many times, while calls wait in the slots 2 and 6. */
async function answersTo(faults: string, action: Action, slot?: number) {
  const line = openLine({ faults, seed: 1 });
  const ask = (call: string, park: number) =>
    line.pbx.exchange.ask({ extension: RECEPTION, call, action: 'park', slot: park });
  const [first, second] = [line.talk(), line.talk()];
  ask(first, 2);
  ask(second, 6);
  const answers: { answer: Answer; text: string }[] = [];
  for (let count = 0; count < 200; count += 1) {
    const call = line.talk();
    const { status, text, headers } = await line.ask(call, action, slot);
    const question: Question = {
      ...{ extension: RECEPTION, call, action },
      ...(slot === undefined ? {} : { slot }),
    };
    answers.push({
      answer: readAnswer(question, status, text, Object.fromEntries(headers)),
      text: `${status} ${text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'uuid')}`,
    });
    // Restores the state for the next question.
    line.pbx.exchange.hangup(call);
    if (action === 'bridge') ask(line.talk(), 6);
  }
  return { answers, waiting: second };
}

test.for([
  ['slots', 6, 'held', 3],
  ['slots', 3, 'vacant', 5],
  ['slots', undefined, 'free', 9],
  ['park', 3, 'parked', 7],
  ['park', undefined, 'parked', 7],
  ['park', 6, 'refused', 2],
  ['bridge', 6, 'bridged', 7],
] as const)('%s %s: all odd answers mean %s, in %i forms', async ([action, slot, kind, ways]) => {
  const { answers } = await answersTo('odd=1', action, slot);
  const texts = new Set(answers.map(({ text }) => text));
  expect([...texts]).toHaveLength(ways);
  for (const { answer, text } of answers) {
    expect([text, answer.kind]).toEqual([text, kind]);
    if (answer.kind === 'refused') expect(answer.code).toBe('taken');
    if (answer.kind === 'free') expect(answer.slots).toEqual([1, 3, 4, 5, 7, 8, 9]);
    if (answer.kind === 'held' || answer.kind === 'vacant') expect(answer.slot).toBe(slot);
  }
});

test('the answer to a command may be a status without a body', async () => {
  const { answers } = await answersTo('odd=1', 'park', 3);
  const texts = answers.map(({ text }) => text);
  for (const text of ['204 ', '200 ', '201 {"slot":"3","UUID":"uuid"}']) {
    expect(texts).toContain(text);
  }
});

test('one odd form is a dictionary of Python', async () => {
  const { answers, waiting } = await answersTo('odd=1', 'slots', 6);
  const uuid = waiting.slice(waiting.indexOf('-') + 1);
  expect(answers.map(({ text }) => text)).toContain("200 {u'slot': u'6', u'UUID': u'uuid'}");
  for (const { answer } of answers) expect(answer).toMatchObject({ kind: 'held', uuid });
});

test('an empty list of free slots has odd forms, too', async () => {
  const line = openLine({ faults: 'odd=1', slots: 1 });
  const [waiting, asking] = [line.talk(), line.talk()];
  line.pbx.exchange.ask({ extension: RECEPTION, call: waiting, action: 'park' });
  for (let count = 0; count < 50; count += 1) {
    const { status, text } = await line.ask(asking, 'slots');
    const question = { extension: RECEPTION, call: asking, action: 'slots' } as const;
    expect(readAnswer(question, status, text)).toEqual({ kind: 'free', slots: [] });
  }
});
