// Texts that a person at reception needs whole: notes, numbers, times, and what a ringing call is for.

import type { Page } from '@playwright/test';
import { caller, Fake, held } from './fake.ts';
import { chooseFromMenu, expect, Panel, test } from './fixture.ts';

test.use({ reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } });

const mine = { mine: true, parkedBy: '34414' };

/** True if a part of the text is not shown. */
const isCut = (element: Element): boolean =>
  element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight + 1;

/** Gives the page a softphone that answers calls. */
async function canAnswer(page: Page): Promise<void> {
  await page.evaluate(() => {
    (window as unknown as { lot: { answer: unknown } }).lot.answer = () => {};
  });
}

test('a note uses the line that a short name leaves free', async ({ page }) => {
  const fake = await Fake.open(page);
  const note = { ...mine, forWhom: 'Petrov', note: 'the lift is stuck' };
  const longer = { ...note, returnsAt: 100_000 };
  await fake.show({ slots: [held(1, 'Tom Baker', note), held(2, 'Ingrid Svensson', longer)] });
  await expect.poll(() => fake.tile(1).locator('.note').evaluate(bottomIn)).toBe(true);
  // Two lines of a name leave two whole lines.
  await expect.poll(() => fake.tile(2).locator('.for').evaluate(bottomIn)).toBe(true);
});

/** True if a text ends above the end of the texts about its call. */
function bottomIn(element: Element): boolean {
  const about = element.closest('.about');
  const who = element.closest('.who');
  if (about === null || who === null) return false;
  const bottom = element.getBoundingClientRect().bottom;
  return [about, who].every((each) => bottom <= each.getBoundingClientRect().bottom + 0.5);
}

test('a number of 40 digits is shown whole, or when a person points at it', async ({ page }) => {
  const number = '+4912345678901234567890123456789012345678';
  const fake = await Fake.open(page);
  await fake.show({
    slots: [held(1, '', { caller: caller('', number) })],
    calls: [{ caller: caller('', number) }],
  });
  const name = fake.tile(1).locator('.name');
  await expect.poll(() => name.evaluate(isCut)).toBe(false);
  await expect(name).toHaveAttribute('title', number);
  await expect(page.locator('valet-calls label')).toHaveAttribute(
    'title',
    new RegExp(`\\${number}`),
  );
});

test('the ring for a pick-up says so, and has the only main button', async ({ page, pbx }) => {
  const panel = await new Panel(page).open('341', false);
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await page.keyboard.press('F9');
  await expect(panel.slot(1)).toBeFocused();
  pbx.exchange.ring('34414', '+49 30 23125 014', 'Boris Fischer');
  await expect(panel.call(/^Boris Fischer.*Ringing$/)).toBeVisible();
  await panel.advance();
  await page.keyboard.press('Enter');
  const calls = page.locator('valet-calls');
  await expect(calls.locator('li.pick-up')).toContainText('Pick up 1: Anna Petrova');
  await expect(calls.locator('button.main')).toHaveCount(1);
  await expect(calls.locator('button.main')).toHaveAccessibleName('Answer Pick up 1: Anna Petrova');
  await expect(panel.button('Answer Boris Fischer')).toBeVisible();
});

test('two calls that are back stand one below the other, in sight', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const fake = await Fake.open(page);
  await canAnswer(page);
  const back = (name: string, slot: number) => ({
    ...{ state: 'ringing' as const, caller: caller(name), uuid: name },
    returnedFrom: { slot, waitedMs: 180_000 },
  });
  await fake.show({
    calls: [
      { caller: caller('Marie Duval') },
      { state: 'ringing', caller: caller('Office Berlin') },
      back('Anna', 6),
      back('Boris', 5),
    ],
  });
  const cards = page.locator('valet-calls li');
  await expect(cards).toHaveCount(4);
  const gaps = async (): Promise<boolean[]> => {
    const boxes = await cards.evaluateAll((all) =>
      all.map((each) => {
        const { top, bottom } = each.getBoundingClientRect();
        return { top, bottom: Math.max(bottom, top + each.scrollHeight) };
      }),
    );
    return boxes.slice(1).map(({ top }, at) => top >= (boxes[at]?.bottom ?? 0));
  };
  await expect.poll(gaps).toEqual([true, true, true]);
  for (const who of ['Anna', 'Boris']) {
    await expect(page.getByRole('button', { name: `Answer ${who}` })).toBeInViewport({ ratio: 1 });
  }
});

test('a wait that is longer than a call can wait is not shown', async ({ page }) => {
  const fake = await Fake.open(page);
  const gone = { reason: 'abandoned' as const, uuid: 'late' };
  await fake.departed(
    { ...gone, slot: 2, caller: caller('Boris'), waitedMs: 208_000 },
    { ...gone, slot: 3, caller: caller('Grete'), waitedMs: 100_000 },
  );
  await fake.show({
    calls: [
      {
        ...{ state: 'ringing', caller: caller('Anna'), uuid: 'anna' },
        returnedFrom: { slot: 6, waitedMs: 208_000 },
      },
    ],
  });
  await expect(page.locator('valet-calls li.back')).toContainText(/back from slot 6/i);
  await expect(page.locator('valet-calls li.back')).not.toContainText('3:28');
  await page.getByRole('button', { name: 'History' }).click();
  const history = page.getByRole('dialog');
  await expect(history.getByRole('img', { name: 'Waited 1:40' })).toBeVisible();
  await expect(history).toContainText('Boris');
  await expect(history).not.toContainText('3:28');
  // The average counts the known times only.
  await expect(history.getByRole('heading', { level: 3 })).toContainText('1:40');
});

test('the dock shows a whole waiting time', async ({ page }) => {
  const fake = await Fake.open(page, { layout: 'dock' });
  await fake.show({ slots: [held(3, 'Anna', { heldSince: -100_000, returnsAt: null })] });
  const time = fake.tile(3).locator('.time');
  await expect(time).toContainText(/Waiting 1:4\d/);
  await expect.poll(() => time.evaluate(isCut)).toBe(false);
});

test('a call that another desk connected does not say that the desk talks with it', async ({
  page,
}) => {
  const fake = await Fake.open(page);
  const bridged = { reason: 'bridged', takenBy: '32494' } as const;
  await fake.departed({ slot: 2, caller: caller('Anna'), ...bridged });
  await expect(fake.status).toHaveText('Slot 2: Anna was connected by Sales');
  await chooseFromMenu(page, 'History');
  await expect(page.getByRole('dialog')).toContainText('Connected by Sales');
});

test('on a phone the last slot can be scrolled out from under the message', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const fake = await Fake.open(page);
  await fake.show({ calls: [{ caller: caller('Grete') }] });
  await page.clock.runFor(1_000);
  await page.getByRole('button', { name: 'Park', exact: true }).click();
  await expect(fake.toast).toContainText('call on 1');
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const gap = async (): Promise<number> => {
    const [tile, toast] = [await fake.tile(9).boundingBox(), await fake.toast.boundingBox()];
    return (toast?.y ?? 0) - ((tile?.y ?? 0) + (tile?.height ?? 0));
  };
  await expect.poll(gap).toBeGreaterThanOrEqual(0);
});
