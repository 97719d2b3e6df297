// Each command is executed once, even if the process ends meanwhile. More cases of the header
// `Idempotency-Key` are in tests/server/idempotency.test.ts.

import { readAnswer } from 'valet-park';
import { expect, onTestFinished, test } from 'vitest';
import { digest } from '../../../www/server/digest.ts';
import { FileLog } from '../../../www/server/feed/file.ts';
import type { Reply } from '../../../www/server/http/reply.ts';
import { Commands } from '../../../www/server/relay/commands.ts';
import { reply, START } from './samples.ts';
import { TestDisk } from './test-disk.ts';

const command = { owner: 'panel', key: 'k', path: '/a', body: '{}' };

function open() {
  const disk = new TestDisk();
  const start = () => {
    const log = FileLog.open({ path: 'lot.log', disk, now: () => START });
    onTestFinished(() => log.close());
    return new Commands(log.keys, digest);
  };
  return { disk, start };
}

/** Returns an execution that counts its calls. The test resolves or rejects it. */
function openExecution() {
  let resolve: (answer: Reply) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const answer = new Promise<Reply>((...ends) => ([resolve, reject] = ends));
  answer.catch(() => undefined); // It may be rejected before the execution starts.
  const execution = { count: 0, resolve, reject, execute };
  function execute(): Promise<Reply> {
    execution.count += 1;
    return answer;
  }
  return execution;
}

test('a command is on the disk before it is executed', async () => {
  const { disk, start } = open();
  const commands = start();
  await commands.once({ ...command, key: 'first' }, async () => reply('ok'));
  const before = disk.syncs;
  await commands.once(command, async () => {
    expect(disk.syncs).toBeGreaterThan(before);
    return reply('ok');
  });
});

test('after a power failure, a command with a known answer gets its answer', async () => {
  const { disk, start } = open();
  const { execute, resolve } = openExecution();
  resolve(reply('parked'));
  const commands = start();
  await commands.once(command, execute);
  await commands.once({ ...command, key: 'other' }, execute); // This also stores the first answer.
  disk.losePower();
  const again = openExecution();
  expect(await start().once(command, again.execute)).toEqual(reply('parked'));
  expect(again.count).toBe(0);
});

test.for(['end of the process', 'power failure'])(
  'after a %s, a command without an answer is not executed again',
  async (end) => {
    const { disk, start } = open();
    const first = openExecution();
    void start().once(command, first.execute);
    await expect.poll(() => first.count).toBe(1);
    if (end === 'power failure') disk.losePower();

    const again = openExecution();
    const commands = start();
    const replies = await Promise.all([
      commands.once(command, again.execute),
      commands.once(command, again.execute),
    ]);
    expect(again.count).toBe(0);
    for (const { status, body } of replies) {
      expect(status).toBe(504);
      const question = { extension: '34414', call: '1-aa', action: 'park', slot: 6 } as const;
      expect(readAnswer(question, status, body)).toMatchObject({
        kind: 'unclear',
        found: expect.stringContaining('look at the slot'),
      });
    }
    const changed = { ...command, body: '{"slot":1}' };
    await expect(commands.once(changed, again.execute)).rejects.toThrow(/another request/);
  },
);

test('a command that failed is not executed again', async () => {
  const commands = open().start();
  const { execute, reject } = openExecution();
  const reason = new Error('the line broke');
  const both = [commands.once(command, execute), commands.once(command, execute)];
  reject(reason);
  const failed = { status: 'rejected', reason };
  expect(await Promise.allSettled(both)).toEqual([failed, failed]);
  const again = openExecution();
  expect(await commands.once(command, again.execute)).toMatchObject({ status: 504 });
  expect(again.count).toBe(0);
});

test('two clients may use the same key', async () => {
  const commands = open().start();
  const execution = openExecution();
  execution.resolve(reply('ok'));
  await commands.once(command, execution.execute);
  await commands.once({ ...command, owner: 'other' }, execution.execute);
  expect(execution.count).toBe(2);
});
