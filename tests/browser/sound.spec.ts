// Sounds: their kind, volume and device, and the alert about a call that waits for the person here.

import type { Page } from '@playwright/test';
import { isForMe } from '../../www/element/for-me.ts';
import { recordAlerts, takeAlerts } from './alert-recorder.ts';
import { Fake, held } from './fake.ts';
import { expect, test } from './fixture.ts';

/** Returns the sounds since the last call. */
async function takeTones(page: Page): Promise<string[]> {
  return (await takeAlerts(page)).filter((each) => each.startsWith('tone'));
}

const rising = ['tone 587', 'tone 740', 'tone 880'];

test('a call that a colleague parks for me is heard and said once', async ({ page }) => {
  await recordAlerts(page);
  const fake = await Fake.open(page, { extension: '34414' });
  await page.locator('valet-lot').click({ position: { x: 5, y: 5 } });
  // A call that already waits when the panel is opened is no news.
  await fake.show({ slots: [held(2, 'Boris', { parkedBy: '32494', forWhom: 'Bo' })] });
  await takeAlerts(page);
  await fake.show({ slots: [held(6, 'Anna', { parkedBy: '32494' })] });
  expect(await takeTones(page)).toEqual([]);
  // The colleague writes the name after the call was parked.
  const forUs = held(6, 'Anna', { parkedBy: '32494', forWhom: 'reception' });
  await fake.show({ slots: [forUs] });
  await expect.poll(() => takeTones(page)).toEqual(rising);
  await expect(fake.status).toContainText('Slot 6: Anna');
  await expect(fake.status).toContainText('is waiting for you');
  await fake.show({ slots: [forUs] });
  await fake.show({ slots: [held(7, 'Carl', { mine: true, forWhom: 'Reception' })] });
  expect(await takeTones(page)).toEqual([]);
});

test('a call is for me if the words after "for" are in one of my names', () => {
  const names = ['Reception', 'Anna-Maria Petrova', ''];
  const view = { ...held(1, 'x'), uuid: 'u', mine: false, forWhom: null } as Parameters<
    typeof isForMe
  >[0];
  const cases: Readonly<Record<string, boolean>> = {
    reception: true,
    ' RECEPTION! ': true,
    Anna: true,
    'Petrova, Anna': true,
    Ann: false,
    'Anna Keller': false,
    'Reception 2': false,
    '…': false,
  };
  for (const [forWhom, isMine] of Object.entries(cases)) {
    expect(isForMe({ ...view, forWhom }, names), forWhom).toBe(isMine);
  }
  expect(isForMe(view, names)).toBe(false);
  expect(isForMe({ ...view, forWhom: 'Reception', mine: true }, names)).toBe(false);
});

test('each sound can be tested, in the chosen kind and volume', async ({ page }) => {
  await recordAlerts(page);
  await page.addInitScript(() => {
    const set = AudioParam.prototype.setValueAtTime;
    AudioParam.prototype.setValueAtTime = function (this: AudioParam, value: number, at: number) {
      window.recordedAlerts.push(`volume ${value.toFixed(3)}`);
      return set.call(this, value, at);
    };
  });
  await Fake.open(page);
  await page.locator('valet-menu button').click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog');
  for (const [name, tones] of [
    ['About to return', ['tone 880', 'tone 880']],
    ['Returned', ['tone 880', 'tone 587']],
    ['For me', rising],
  ] as const) {
    await dialog.getByRole('button', { name }).click();
    await expect.poll(() => takeTones(page)).toEqual(tones);
  }
  await dialog.getByLabel('Kind of sound').selectOption('Chime');
  await dialog.getByLabel('Volume').fill('10');
  await dialog.getByRole('button', { name: 'Returned' }).click();
  await expect.poll(() => takeAlerts(page)).toContain('volume 0.300');
});

test('the chosen device plays the sounds, and a missing device is no error', async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { sinks: [] });
    const devices = [
      { kind: 'audiooutput', deviceId: 'default', label: 'Default' },
      { kind: 'audiooutput', deviceId: 'desk', label: 'Desk speaker' },
      { kind: 'audioinput', deviceId: 'mic', label: 'Microphone' },
    ];
    navigator.mediaDevices.enumerateDevices = () => Promise.resolve(devices as MediaDeviceInfo[]);
    Object.assign(AudioContext.prototype, {
      setSinkId(id: string) {
        (window as unknown as { sinks: string[] }).sinks.push(id);
        return Promise.reject(new DOMException('gone', 'NotFoundError'));
      },
    });
  });
  await Fake.open(page);
  await page.locator('valet-menu button').click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog');
  const output = dialog.getByLabel('Output');
  await expect(output.getByRole('option')).toHaveText(['Default device', 'Desk speaker']);
  await output.selectOption('Desk speaker');
  await dialog.getByRole('button', { name: 'For me' }).click();
  const sinks = () => page.evaluate(() => (window as unknown as { sinks: string[] }).sinks);
  await expect.poll(sinks).toEqual(['desk']);
});

test('a press anywhere on a page of the panel unlocks sound', async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { contexts: 0 });
    const Original = AudioContext;
    Object.assign(window, {
      AudioContext: class extends Original {
        constructor() {
          super();
          (window as unknown as { contexts: number }).contexts += 1;
        }
      },
    });
  });
  const contexts = () => page.evaluate(() => (window as unknown as { contexts: number }).contexts);
  await Fake.open(page);
  await page.getByRole('heading', { name: 'Softphone' }).click();
  expect(await contexts()).toBe(0);
  await Fake.open(page, { 'owns-page': '' });
  await page.getByRole('heading', { name: 'Softphone' }).click();
  await expect.poll(contexts).toBe(1);
});
