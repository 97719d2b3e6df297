import type { Locator } from '@playwright/test';
import { expect, test } from './fixture.ts';

/** Returns the place of an element on the page, independent of scrolling. */
async function place(element: Locator): Promise<object> {
  return element.evaluate((node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    return { x, y: y + scrollY, width, height };
  });
}

const hostile: readonly (readonly [kind: string, name: string, shown: RegExp])[] = [
  ['markup', '<img src=x onerror=alert(1)><b>Bob</b>', /<img src=x onerror=alert\(1\)><b>Bob<\/b>/],
  ['a placeholder of the catalogue', '{n} {who}', /\{n\} \{who\}/],
  ['right to left', 'مرحبا بالعالم', /مرحبا بالعالم/],
  ['direction characters', '\u202egnp.exe\u2066', /^gnp\.exe$/],
  ['250 letters', 'long '.repeat(50), /^(long )+…$/],
  ['one long word', 'W'.repeat(256), /^W+…$/],
  ['emoji', '👩‍👩‍👧‍👦 Família 👍🏽', /👩‍👩‍👧‍👦 Família 👍🏽/],
  ['line breaks', 'one\r\ntwo\tthree', /^one two three$/],
  ['hundreds of accents', `Z${'\u0335\u0489'.repeat(100)}`, /^Z/],
];

for (const [kind, name, shown] of hostile) {
  test(`a name with ${kind} is shown as text, and moves no tile`, async ({ panel, pbx }) => {
    await panel.page.emulateMedia({ reducedMotion: 'reduce' });
    await panel.connect(pbx, name, '+1 202 555 0123');
    const box = await place(panel.slot(5));
    await panel.button('Park here, slot 5').click();
    await expect(panel.status).toHaveText('Parked in slot 5');

    const tile = panel.slot(5);
    await expect(tile.locator('.name bdi')).toHaveText(shown);
    await expect(tile.locator('bdi.number')).toHaveText('+1 202 555 0123');
    await expect(panel.page.locator('img, b:not([class])')).toHaveCount(0);
    expect(await place(tile)).toEqual(box);
    const wide = await panel.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide).toBe(false);
  });
}

test('shows the number without a name, and says if the number is withheld', async ({
  panel,
  pbx,
}) => {
  for (const [number, name] of [
    ['+1 202 555 0123', ''],
    ['anonymous', ''],
    ['anonymous', 'Anna Petrova'],
  ] as const) {
    await panel.connect(pbx, name, number);
  }
  await expect(panel.call('+1 202 555 0123, Talking')).toBeVisible();
  await expect(panel.call(/^Number withheld, Talking$/)).toBeVisible();
  await expect(panel.call('Anna Petrova, Number withheld, Talking')).toBeVisible();
});
