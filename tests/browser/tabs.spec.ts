import type { RunningSwitch } from 'valet-park/server';
import { expect, test } from './fixture.ts';
import { Plain } from './plain.ts';
import { setHidden } from './visibility.ts';

/** Lets a caller ring, answers, and passes the event to the pages. */
async function talk(pbx: RunningSwitch, ...plain: Plain[]): Promise<string> {
  const { call } = pbx.exchange.ring('34414', '+79161112233', 'Anna');
  pbx.exchange.answer(call);
  const event = new URLSearchParams({
    EventType: 'answer',
    CallAPIID: call,
    CallFlow: 'in',
    CalledExtensionID: '34414',
  });
  for (const page of plain) await page.track(event.toString());
  return call;
}

/** Lets one polling round pass, in steps of a second, so that the tabs can exchange messages. */
async function pollOnce({ page }: Plain): Promise<void> {
  for (let step = 0; step < 7; step += 1) await page.clock.runFor(1_000);
}

/** Parks a call from another extension. */
function parkElsewhere(pbx: RunningSwitch, slot: number): void {
  const { call } = pbx.exchange.ring('32494', '+79161112244');
  pbx.exchange.answer(call);
  const parked = pbx.exchange.ask({ extension: '32494', call, action: 'park', slot });
  expect(parked.kind).toBe('parked');
}

test('of two tabs one polls and both show the result; when it closes, the other one polls', async ({
  context,
  pbx,
}) => {
  const first = await Plain.open(await context.newPage(), pbx);
  const second = await Plain.open(await context.newPage(), pbx);
  await talk(pbx, first);
  // All headless tabs count as visible, so the first one leads.
  await expect.poll(() => first.role()).toBe('leader');
  await expect.poll(() => second.role()).toBe('follower');
  parkElsewhere(pbx, 6);
  await pollOnce(first);
  await expect.poll(() => first.state(6)).toBe('held');
  await expect.poll(() => second.state(6)).toBe('held');
  expect(second.requests).toEqual([]);

  await first.page.close();
  await expect.poll(() => second.role()).toBe('leader');
  parkElsewhere(pbx, 3);
  await pollOnce(second);
  await expect.poll(() => second.state(3)).toBe('held');
  expect(second.requests.length).toBeGreaterThan(0);
});

test('two tabs share one feed, and the other one continues when the first is closed', async ({
  context,
  pbx,
}) => {
  const feed = '/feed?extension=34414';
  const first = await Plain.open(await context.newPage(), pbx, feed);
  const second = await Plain.open(await context.newPage(), pbx, feed);
  await expect.poll(() => second.state(6)).toBe('free');
  expect(pbx.subscribers).toBe(1);
  parkElsewhere(pbx, 6);
  await expect.poll(() => second.state(6)).toBe('held');
  await first.page.close();
  await expect.poll(() => second.role()).toBe('leader');
  await expect.poll(() => pbx.subscribers).toBe(1);
  parkElsewhere(pbx, 3);
  await expect.poll(() => second.state(3)).toBe('held');
  expect([...first.requests, ...second.requests]).toEqual([]);
});

test('a page that was hidden for five minutes updates when it is shown', async ({ page, pbx }) => {
  const plain = await Plain.open(page, pbx);
  await talk(pbx, plain);
  await expect.poll(() => plain.state(6)).toBe('free');
  await setHidden(page, true);
  const before = plain.requests.length;
  await page.clock.fastForward(300_000);
  parkElsewhere(pbx, 6);
  expect(plain.requests.length).toBe(before);
  expect(await plain.state(6)).toBe('free');

  await setHidden(page, false);
  // The clock of the page runs; two seconds are enough for a round.
  await page.clock.runFor(1_900);
  await expect.poll(() => plain.state(6)).toBe('held');
});

test('a restart of the switch causes no alert without calls', async ({ panel, pbx }) => {
  parkElsewhere(pbx, 6);
  await expect(panel.slot(6)).toHaveAccessibleName(/^Slot 6, .*, parked by Sales/);
  pbx.setFaults('restart=1');
  const reopened = panel.page.waitForResponse((response) => response.url().includes('/feed?'));
  // The switch restarts at the next request, without an answer.
  const url = `${pbx.url}/api/ver1.0/extension/32494/valet_park/1-a`;
  const headers = { Authorization: `Bearer ${pbx.token}` };
  await fetch(url, { method: 'PUT', headers, body: '{"action":"slots"}' }).catch(() => {});
  pbx.setFaults('calm');
  await reopened;
  await expect(panel.slot(6)).toHaveAccessibleName('Slot 6, free');
  await expect(panel.page.locator('valet-departures')).toContainText('Slot 6');
  await expect(panel.alert).toBeEmpty();
});

test('a page that is opened during a call shows the call', async ({ panel, pbx }) => {
  const call = await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await panel.page.reload();
  await expect(panel.call(/^Anna Petrova.*Talking$/)).toBeChecked();
  await panel.button('Park here, slot 6').click();
  await expect(panel.slot(6)).toHaveAccessibleName(/Anna Petrova.*parked by you/);
  expect(panel.requests.at(-1)?.call).toBe(call);
});
