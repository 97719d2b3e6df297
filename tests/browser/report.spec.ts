// "Save a report": a file for the developers, from the settings or from an alert about a bug.

import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { Fake } from './fake.ts';
import { chooseFromMenu, expect, test } from './fixture.ts';

/** Presses the button and returns the name and the content of the downloaded file. */
async function saveReport(page: Page, button: string): Promise<readonly [string, unknown]> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  const content: unknown = JSON.parse(readFileSync(await download.path(), 'utf8'));
  return [download.suggestedFilename(), content];
}

const recording = { version: '0.0.0', entries: [{ at: 1, what: 'tick' }] };

test('the settings save a report, and say that it contains no personal data', async ({ page }) => {
  const fake = await Fake.open(page);
  await page.clock.setFixedTime(new Date(2026, 10, 7, 12));
  await chooseFromMenu(page, 'Settings');
  await expect(page.getByRole('dialog')).toContainText(
    'no names, phone numbers, notes or passwords',
  );
  expect(await saveReport(page, 'Save a report')).toEqual([
    'valet-park-report-2026-11-07.json',
    recording,
  ]);
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(fake.status).toHaveText('Report saved: valet-park-report-2026-11-07.json');
});

test('the report can be saved in Russian, too', async ({ page }) => {
  const fake = await Fake.open(page, { lang: 'ru' });
  await chooseFromMenu(page, 'Настройки');
  await expect(page.getByRole('dialog')).toContainText('нет имён, телефонных номеров');
  const [name] = await saveReport(page, 'Сохранить отчёт');
  await expect(fake.status).toHaveText(`Отчёт сохранён: ${name}`);
});

test('an alert about a bug offers to save a report, and other alerts do not', async ({ page }) => {
  const fake = await Fake.open(page);
  const button = page.getByRole('button', { name: 'Save a report' });
  await fake.trouble('unauthorized', 'refusal');
  await expect(fake.alert).toHaveText('The switch does not accept this token');
  await expect(button).toBeHidden();

  await fake.trouble('lost', 'bug');
  await expect(fake.alert).toHaveText('The panel lost its data and is loading it again');
  expect((await saveReport(page, 'Save a report'))[1]).toEqual(recording);
  await expect(fake.alert).toHaveText('');
  await expect(fake.status).toContainText('Report saved');
  await expect(button).toBeHidden();
});

test('without a client there is no report to save', async ({ page }) => {
  await Fake.open(page);
  await page.evaluate(() => (window.lot.park = null));
  await chooseFromMenu(page, 'Settings');
  await expect(page.getByRole('button', { name: 'Save a report' })).toBeDisabled();
});

test('the report of a real client contains no personal data', async ({ panel, pbx }) => {
  await panel.connect(pbx, 'Anna Petrova', '+7 495 123-45-67');
  await panel.button('Park here, slot 6').click();
  await expect(panel.slot(6)).toHaveAccessibleName(/Anna Petrova/);
  await panel.menu('Settings');
  const [, content] = await saveReport(panel.page, 'Save a report');
  expect(content).toEqual({ version: expect.any(String), entries: expect.any(Array) });
  const { entries } = content as { entries: unknown[] };
  expect(entries.length).toBeGreaterThan(3);
  const text = JSON.stringify(content);
  for (const secret of ['Anna', 'Petrova', '+7 495', '74951234567', '123-45-67', pbx.token]) {
    expect(text).not.toContain(secret);
  }
});
