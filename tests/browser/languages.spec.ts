// The panel in each language: nothing is cut off, Arabic is mirrored, and texts are loaded on demand.

import { readdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { Fake, caller, held } from './fake.ts';
import { expect, test } from './fixture.ts';

const languages = readdirSync('www/element/messages/dialogs').map((file) =>
  file.replace(/\.ts$/, ''),
);

const shown = {
  slots: [
    held(1, 'Anna Petrova', { mine: true, parkedBy: '34414' }),
    held(4, 'محمد العربي', { caller: caller('محمد العربي', '+966 11 123 4567') }),
    held(8, 'Jörg Weiß', { parkedBy: '32494' }),
  ],
  calls: [{ caller: caller('John Carter') }],
};

/** Returns the texts of all visible buttons, in all shadow trees, that do not fit into their button. */
function clippedButtons(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const inside = (root: Document | ShadowRoot): Element[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        ...(element.matches('button') ? [element] : []),
        ...(element.shadowRoot === null ? [] : inside(element.shadowRoot)),
      ]);
    return inside(document)
      .filter((button) =>
        [button, ...button.querySelectorAll('span')].some(
          ({ clientWidth, clientHeight, scrollWidth, scrollHeight }) =>
            clientWidth > 1 && (scrollWidth > clientWidth || scrollHeight > clientHeight),
        ),
      )
      .map((button) => button.textContent.trim());
  });
}

/** Returns the places and sizes of all tiles. */
function tiles(page: Page): Promise<string[]> {
  return page.locator('valet-tile').evaluateAll((all) =>
    all.map((tile) => {
      const { x, y, width, height } = tile.getBoundingClientRect();
      return [x, y, width, height].map(Math.round).join(' ');
    }),
  );
}

/** Returns the files of texts that the page requests from now on. */
function requestedTexts(page: Page): string[] {
  const files: string[] = [];
  page.on('request', (request) => {
    const file = /\/messages\/([\w-]+)\.js$/.exec(request.url())?.[1];
    if (file !== undefined) files.push(file);
  });
  return files;
}

for (const lang of languages) {
  test(`${lang}: no text of a button is cut off, and the page is not wider than the screen`, async ({
    page,
  }) => {
    const requested = requestedTexts(page);
    const fake = await Fake.open(page, { lang });
    await fake.show(shown);
    await expect(page.locator('valet-lot .lot')).toHaveAttribute('lang', lang);
    expect(requested).toEqual(lang === 'en' ? [] : [lang]);
    for (const width of [1440, 1280, 1024, 800, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await page.clock.runFor(1_000);
      await expect.poll(() => clippedButtons(page), `at ${width} px`).toEqual([]);
      const overflow = (): number => document.documentElement.scrollWidth - innerWidth;
      expect(await page.evaluate(overflow), `at ${width} px`).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize({ width: 1440, height: 800 });
    await page.evaluate(() => (window.lot.layout = 'dock'));
    const park = page.locator('valet-calls button');
    await expect(park).toBeVisible();
    const isWhole = ({ scrollWidth, clientWidth }: Element): boolean => scrollWidth <= clientWidth;
    expect(await park.evaluate(isWhole), 'in the dock').toBe(true);
    for (const slot of [1, 4, 8]) {
      const name = fake.tile(slot).locator('.name');
      const fits = ({ scrollHeight, clientHeight }: Element): boolean =>
        scrollHeight <= clientHeight;
      expect(await name.evaluate(fits), `the name in slot ${slot} of the dock`).toBe(true);
      expect(await name.evaluate(isWhole), `the name in slot ${slot} of the dock`).toBe(true);
    }
  });
}

test('texts that are 40 % longer do not move a tile', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.show(shown);
  await page.clock.runFor(1_000);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await page.evaluate(() => (window.lot.lang = 'en'));
    await page.clock.runFor(1_000);
    const before = await tiles(page);
    await page.evaluate(async () => {
      const path = '/element.js';
      const element = (await import(path)) as typeof import('valet-park/element');
      const longer = (text: string): string => text + '~'.repeat(Math.ceil(text.length * 0.4));
      const texts = Object.entries(element.englishMessages).map(([key, text]) => [
        key,
        // The braces of a placeholder stay as they are.
        text.includes('{') ? `${text} ~~~~~~~~` : longer(text),
      ]);
      element.registerMessages('nl', Object.fromEntries(texts) as object);
      window.lot.lang = 'nl';
    });
    await expect(page.locator('valet-lot .lot')).toHaveAttribute('lang', 'nl');
    await page.clock.runFor(1_000);
    expect(await tiles(page), `at ${width} px`).toEqual(before);
  }
});

