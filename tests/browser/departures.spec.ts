// The list of recent departures: who has the caller now.

import { caller, Fake, held } from './fake.ts';
import { expect, test } from './fixture.ts';

test('a call that this panel sent names the sender and the person who has the caller now', async ({
  page,
}) => {
  const fake = await Fake.open(page);
  await fake.show({
    slots: [held(2, 'Anna Petrova', { mine: true }), held(6, 'Jörg Weiß', { mine: true })],
    calls: [{ caller: caller('Marie Duval') }],
  });
  await page.clock.runFor(1_000);
  await fake.tile(2).locator('.second').click();
  await expect.poll(() => fake.commands()).toEqual(['bridge call-1 2']);
  const bridged = { reason: 'bridged', takenBy: '34414' } as const;
  await fake.departed(
    { slot: 2, uuid: 'uuid-in-2', caller: caller('Anna Petrova'), ...bridged },
    { slot: 6, uuid: 'uuid-in-6', caller: caller('Jörg Weiß'), ...bridged },
  );
  const list = page.locator('valet-departures');
  await expect(list).toContainText('Slot 2: Reception sent Anna Petrova to Marie Duval');
  await expect(list).toContainText('Slot 6: Jörg Weiß was connected by Reception');
  await page.locator('valet-departures').getByRole('button', { name: 'History' }).click();
  await page.clock.runFor(1_000);
  await expect(page.getByRole('dialog')).toContainText('Sent to Marie Duval by Reception');
});
