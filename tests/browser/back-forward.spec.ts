// The page of the panel comes back from the browser's back/forward cache. By default Playwright disables
// that cache. The headless shell of Chromium does not have it.

import { chromiumLaunch } from '../../scripts/setup/chromium.mjs';
import { expect, test } from './fixture.ts';

test.use({
  launchOptions: {
    ...chromiumLaunch({ isWhole: true }),
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  },
});

test('a panel that comes back from the back/forward cache is live', async ({ page, pbx }) => {
  await page.addInitScript(() => {
    addEventListener(
      'pageshow',
      ({ persisted }) => (document.documentElement.id = `restored-${persisted}`),
    );
  });
  await page.goto('/?extension=341');
  const slot = (n: number) => page.getByRole('gridcell', { name: new RegExp(`^Slot ${n}\\b`) });
  await expect(slot(6)).toHaveAccessibleName(/free/);

  await page.goto('data:text/html,<title>Another page</title>');
  const { call } = pbx.exchange.answer(pbx.exchange.ring('34414', '+79161112233', 'Anna').call);
  pbx.exchange.ask({ extension: '34414', call, action: 'park', slot: 6 });
  await page.evaluate(() => void setTimeout(() => history.back()));

  await page.locator('#restored-true').waitFor();
  // The panel shows what happened while it was away, and what happens now.
  await expect(slot(6)).toHaveAccessibleName(/Anna/);
  pbx.exchange.hangup(call);
  await expect(slot(6)).toHaveAccessibleName(/free/);
});
