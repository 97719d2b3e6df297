// The notation of faults, and the seed.

import { expect, test } from 'vitest';
import { createSwitch, describeFaults, SwitchError } from 'valet-park/server';
import { openLine, settled, watch } from './line.ts';

test.for([
  ['calm', 'calm'],
  ['seed=7', 'calm'],
  ['calm,seed=7', 'calm'],
  ['lost=0', 'calm'],
  ['delay=0', 'calm'],
  ['lost=0.02', 'seed=1,lost=0.02'],
  ['lost=1', 'seed=1,lost=1'],
  ['lost=.5', 'seed=1,lost=0.5'],
  ['lost=0.00000001', 'seed=1,lost=0.00000001'],
  ['lost=0.02,seed=7,delay=50..800', 'seed=7,delay=50..800,lost=0.02'],
  [' delay=300 , seed=4294967295', 'seed=4294967295,delay=300'],
  ['delay=50..800@0.1', 'seed=1,delay=50..800@0.1'],
  ['slow=0..5@1', 'seed=1,slow=0..5'],
  ['event-lost=0.1,feed-cut=0.2,restart=0.3', 'seed=1,event-lost=0.1,feed-cut=0.2,restart=0.3'],
] as const)('`%s` is read as `%s`', ([text, described]) => {
  expect(describeFaults(text)).toBe(described);
  expect(describeFaults(described)).toBe(described);
});

test('a preset can be changed', () => {
  const storm = describeFaults('storm');
  expect(storm).toMatch(/^seed=1,delay=50\.\.2000,lost=0\.05,/);
  expect(describeFaults('storm,seed=7')).toBe(storm.replace('seed=1', 'seed=7'));
  expect(describeFaults('storm,lost=0')).toBe(storm.replace(',lost=0.05', ''));
  expect(describeFaults('rough')).not.toBe(storm);
});

test('the preset `storm` has all faults', () => {
  const names = (/there are seed, (.*)$/.exec(messageFor('hail=1'))?.[1] ?? '').split(', ');
  expect(names).toHaveLength(18);
  for (const name of names) expect(describeFaults('storm')).toContain(`,${name}=`);
});

test.for([
  ['', 'faults are calm, rough, storm, or items such as lost=0.02, not ``'],
  ['hail', 'faults are calm, rough, storm, or items such as lost=0.02, not `hail`'],
  ['lost=0.1,', 'faults are calm, rough, storm, or items such as lost=0.02, not ``'],
  ['toString', 'faults are calm, rough, storm, or items such as lost=0.02, not `toString`'],
  ['seed=1,storm', 'the preset `storm` must come first, before the changes to it'],
  ['lots=0.1', /^there is no fault `lots`; there are seed, delay, lost, /],
  ['__proto__=1', /^there is no fault `__proto__`; /],
  ['lost=0.1,lost=0.2', '`lost` is given twice'],
  ['lost=', '`lost` is a chance from 0 to 1, as in lost=0.02, not ``'],
  ['lost=2', '`lost` is a chance from 0 to 1, as in lost=0.02, not `2`'],
  ['lost=-0.1', /not `-0.1`$/],
  ['lost=2%', /not `2%`$/],
  ['lost=1e-3', /not `1e-3`$/],
  [`lost=${'9'.repeat(80)}`, /not `9{39}…`$/],
  ['delay=fast', /^`delay` is a span of 0 to 600000 ms, as in delay=50\.\.800, or .*`fast`$/],
  ['delay=800..50', /not `800\.\.50`$/],
  ['delay=50..800@2', /not `50\.\.800@2`$/],
  ['delay=50..', /not `50\.\.`$/],
  ['delay=600001', /not `600001`$/],
  ['delay=-5', /not `-5`$/],
  ['seed=-1', '`seed` is a whole number from 0 to 4294967295, not `-1`'],
  ['seed=4294967296', /not `4294967296`$/],
  ['seed=x', /not `x`$/],
] as const)('`%s` is refused, and the message says what would be right', ([text, message]) => {
  expect(messageFor(text)).toMatch(message);
  expect(() => createSwitch({ faults: text })).toThrow(SwitchError);
});

function messageFor(text: string): string {
  try {
    return `read as ${describeFaults(text)}`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Sends 200 requests, one after the other. Returns the full answers. */
async function run(faults: string, line = openLine()): Promise<string[]> {
  line.pbx.setFaults(faults);
  const call = line.talk();
  const answers: string[] = [];
  for (let count = 0; count < 200; count += 1) {
    const answer = watch(line.ask(call, 'slots', 3));
    await settled();
    const before = answer.value === 'pending' ? 'late ' : '';
    // Longer than the longest delay plus the slowest body.
    for (let piece = 0; piece < 8; piece += 1) await line.forward(2_000);
    const { value } = answer;
    answers.push(before + (typeof value === 'string' ? value : `${value.status} ${value.text}`));
  }
  return answers;
}

const STORM = 'storm,restart=0,limited=0,delay=100@0.2,slow=100@0.2';

test('the same seed gives the same answers, and another seed gives others', async () => {
  const line = openLine();
  const first = await run(`${STORM},seed=7`, line);
  expect(await run(`${STORM},seed=7`, line)).toEqual(first);
  expect(await run(`${STORM},seed=7`)).toEqual(first);
  expect(await run(`${STORM},seed=8`)).not.toEqual(first);
  for (const sign of ['lost', '502', '503', '429', 'late 200', "u'slot'"]) {
    expect(first.join('\n')).toContain(sign);
  }
});

test('a fault strikes the same requests, whatever other faults there are', async () => {
  const lost = (answers: string[]) => answers.map((one) => one.endsWith('lost'));
  const alone = lost(await run('lost=0.2,seed=7'));
  expect(alone.filter(Boolean).length).toBeGreaterThan(20);
  expect(alone.filter(Boolean).length).toBeLessThan(60);
  const crowded = (await run('crowded=0.2,seed=7')).map((one) => one.startsWith('429'));
  expect(crowded).not.toEqual(alone); // Each fault has dice of its own.
  expect(lost(await run('lost=0.2,seed=7,odd=0.5,delay=100@0.5,crowded=0.1'))).toEqual(alone);
});
