// The recording of a client: a replay shows what the client showed, and the recording holds none of
// the texts that went through the client.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, type Recording, type Snapshot } from 'valet-park';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { bytesOf, readRecording } from '../../scripts/replay.mjs';
import { trapNext } from '../wasm/instance.ts';
import { FakeClock } from './clock.ts';
import { ann, bob, event, openPanel, rejection, settled, talking, uuidOf } from './host.ts';
import { doesAndSays, FakeSwitch, lostAfter, lostBefore, says } from './switch.ts';

const cargo = ['--quiet', '--example', 'replay'];

/** Plays a recording with the program behind `npm run replay`. */
function replay({ entries }: Recording, option: '--check' | '--views') {
  const input = bytesOf(entries as (number | string)[][]);
  const how = { input, encoding: 'utf8', maxBuffer: 2 ** 28 } as const;
  const { status, stdout, stderr } = spawnSync('cargo', ['run', ...cargo, '--', option], how);
  return { status, stdout, stderr };
}

/** A snapshot without what the replay does not know: the revision and the role of the tab. */
function shown({ slots, calls, departures, sync }: Snapshot): unknown {
  return [
    slots.map((one) => [
      ...[one.slot, one.state, one.pending, one.confirmed, one.checkedAt, one.uuid, one.call],
      ...[one.caller?.number ?? null, one.caller?.name ?? null, one.parkedBy, one.mine],
      ...[one.heldSince, one.exact, one.returnsAt],
    ]),
    calls.map((one) => [
      ...[one.call, one.extension, one.state, one.since, one.slot, one.pending],
      ...[one.caller?.number ?? null, one.caller?.name ?? null, one.called?.number ?? null],
    ]),
    departures.map((one) => [one.slot, one.uuid, one.at, one.reason, one.mine, one.parkedBy]),
    [sync.state, sync.checkedAt, sync.nextAskAt],
  ];
}

/** Replaces every text by the number of its first occurrence, so that names do not matter. */
function withoutNames(views: readonly unknown[]): string[] {
  const numbers = new Map<string, number>();
  const numbered = (_: string, value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    numbers.set(value, numbers.get(value) ?? numbers.size);
    return `#${numbers.get(value)}`;
  };
  return views.map((view) => JSON.stringify(view, numbered));
}

/** Drops each view that is equal to the one before. */
function distinct(views: readonly unknown[]): unknown[] {
  const texts = views.map((view) => JSON.stringify(view));
  return views.filter((_, place) => place === 0 || texts[place] !== texts[place - 1]);
}

/** Draws numbers below a bound. Equal seeds draw equal numbers. */
function seeded(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

/** A name like those of a real switch. */
function randomCall(chance: (bound: number) => number): string {
  const hex = Array.from({ length: 32 }, () => chance(16).toString(16)).join('');
  return `3584709739-${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`;
}

const names = ['Анна Петрова', 'Jörg Müller', '李雷雷', 'Mary-Ann O’Neill', '2566*887'];
const token = 'Bearer eyJhbGciOiJIUzI1NiJ9.c2VjcmV0LW9mLW91cnM';
const secret = 'the token 0xDEADBEEF of Zaphod Beeblebrox';

/** Makes the random numbers of the host repeatable until the test ends. */
function drawFrom(chance: (bound: number) => number): void {
  const drawn = vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
    const { buffer, byteOffset, byteLength } = array as Uint8Array;
    new Uint8Array(buffer, byteOffset, byteLength).forEach((_, at, bytes) => {
      bytes[at] = chance(256);
    });
    return array;
  });
  onTestFinished(() => drawn.mockRestore());
}

/**
 * One hour of a busy desk. Returns the panel, and every snapshot that it had.
 *
 * Equal seeds make equal recordings. By chance, a digest in a recording can contain the digits of an
 * extension: with seed 2, `2503441469` contains `34414`. Then take another seed.
 */
async function hourOf(seed: number) {
  drawFrom(seeded(seed));
  const clock = new FakeClock();
  const pbx = new FakeSwitch(clock);
  const views: unknown[] = [];
  let current = (): void => {};
  // The client reads the clock before every input, so no snapshot is missed.
  const watched: Clock = {
    now: () => (current(), clock.now()),
    wakeAt: (at, callback) => clock.wakeAt(at, callback),
  };
  const headers = (): Record<string, string> => ({ Authorization: token });
  const panel = await openPanel(clock, pbx, {
    ...{ clock: watched, headers, confirm: 'auto', askWithParked: 'auto', tabs: 'solo' },
  });
  current = () => void views.push(shown(panel.getSnapshot()));
  panel.subscribe(() => {});
  const chance = seeded(seed);
  const texts = new Set([token, secret, ...names]);
  let live: string[] = [];
  for (let minute = 0; minute < 60; minute += 1) {
    for (let turn = 0; turn < 6; turn += 1) {
      const call = randomCall(chance);
      const number = `+7916${1_000_000 + chance(9_000_000)}`;
      texts.add(call).add(uuidOf(call)).add(number);
      const CallerIDName = names[chance(names.length)] ?? '';
      panel.track(event('dial-in', call, { CallerIDNum: number, CallerIDName }));
      panel.track(event('answer', call, { CallerIDNum: number, SubCallID: `34414-${call}` }));
      live.push(call);
      if (chance(3) === 0) pbx.faults.push(lostBefore, lostAfter, says(500, secret));
      if (chance(3) === 0) pbx.faults.push(doesAndSays(200, `{"message":"${secret}"}`));
      const slot = 1 + chance(9);
      if (chance(3) === 0) pbx.park(randomCall(chance), 1 + chance(9), '555333');
      const commands = [
        () => panel.park(call),
        () => panel.park(call, { slot }),
        () => panel.bridge(call, { slot }),
        () => panel.bridge(call),
        () => panel.refresh(),
      ];
      commands[chance(commands.length)]?.().catch(() => {});
      await clock.forward(1_000 + chance(9_000));
      const [over] = live;
      if (live.length > 4 && over) panel.track(event('hangup', over));
      live = live.slice(-4);
    }
    await clock.forward(5_000);
  }
  current();
  return { panel, views: distinct(views), texts };
}