test.describe('Arabic', () => {
  test('mirrors the board, and the arrows follow it', async ({ page }) => {
    const fake = await Fake.open(page, { lang: 'ar' });
    await fake.show(shown);
    await expect(page.locator('valet-lot .lot')).toHaveAttribute('dir', 'rtl');
    const x = async (slot: number): Promise<number> =>
      (await fake.tile(slot).boundingBox())?.x ?? 0;
    expect(await x(1)).toBeGreaterThan(await x(2));
    expect(await x(2)).toBeGreaterThan(await x(3));
    await fake.tile(1).focus();
    await page.keyboard.press('ArrowLeft');
    await expect(fake.tile(2)).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(fake.tile(1)).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(fake.tile(4)).toBeFocused();
  });

  test('mirrors the ring, the edge, and the mark of the chosen entry', async ({ page }) => {
    const fake = await Fake.open(page, { lang: 'ar' });
    await fake.show(shown);
    const tile = fake.tile(1);
    const [outer, ring, digit] = await Promise.all(
      [tile, tile.locator('.ring'), tile.locator('.slot')].map((each) => each.boundingBox()),
    );
    const middle = (outer?.x ?? 0) + (outer?.width ?? 0) / 2;
    expect(ring?.x).toBeLessThan(middle);
    expect(digit?.x).toBeGreaterThan(middle);
    const edge = await tile.evaluate((tile) => getComputedStyle(tile, '::before').right);
    expect(edge).toBe('0px');
    await tile.focus();
    await page.keyboard.press('Control+k');
    const chosen = page.getByRole('option').first();
    await expect(chosen).toHaveCSS('border-right-width', '3px');
    await expect(chosen).toHaveCSS('border-left-width', '0px');
    const [mark, none] = await chosen.evaluate((option) => {
      const style = getComputedStyle(option);
      return [style.borderRightColor, style.boxShadow];
    });
    expect(mark).not.toMatch(/, 0\)$/);
    expect(none).toBe('none');
  });

  test('keeps the direction of times and numbers, with Latin digits', async ({ page }) => {
    const fake = await Fake.open(page, { lang: 'ar' });
    await fake.show({ ...shown, slots: [held(1, 'Anna', { exact: false })] });
    await expect(fake.tile(1).getByRole('timer')).toContainText(/≤ \u2068\d:\d\d\u2069$/);
    /** Returns the characters of a text in the order in which the page draws them, from the left. */
    const drawn = (where: string): Promise<string> =>
      fake
        .tile(1)
        .locator(where)
        .evaluate((element) => {
          const glyphs: { readonly x: number; readonly glyph: string }[] = [];
          const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
            const text = node.textContent ?? '';
            for (let at = 0; at < text.length; at += 1) {
              const range = document.createRange();
              range.setStart(node, at);
              range.setEnd(node, at + 1);
              const glyph = text.charAt(at);
              const x = range.getBoundingClientRect().left;
              if (/[^\s\u2068\u2069]/.test(glyph)) glyphs.push({ x, glyph });
            }
          }
          glyphs.sort((a, b) => a.x - b.x);
          return glyphs.map(({ glyph }) => glyph).join('');
        });
    expect(await drawn('[role=timer]')).toMatch(/≤\d:\d\d$/);
    expect(await drawn('.number')).toBe('+7495123-45-67');
  });
});

test('a language that is chosen later is loaded then, and the panel stays usable', async ({
  page,
}) => {
  const requested = requestedTexts(page);
  const fake = await Fake.open(page);
  await page.evaluate(() => (window.lot.lang = 'pt-PT'));
  await expect(page.locator('valet-lot .lot')).toHaveAttribute('lang', 'pt-BR');
  await expect(fake.tile(1)).toHaveAccessibleName('Vaga 1, livre');
  await page.evaluate(() => (window.lot.lang = 'en'));
  await page.evaluate(() => (window.lot.lang = 'pt'));
  await expect(fake.tile(1)).toHaveAccessibleName('Vaga 1, livre');
  expect(requested).toEqual(['pt-BR']);
});

test('texts that cannot be loaded leave the panel in English, and the console says so once', async ({
  browser,
  pbx,
}) => {
  const context = await browser.newContext({ baseURL: pbx.url });
  const page = await context.newPage();
  const warnings: string[] = [];
  page.on('console', (line) => {
    if (line.type() === 'warning') warnings.push(line.text());
  });
  const fake = await Fake.open(page);
  await page.route('**/messages/de.js', (route) => route.abort());
  for (const lang of ['de', 'en', 'de']) {
    await page.evaluate((lang) => (window.lot.lang = lang), lang);
    await expect.poll(() => warnings.length).toBe(1);
    await expect(fake.tile(1)).toHaveAccessibleName('Slot 1, free');
  }
  expect(warnings[0]).toContain("the texts in the language 'de' could not be loaded");
  await context.close();
});

test('a page can add a language, and its panels change at once', async ({ page }) => {
  const fake = await Fake.open(page, { lang: 'nl' });
  await expect(fake.tile(1)).toHaveAccessibleName('Slot 1, free');
  await page.evaluate(async () => {
    const path = '/element.js';
    const element = (await import(path)) as typeof import('valet-park/element');
    element.registerMessages('nl', { 'label.free': 'Plaats {n}, vrij' });
  });
  await expect(fake.tile(1)).toHaveAccessibleName('Plaats 1, vrij');
});
