// A panel for several extensions: each call and each parked call of ours shows its extension.

import { violationsIn } from './axe.ts';
import { Fake, caller, held } from './fake.ts';
import { expect, Panel, test } from './fixture.ts';

const number = '+7 495 123-45-67';

/** Shows a call of each extension, and parked calls of both and of another extension. */
async function showBoth(fake: Fake): Promise<void> {
  await fake.show({
    slots: [
      held(1, 'Anna', { mine: true, parkedBy: '34414' }),
      held(2, 'Boris', { mine: true, parkedBy: '32494' }),
      held(3, 'Carla', { mine: true, parkedBy: null }),
      held(4, 'David', { parkedBy: '555' }),
    ],
    calls: [
      { caller: caller('Emma'), extension: '34414' },
      { caller: caller('Franz'), extension: '32494', state: 'ringing' },
    ],
  });
}

test('calls and tiles show their extension', async ({ page }) => {
  const fake = await Fake.open(page, { extension: '34414, 32494' });
  await showBoth(fake);
  await expect(page.locator('valet-calls .state')).toHaveText([
    /^Talking ·\sReception$/,
    /^Ringing ·\sSales$/,
    /^Parked in slot 1 ·\sReception$/,
    /^Parked in slot 2 ·\sSales$/,
    /^Parked in slot 3$/,
  ]);
  for (const [slot, owner] of [
    [1, '★ Yours: Reception'],
    [2, '★ Yours: Sales'],
    [3, '★ Yours'],
    [4, 'Parked by مبيعات'],
  ] as const) {
    await expect(fake.tile(slot).locator('.mine, .owner')).toHaveText(owner);
  }
});

test('screen readers get the extension of calls and tiles', async ({ page }) => {
  const fake = await Fake.open(page, { extension: '34414 32494' });
  await showBoth(fake);
  await expect(page.getByRole('radio').first()).toHaveAccessibleName(
    `Emma, ${number}, Talking, extension Reception`,
  );
  await expect(fake.tile(2)).toHaveAccessibleName(
    `Slot 2, Boris, ${number}, parked by you, extension Sales, returns in 2 minutes`,
  );
  await expect(fake.tile(3)).toHaveAccessibleName(
    `Slot 3, Carla, ${number}, parked by you, returns in 2 minutes`,
  );
  await page.getByRole('button', { name: 'Details of slot 1' }).click();
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveText([
    `Emma, ${number}, extension Reception`,
    `Franz, ${number}, extension Sales`,
  ]);
});

test('the extension is shown in Russian', async ({ page }) => {
  const fake = await Fake.open(page, { extension: '34414,32494', lang: 'ru' });
  await showBoth(fake);
  await expect(fake.tile(2).locator('.mine')).toHaveText('★ Ваш: Sales');
  await expect(fake.tile(2)).toHaveAccessibleName(
    `Слот 2, Boris, ${number}, поставлен вами, внутренний номер Sales, возврат через 2 минуты`,
  );
  await expect(page.getByRole('radio').first()).toHaveAccessibleName(
    `Emma, ${number}, Разговор, внутренний номер Reception`,
  );
});

test('a call that returns names the extension to which it has returned', async ({ page }) => {
  const fake = await Fake.open(page, { extension: '34414 32494' });
  await fake.show({
    departures: [
      { slot: 1, caller: caller('Anna'), reason: 'returned', mine: true, parkedBy: '32494' },
      { slot: 2, caller: caller('Boris'), reason: 'returned', mine: true },
    ],
  });
  await expect(page.locator('valet-departures li > span')).toHaveText([
    'Slot 1: Anna returned to Sales',
    'Slot 2: Boris returned to you',
  ]);
});

test('with one extension no call names it', async ({ page }) => {
  const fake = await Fake.open(page, { extension: '34414' });
  await fake.show({
    slots: [held(1, 'Anna', { mine: true, parkedBy: '34414' })],
    calls: [{ caller: caller('Emma') }],
  });
  await expect(page.locator('valet-calls .state').first()).toHaveText(`Talking · ${number}`);
  await expect(fake.tile(1).locator('.mine')).toHaveText('★ Yours');
  await expect(fake.tile(1)).toHaveAccessibleName(/parked by you, returns in 2 minutes$/);
});

test('without the attribute, several extensions are known from the calls', async ({ page }) => {
  const fake = await Fake.open(page);
  await fake.show({ calls: [{ caller: caller('Emma') }] });
  await expect(page.locator('valet-calls .state')).toHaveText(`Talking · ${number}`);
  await showBoth(fake);
  await expect(page.locator('valet-calls .state').first()).toHaveText('Talking · Reception');
  await fake.show({ calls: [{ caller: caller('Emma') }], slots: [{ slot: 2, state: 'free' }] });
  await expect(page.locator('valet-calls .state').first()).toHaveText('Talking · Reception');
});

for (const lang of ['en', 'ru'] as const) {
  test(`several extensions, ${lang}: axe finds no violation`, async ({ page }) => {
    const fake = await Fake.open(page, { extension: '34414 32494', lang });
    await showBoth(fake);
    expect(await violationsIn(page)).toEqual([]);
  });
}

test('a panel of the switch serves two extensions, each with its own requests', async ({
  page,
  pbx,
}) => {
  const panel = await new Panel(page).open('341,200');
  const talk = async (extension: string, name: string, caller: string): Promise<string> => {
    const { call } = pbx.exchange.ring(extension, caller, name);
    pbx.exchange.answer(call);
    await expect(panel.call(new RegExp(`^${name}.*Talking`))).toBeVisible();
    await panel.advance();
    return call;
  };
  const first = await talk('34414', 'Anna Petrova', number);
  await expect(panel.call(/^Anna/)).toHaveAccessibleName(
    `Anna Petrova, ${number}, Talking, extension Reception`,
  );
  await panel.button('Park here, slot 3').click();
  await expect(panel.slot(3)).toHaveAccessibleName(
    `Slot 3, Anna Petrova, ${number}, parked by you, extension Reception, returns in 3 minutes`,
  );
  const second = await talk('32494', 'Jörg Weiß', '+49 30 23125 014');
  await expect(panel.call(/^Jörg/)).toHaveAccessibleName(/Talking, extension Sales$/);
  await panel.button('Park here, slot 5').click();
  await expect(panel.slot(5)).toContainText('Yours: Sales');

  const commands = panel.requests.filter(({ body }) => body.includes('park"'));
  expect(commands.map(({ extension, call }) => [extension, call])).toEqual([
    ['34414', first],
    ['32494', second],
  ]);
  expect(pbx.exchange.calls().map(({ state, slot }) => [state, slot])).toEqual([
    ['parked', 3],
    ['parked', 5],
  ]);

  // Each call returns to the extension that parked it.
  pbx.exchange.forward(180_000);
  await expect(page.locator('valet-departures li > span')).toHaveText([
    /Slot 5: Jörg Weiß returned to Sales/,
    /Slot 3: Anna Petrova returned to Reception/,
  ]);
});

test('test calls ring either extension', async ({ page }) => {
  const panel = await new Panel(page).open('341,200');
  await panel.button('Ring 200').click();
  await expect(panel.call(/Ringing, extension Sales$/)).toBeVisible();
  await panel.button('Ring 341').click();
  await expect(panel.call(/Ringing, extension Reception$/)).toBeVisible();
});