beforeAll(() => {
  const { status, stderr } = spawnSync('cargo', ['build', ...cargo], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
}, 600_000);

describe('the recording of an hour', () => {
  it('replays to the same snapshot at every step', async () => {
    const { panel, views } = await hourOf(1);
    const recording = panel.recording();
    expect(recording.entries.length).toBeGreaterThan(500);
    expect(recording.entries.length).toBeLessThan(2_000);
    const { status, stdout, stderr } = replay(recording, '--views');
    expect(status, stderr).toBe(0);
    const lines = stdout.trim().split('\n');
    const replayed = distinct(lines.map((line): unknown => JSON.parse(line)));
    expect(replayed.length).toBeGreaterThan(300);
    expect(replayed.length).toBeLessThan(views.length);
    const latest = views.slice(-replayed.length);
    expect(withoutNames(replayed)).toEqual(withoutNames(latest));
  });

  it('holds none of its texts', async () => {
    const { panel, texts } = await hourOf(3);
    const written = JSON.stringify(panel.recording());
    const words = [...texts].flatMap((text) => [text, ...(text.match(/[\p{L}\d]{5,}/gu) ?? [])]);
    words.push('pbx.example', '34414', '32494', '555333');
    expect(words.length).toBeGreaterThan(1_000);
    // The matcher `toContain` would print the whole recording.
    expect(words.filter((word) => written.includes(word)).slice(0, 5)).toEqual([]);
  });
});

describe('a recording', () => {
  it('is JSON, and names its version', async () => {
    const { panel } = await talking();
    const recording = panel.recording();
    expect(recording.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(JSON.parse(JSON.stringify(recording))).toEqual(recording);
  });

  it('replays with the same effects, step by step', async () => {
    const { panel } = await talking();
    await panel.park(ann, { slot: 5 });
    const { status, stdout } = replay(panel.recording(), '--check');
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^✓ \d+ inputs/)]);
  });

  it('of another input has other effects', async () => {
    const { panel, pbx } = await talking();
    pbx.park(bob, 3);
    await panel.inspect(3);
    const { version, entries } = panel.recording();
    // The slot of the first answer, in the entry before the last state.
    const changed = entries.map((entry, place) => {
      const items = [...(entry as (number | string)[])];
      const at = items.lastIndexOf(3);
      if (place === entries.length - 2) items[at] = 4;
      return items;
    });
    const { status, stdout } = replay({ version, entries: changed }, '--check');
    expect([status, stdout]).toEqual([1, expect.stringMatching(/has other effects/)]);
  });

  it('goes on with the new core after a failure', async () => {
    const { panel } = await talking();
    await panel.park(ann, { slot: 5 });
    const before = panel.recording().entries;
    trapNext('core');
    const error = await rejection(panel.park(bob, { slot: 6 }));
    expect(error.message).toContain('`recording()`');
    await settled();
    await panel.inspect(5, { call: bob });
    const recording = panel.recording();
    const kept = before.slice(0, -1);
    expect(recording.entries.slice(0, kept.length)).toEqual(kept);
    expect(recording.entries.length).toBeGreaterThan(before.length + 2);
    const { status, stdout } = replay(recording, '--check');
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^✓ \d+ inputs/)]);
  });
});

describe('npm run replay', () => {
  it('reads what `recording()` returned, and says what is wrong with other files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'recording-'));
    const file = join(folder, 'report.json');
    const read = (text: string): unknown => {
      writeFileSync(file, text);
      return readRecording(file);
    };
    const { panel } = await talking();
    const recording = panel.recording();
    expect(read(JSON.stringify(recording))).toEqual(recording.entries);
    expect(() => read('[')).toThrow(/JSON/);
    expect(() => read('null')).toThrow('it holds no recording');
    expect(() => read('{"entries":[[1],[{}]]}')).toThrow('it holds no recording');
    expect(() => read(JSON.stringify({ ...recording, version: '9.9.9' }))).toThrow(
      /the recording is of version 9\.9\.9, this is version /,
    );
    rmSync(folder, { recursive: true });
  });
});
