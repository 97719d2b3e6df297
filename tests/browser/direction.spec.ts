// Names in right-to-left scripts, and names with characters that change the direction of text.

import { Fake, caller, held } from './fake.ts';
import { expect, test } from './fixture.ts';
import { fullName } from '../../www/element/party.ts';
import { loadLocale } from '../../www/element/languages.ts';
import { english } from '../../www/element/locale.ts';

const number = '+966 11 123 4567';
const arabic = 'محمد العربي';
const hebrew = 'דנה כהן';

/** Isolates a text by the Unicode characters for plain text. */
const isolated = (text: string): string => `\u2068${text}\u2069`;

test('plain text isolates a right-to-left name and its number', async () => {
  const party = { name: arabic, number, extension: null };
  for (const locale of [english, await loadLocale('ru')]) {
    expect(locale.text('label.call', { who: fullName(english, party), state: 'x' })).toBe(
      `${isolated(arabic)}, ${isolated(number)}, ${isolated('x')}`,
    );
  }
});

test('plain text with left-to-right names has no isolation characters', () => {
  const party = { name: 'Anna', number, extension: null };
  expect(english.text('label.call', { who: fullName(english, party), state: 'Ringing' })).toBe(
    `Anna, ${number}, Ringing`,
  );
});

test('direction characters are removed from a name', () => {
  for (const control of '\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069') {
    for (const text of [`${control}Sales`, `Sa${control}les`, `Sales${control}`]) {
      expect(english.text('slot.parkedBy', { name: text })).toBe('Parked by Sales');
      expect(english.text('slot.parkedBy', { name: `${text} ${arabic}` })).toBe(
        `Parked by ${isolated(`Sales ${arabic}`)}`,
      );
    }
  }
});

/** Returns the digits of the number in the order in which the page draws them, from the left. */
async function drawnDigits(fake: Fake, where: string): Promise<string> {
  return fake.page
    .locator(where)
    .first()
    .evaluate((element, number) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const glyphs: { readonly x: number; readonly digit: string }[] = [];
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const text = node.textContent ?? '';
        const start = text.indexOf(number);
        for (let at = start; start >= 0 && at < start + number.length; at += 1) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const digit = text[at] ?? '';
          if (digit.trim() !== '') glyphs.push({ x: range.getBoundingClientRect().left, digit });
        }
      }
      return glyphs
        .sort((a, b) => a.x - b.x)
        .map(({ digit }) => digit)
        .join('');
    }, number);
}

for (const name of [arabic, hebrew]) {
  test(`the number beside ${name} is drawn from left to right in every sentence`, async ({
    page,
  }) => {
    const fake = await Fake.open(page);
    await fake.show({
      slots: [held(2, name, { caller: caller(name, number), parkedBy: '555' })],
      calls: [{ caller: caller(name, number) }],
    });
    const digits = number.replace(/\s/g, '');
    expect(await drawnDigits(fake, 'valet-tile:nth-child(2) .number')).toBe(digits);
    await page.clock.runFor(1_000);
    await page.getByRole('button', { name: /^Send to/ }).click();
    await expect(fake.status).toContainText(number);
    expect(await drawnDigits(fake, 'valet-notices [role=status]')).toBe(digits);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Details of slot 2' }).click();
    await expect(page.getByRole('dialog')).toContainText(name);
    expect(await drawnDigits(fake, '.calls button')).toBe(digits);
  });
}

test('the panel has the direction of its language and not of the page', async ({ page }) => {
  const fake = await Fake.open(page);
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await fake.show({ slots: [held(2, arabic, { caller: caller(arabic, number) })] });
  await expect(page.locator('valet-lot .lot')).toHaveCSS('direction', 'ltr');
  expect(await drawnDigits(fake, 'valet-tile:nth-child(2) .number')).toBe(
    number.replace(/\s/g, ''),
  );
});

test('accessible names, titles and announcements isolate names and numbers', async ({ page }) => {
  const fake = await Fake.open(page, { 'owns-page': '' });
  const party = { caller: caller(`\u202e${arabic}\u2066`, number), parkedBy: '555' };
  await fake.show({
    slots: [held(2, arabic, { ...party, mine: true, returnsAt: 50_000 })],
    calls: [{ caller: caller(arabic, number) }],
  });
  await page.clock.runFor(1_000);
  const both = `${isolated(arabic)}, ${isolated(number)}`;
  const name = await fake.content(2).getAttribute('aria-label');
  expect(name).toContain(`Slot 2, ${both}, parked by you`);
  expect(name).not.toMatch(/[\u202a-\u202e\u2066\u2067]/);
  expect(await page.getByRole('radio').getAttribute('aria-label')).toContain(both);
  await expect(page).toHaveTitle(`${isolated('0:49')} – ${isolated(arabic)}`);
  await fake.show({ slots: [held(2, arabic, party)] });
  expect(await fake.content(2).getAttribute('aria-label')).toContain(
    `parked by ${isolated('مبيعات')}`,
  );
  await expect(fake.tile(2).locator('.owner bdi')).toHaveText('مبيعات');
});
