// <valet-lot> that moves into another document of the page and back. A constructed style sheet belongs
// to one document.

import { Fake, held } from './fake.ts';
import { chooseFromMenu, expect, test } from './fixture.ts';

declare global {
  interface Window {
    /** Returns the computed styles in each element of the panel, by its tags. */
    computedStyles(): Record<string, string>;
  }
}

/** Defines `window.computedStyles` in a page. */
async function defineComputedStyles(fake: Fake): Promise<void> {
  await fake.page.evaluate(() => {
    window.computedStyles = () => {
      const found: Record<string, string> = {};
      const visit = (root: ParentNode, path: string): void => {
        for (const element of root.querySelectorAll('*')) {
          if (element.shadowRoot === null) continue;
          const tag = `${path} ${element.localName}`.trim();
          const view = element.ownerDocument.defaultView ?? window;
          const sheets = element.shadowRoot.adoptedStyleSheets.length;
          const own = [
            ...element.shadowRoot.querySelectorAll('h2, button, .tile, .time, .name, ul, .state'),
          ];
          const styles = own.map((each) => {
            const { color, fontSize, minHeight, display, borderRadius } =
              view.getComputedStyle(each);
            return [each.localName, color, fontSize, minHeight, display, borderRadius].join(' ');
          });
          found[tag] = [
            found[tag] ?? '',
            sheets,
            view.getComputedStyle(element).display,
            ...styles,
          ].join('\n');
          visit(element.shadowRoot, tag);
        }
      };
      const root = window.lot.getRootNode() as ParentNode;
      visit(root, '');
      return found;
    };
  });
}

test('keeps its styles in a frame, in a second one and back in the page', async ({ page }) => {
  const fake = await Fake.open(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await fake.show({
    slots: [held(2, 'Anna Petrova', { mine: true })],
    calls: [{ caller: { name: 'Jörg', number: '1', extension: null } }],
  });
  await defineComputedStyles(fake);
  const before = await page.evaluate(() => window.computedStyles());
  expect(Object.keys(before)).toContain('valet-lot valet-board valet-tile');
  for (const frame of ['first', 'second']) {
    await page.evaluate((name) => {
      const frame = document.createElement('iframe');
      Object.assign(frame, { name, width: '1240', height: '900' });
      document.body.append(frame);
      const inside = frame.contentDocument;
      if (inside === null) throw new Error('expected a document in the frame');
      inside.body.style.margin = '0';
      inside.body.append(window.lot);
    }, frame);
    await expect(page.frameLocator(`[name=${frame}]`).getByRole('grid')).toBeVisible();
    expect(await page.evaluate(() => window.computedStyles())).toEqual(before);
  }
  await page.evaluate(() => document.querySelector('main')?.append(window.lot));
  await expect(page.getByRole('grid')).toBeVisible();
  expect(await page.evaluate(() => window.computedStyles())).toEqual(before);
});

test('an element that is first rendered in a frame has its styles, and works', async ({ page }) => {
  const fake = await Fake.open(page);
  await defineComputedStyles(fake);
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    Object.assign(frame, { width: '1240', height: '900' });
    document.body.append(frame);
    frame.contentDocument?.body.append(window.lot);
  });
  const inside = page.frameLocator('iframe');
  await fake.show({
    slots: [held(2, 'Anna Petrova')],
    calls: [{ caller: { name: 'Jörg', number: '1', extension: null } }],
  });
  await page.clock.runFor(1000);
  await inside.getByRole('button', { name: 'Park here, slot 5' }).click();
  await expect.poll(() => fake.commands()).toEqual(['park call-1 5']);
  await chooseFromMenu(inside, 'Settings');
  const styles = await page.evaluate(() => window.computedStyles());
  expect(styles['valet-lot valet-settings']).toMatch(/^\n[1-9]/);
  await expect(inside.getByRole('dialog').getByRole('button', { name: 'Close' })).toHaveCSS(
    'min-height',
    '36px',
  );
});

test('keeps its styles after it was in a document without a window', async ({ page }) => {
  const fake = await Fake.open(page);
  await defineComputedStyles(fake);
  const before = await page.evaluate(() => window.computedStyles());
  await page.evaluate(() => {
    const aside = document.implementation.createHTMLDocument();
    aside.body.append(window.lot);
    document.querySelector('main')?.append(window.lot);
  });
  await expect(page.getByRole('grid')).toBeVisible();
  expect(await page.evaluate(() => window.computedStyles())).toEqual(before);
});
