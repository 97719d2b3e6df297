// The texts of a tile: long names are whole, and a dot stands only between two texts of one line.

import { caller, Fake, held } from './fake.ts';
import { expect, test } from './fixture.ts';

const names = ['Maximilian Schmidt-Rottluff', 'Wolfgang Amadeus Hofmannsthal', 'Anna Petrova'];

for (const width of [1280, 1440, 1920]) {
  test(`a name of two words is whole at ${width} × 800`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    const fake = await Fake.open(page);
    const note = { forWhom: 'Dr Keller', note: 'insurance, second call today' };
    await fake.show({
      slots: names.map((name, at) => held(at + 1, name, { parkedBy: '32494', ...note })),
      calls: [{ caller: caller('Marie') }],
    });
    await page.clock.runFor(1_000);
    for (const [at] of names.entries()) {
      const cut = () =>
        fake
          .tile(at + 1)
          .locator('.name')
          .evaluate((name) => name.scrollHeight - name.clientHeight);
      await expect.poll(cut).toBeLessThanOrEqual(1);
      await expect(fake.tile(at + 1).locator('.for')).toBeInViewport({ ratio: 1 });
    }
  });
}

test('a dot stands only before a text of the same line', async ({ page }) => {
  const fake = await Fake.open(page);
  const note = { forWhom: 'Dr Keller', note: 'insurance, second call today', parkedBy: '32494' };
  const more = [{ returnsAt: 29_000 }, { returnsAt: 9_000 }, { confirmed: false }, {}];
  await fake.show({
    slots: more.map((each, at) => held(at + 1, names[at] ?? 'Jo', { ...note, ...each })),
  });
  let seen = 0;
  for (const width of [800, 1024, 1280, 1440, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    await page.clock.runFor(1_000);
    // A dot without width is not drawn. Each other one has a text behind it in its line.
    const dots = () =>
      page.locator('valet-tile .about .dot').evaluateAll((all) =>
        all.flatMap((dot) => {
          const boxes = [...dot.getClientRects()].filter((box) => box.width > 0);
          const parts = [...(dot.parentElement?.querySelectorAll('.part') ?? [])];
          const behind = parts
            .filter((part) => dot.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING)
            .flatMap((part) => [...part.getClientRects()]);
          return boxes.map((box) =>
            behind.some((one) => Math.abs(one.y - box.y) < 4 && one.x >= box.right - 1),
          );
        }),
      );
    await expect.poll(dots, `${width} px`).not.toContain(false);
    seen += (await dots()).length;
  }
  expect(seen).toBeGreaterThan(0);
});
