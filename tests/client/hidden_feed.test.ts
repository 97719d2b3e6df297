// A tab that does not share its feed closes it while the page is hidden. A browser has only six
// connections for one host.

import { describe, expect, it, onTestFinished } from 'vitest';
import { following, ring } from './fake_feed.ts';
import { ann, bob, settled } from './host.ts';
import { FakePage, FakeTabs, standIn } from './page.ts';

describe('the feed of a tab that is alone', () => {
  it('is closed while the page is hidden, resumed after the last event, and begun again', async () => {
    const page = new FakePage();
    const { stream, clock, calls, troubles, panel } = await following({ tabs: 'solo' });
    await stream.write(ring(ann, 41));
    page.hidden = true;
    await settled();
    expect(stream.opened).toHaveLength(1);
    expect(stream.opened[0]?.signal.aborted).toBe(true);
    expect(panel.getSnapshot().sync.state).not.toBe('live');
    await clock.forward(600_000);
    expect(stream.opened).toHaveLength(1);
    expect(clock.waiting).toBe(0);
    page.hidden = false;
    await settled();
    expect(stream.opened).toHaveLength(2);
    expect(stream.opened[1]?.headers.get('last-event-id')).toBe('41');
    await stream.write(ring(bob, 42));
    expect(calls()).toEqual([ann, bob]);
    // The feed has repeated changes only. So it begins again, and tells of all slots.
    expect(stream.opened).toHaveLength(3);
    expect(stream.opened[2]?.headers.has('last-event-id')).toBe(false);
    await stream.write(':\n\n');
    expect(panel.getSnapshot().sync.state).toBe('live');
    expect(troubles).toEqual([]);
  });

  it('is not opened while the page is hidden from the start', async () => {
    const page = new FakePage();
    page.hidden = true;
    const { stream } = await following({ tabs: 'solo' });
    expect(stream.opened).toEqual([]);
    page.hidden = false;
    await settled();
    expect(stream.opened).toHaveLength(1);
  });

  it('is opened once, even if the page is shown several times', async () => {
    const page = new FakePage();
    const { stream } = await following({ tabs: 'solo' });
    for (const sign of ['resume', 'pageshow', 'online']) page.fire(sign);
    page.hidden = false;
    await settled();
    expect(stream.opened).toHaveLength(1);
  });

  it('is closed also on an insecure page, which has no locks', async () => {
    standIn('navigator', {});
    const page = new FakePage();
    const { stream, panel } = await following();
    expect(panel.getSnapshot().sync.role).toBe('solo');
    page.hidden = true;
    await settled();
    expect(stream.opened[0]?.signal.aborted).toBe(true);
  });

  it('stays closed after the panel was disposed', async () => {
    const page = new FakePage();
    const { stream, panel } = await following({ tabs: 'solo' });
    page.hidden = true;
    panel.dispose();
    page.hidden = false;
    await settled();
    expect(stream.opened).toHaveLength(1);
  });
});

it('the feed of several tabs stays open while the page is hidden', async () => {
  new FakeTabs();
  const page = new FakePage();
  const { stream, calls, panel } = await following();
  onTestFinished(() => panel.dispose());
  expect(panel.getSnapshot().sync.role).toBe('leader');
  page.hidden = true;
  await stream.write(ring(ann));
  expect(calls()).toEqual([ann]);
  expect(stream.opened).toHaveLength(1);
});
