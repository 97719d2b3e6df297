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

test('a number without a name stands in one line, with room for the note', async ({ page }) => {
  const fake = await Fake.open(page);
  const number = '+495373084065';
  const note = { ...mine, forWhom: 'Petrov', note: 'the lift is stuck' };
  await fake.show({ slots: [held(1, '', { ...note, caller: caller('', number) })] });
  await expect.poll(() => fake.tile(1).locator('.name').evaluate(linesOf)).toBe(1);
  await expect.poll(() => fake.tile(1).locator('.note').evaluate(bottomIn)).toBe(true);
});

test('a note stands before the words that the call waits longest', async ({ page }) => {
  const fake = await Fake.open(page);
  const late = { returnsAt: 100_000, note: 'has the file' };
  await fake.show({ slots: [held(1, 'Anna', late), held(2, 'Boris')] });
  await expect(fake.tile(1).locator('.about')).toContainText(/has the file\s+Waits longest/);
});

test('a question names both people, also if their names are long', async ({ page }) => {
  const fake = await Fake.open(page);
  const long = 'Oberkreisdirektorin Dr. Annegret von Hohenstein-Wittgenstein';
  await fake.show({ slots: [held(2, long)], calls: [{ caller: caller('Sales Office North') }] });
  await page.clock.runFor(1_000);
  await fake.tile(2).locator('.second').click();
  const question = fake.tile(2).locator('.first');
  await expect(question).toHaveText(/Send Oberkreisdirektorin.*… to Sales Office North\?/);
  await expect.poll(() => question.locator('span').evaluate(isCut)).toBe(false);
});

test('the call that a person answers is selected, also after a choice by hand', async ({
  page,
  pbx,
}) => {
  const panel = await new Panel(page).open('341', false);
  await panel.connect(pbx, 'Sales', '200');
  pbx.exchange.ring('34414', '+49 30 23125 014', 'Boris Fischer');
  await expect(panel.call(/^Boris Fischer.*Ringing$/)).toBeVisible();
  await panel.call(/^Boris Fischer/).check();
  await panel.call(/^Sales/).check();
  await panel.advance();
  await page.keyboard.press('F2');
  await expect(panel.call(/^Boris Fischer.*Talking$/)).toBeChecked();
});

test('the words that the own telephone rings keep their colour under the pointer', async ({
  page,
  pbx,
}) => {
  const panel = await new Panel(page).open('341', false);
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await page.keyboard.press('F9');
  await expect(panel.slot(1)).toBeFocused();
  await panel.advance();
  await panel.button('Pick up Anna Petrova, slot 1').click();
  const sentence = panel.slot(1).locator('.sentence');
  await expect(sentence).toHaveText('Your telephone rings: answer it');
  await sentence.hover();
  const size = (): Promise<string> => sentence.evaluate((each) => getComputedStyle(each).fontSize);
  await expect.poll(size).toBe('14px');
});

test('a call that was back keeps its note when it is parked again', async ({ page }) => {
  const fake = await Fake.open(page);
  const anna = {
    caller: caller('Anna'),
    uuid: 'anna',
    returnedFrom: { slot: 6, waitedMs: 180_000 },
  };
  await fake.show({
    calls: [anna],
    departures: [
      {
        ...{ slot: 6, uuid: 'anna', caller: caller('Anna'), reason: 'returned', ...mine },
        ...{ forWhom: 'Petrov', note: 'second call' },
      },
    ],
  });
  await page.clock.runFor(1_000);
  await page.getByRole('button', { name: 'Park', exact: true }).click();
  await expect.poll(() => fake.commands()).toEqual(['park call-1 Petrov second call']);
  // The person may change the note.
  await expect(page.locator('valet-notices input[name=for]')).toBeVisible();
});

test('after a refused F9 no key writes the note of another call', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.show({
    slots: [held(9, 'Boris', { ...mine, forWhom: 'Keller' })],
    calls: [{ caller: caller('Anna') }],
  });
  await page.clock.runFor(1_000);
  await fake.tile(9).focus();
  await fake.fail('lot-full');
  await page.keyboard.press('F9');
  await expect(fake.toast).toContainText('All slots are taken');
  await expect(page.getByRole('radio', { name: /^Anna/ })).toBeFocused();
  await fake.fail('');
  await page.keyboard.press('n');
  await page.keyboard.type('Petrov');
  await page.keyboard.press('Enter');
  await expect(page.locator('valet-note-form')).toHaveCount(0);
  expect(await fake.commands()).toEqual(['park call-1']);
});

test('a free tile is one target, up to its edges', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.show({ calls: [{ caller: caller('Anna') }] });
  await page.clock.runFor(1_000);
  const { width = 0 } = (await fake.tile(3).boundingBox()) ?? {};
  await fake.tile(3).click({ position: { x: width - 12, y: 20 } });
  await expect.poll(() => fake.commands()).toEqual(['park call-1 3']);
});

test('the button of a connected call is not the main one', async ({ page, pbx }) => {
  const panel = await new Panel(page).open('341', false);
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await page.keyboard.press('F9');
  await expect(panel.slot(1)).toBeFocused();
  await panel.connect(pbx, 'Service', '342');
  await panel.advance();
  await panel.button(/^Send to Service: Anna/).click();
  await expect(panel.call(/Connected with Anna Petrova/)).toBeVisible();
  await panel.call(/Connected with Anna Petrova/).check();
  await expect(page.locator('valet-calls button')).toHaveText(['Park']);
  await expect(page.locator('valet-calls button.main')).toHaveCount(0);
});

/** Returns the number of lines of a text. */
function linesOf(element: Element): number {
  const range = document.createRange();
  range.selectNodeContents(element);
  return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
}

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
