// The history: it survives a reload, can be searched and saved, and is quick with 500 calls.

import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { violationsIn } from './axe.ts';
import { caller, Fake } from './fake.ts';
import { expect, test } from './fixture.ts';

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'History' });

async function openHistory(page: Page): Promise<Locator> {
  await page.locator('valet-departures').getByRole('button', { name: 'History' }).click();
  await expect(dialog(page)).toBeVisible();
  return dialog(page);
}

const anna = {
  ...{ slot: 6, caller: caller('Anna Petrova'), mine: true, waitedMs: 72_000 },
  reason: 'bridged',
  ...{ parkedBy: '34414', takenBy: '32494', forWhom: 'Keller', note: 'asks for an offer' },
} as const;

test('the history shows all that is known of a call, and survives a reload', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.departed(anna);
  for (const isReloaded of [false, true]) {
    if (isReloaded) await page.reload();
    const history = await openHistory(page);
    await expect(history.getByRole('heading', { level: 3 })).toContainText(
      '1 call, average wait 1:12, 0% returned',
    );
    const row = history.getByRole('listitem');
    for (const text of ['6', 'Anna Petrova', '+7 495 123-45-67', 'Connected by Sales', '1:12']) {
      await expect(row).toContainText(text);
    }
    for (const text of ['Parked by Reception', 'For Keller', 'asks for an offer']) {
      await expect(row).toContainText(text);
    }
    expect(await violationsIn(page)).toEqual([]);
  }
});

test('a search and a reason narrow the list, and the file contains what is found', async ({
  page,
}) => {
  const fake = await Fake.open(page);
  await fake.departed(
    anna,
    { slot: 2, reason: 'returned', caller: caller('=1+1', '+1 202 555 0123'), waitedMs: 180_000 },
    { slot: 3, reason: 'abandoned', caller: caller('Jörg Weiß'), waitedMs: 5_000 },
  );
  const history = await openHistory(page);
  const rows = history.getByRole('listitem');
  await expect(rows).toHaveCount(3);
  await history.getByRole('searchbox').fill('sales offer');
  await expect(rows).toHaveCount(1);
  await expect(history.getByRole('status')).toHaveText('1 call found');
  await history.getByRole('searchbox').fill('');
  await history.getByRole('combobox', { name: 'Reason' }).selectOption('Returned');
  await expect(rows).toHaveCount(1);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    history.getByRole('button', { name: 'Save as CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^valet-park-history-\d{4}-\d\d-\d\d\.csv$/);
  const lines = readFileSync(await file.path(), 'utf8').split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain(`,2,"'=1+1","'+1 202 555 0123","Returned",180,`);
});

test('the history can be cleared, in all tabs', async ({ page, context }) => {
  const fake = await Fake.open(page);
  await fake.departed(anna);
  const second = await context.newPage();
  await Fake.open(second);
  const other = await openHistory(second);
  await expect(other.getByRole('listitem')).toHaveCount(1);
  await page.clock.runFor(10);
  const history = await openHistory(page);
  await history.getByRole('button', { name: 'Clear history' }).click();
  await expect(history.getByRole('listitem')).toHaveCount(1);
  await history.getByRole('button', { name: 'Clear it? Press again' }).click();
  await expect(history.getByText('No calls have left yet')).toBeVisible();
  await expect(other.getByRole('listitem')).toHaveCount(0);
  await page.reload();
  await expect((await openHistory(page)).getByRole('listitem')).toHaveCount(0);
});

test('a browser without storage keeps the history until the page is closed', async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  const fake = await Fake.open(page);
  await fake.departed(anna);
  await expect((await openHistory(page)).getByRole('listitem')).toHaveCount(1);
});

test('stored texts that make no sense are ignored', async ({ page }) => {
  test.slow();
  const odd = ['{', 'null', '[]', '{"version":9}', '{"version":1,"departures":[null,{"slot":-1}]}'];
  for (const text of odd) {
    await page.addInitScript((text) => localStorage.setItem('valet-park history', text), text);
    await Fake.open(page);
    await expect((await openHistory(page)).getByText('No calls have left yet')).toBeVisible();
  }
});

test('500 calls are shown and searched without a long task', async ({ page }) => {
  await Fake.open(page);
  await page.evaluate(() => {
    const many = Array.from({ length: 500 }, (_, at) => ({
      ...{ slot: (at % 9) + 1, uuid: `call-${at}`, waitedMs: 1_000, at: -at * 600_000 },
      caller: { name: `Caller ${at}`, number: '+7 812 555', extension: null },
    }));
    window.control.departed(...many);
  });
  const history = await openHistory(page);
  await expect(history.getByRole('listitem')).toHaveCount(500);
  await history.getByRole('searchbox').fill('caller 49');
  await expect(history.getByRole('listitem')).toHaveCount(15);
});

test('the journal of the server is the history of its panel', async ({ panel, pbx }) => {
  const { page } = panel;
  const call = await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  pbx.exchange.ask({ extension: '34414', call, action: 'park', slot: 6 });
  await expect(panel.slot(6)).toHaveAccessibleName(/Anna Petrova/);
  pbx.exchange.hangup(call);
  await expect(panel.slot(6)).toHaveAccessibleName('Slot 6, free');
  const history = await openHistory(page);
  await expect(history.getByRole('listitem')).toContainText('Hung up');
  await expect(history.getByText('The server keeps these calls.')).toBeVisible();
  // The server can remove a person from its journal. So the browser keeps no copy.
  const kept = await page.evaluate(() => Object.keys(localStorage).join());
  expect(kept).not.toContain('history');
});
