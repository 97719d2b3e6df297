import { expect, test } from './fixture.ts';

test('the worked example of the specification, from ringing to bridged', async ({ panel, pbx }) => {
  const { page } = panel;
  await expect(panel.slot(6)).toHaveAccessibleName('Slot 6, free');

  await panel.ring('Anna Petrova', '+7 495 123-45-67');
  await expect(panel.call('Anna Petrova, +7 495 123-45-67, Ringing')).toBeChecked();
  await panel.answer('Anna Petrova');
  await expect(panel.call(/Talking$/)).toBeChecked();
  const [first] = pbx.exchange.calls();

  await panel.button('Park here, slot 6').click();
  await expect(panel.status).toHaveText('Parked in slot 6');
  await expect(panel.slot(6)).toHaveAccessibleName(
    'Slot 6, Anna Petrova, +7 495 123-45-67, parked by you, returns in 3 minutes',
  );
  await expect(panel.slot(6)).toContainText('Yours');
  await expect(panel.slot(6).getByRole('timer')).toHaveText(/^\s*(3:00|2:5\d)\s*$/);
  await expect(panel.call(/./)).toHaveCount(0);
  expect(panel.commands()).toEqual(['{"action":"park","slot":"6"}']);
  expect(panel.requests.find(({ body }) => body.includes('park'))).toEqual({
    extension: '34414',
    call: first?.call,
    body: '{"action":"park","slot":"6"}',
  });

  await panel.talk('Jörg Weiß', '+49 30 23125 014');
  const second = pbx.exchange.calls().find(({ name }) => name === 'Jörg Weiß');

  await panel.refresh();
  await expect(panel.status).toHaveText('8 slots are free');
  await expect(panel.slot(5)).toHaveAccessibleName('Slot 5, free');
  expect(panel.requests.map(({ body }) => body)).toContain('{"action":"slots"}');

  const before = panel.requests.length;
  await panel.slot(6).focus();
  await page.keyboard.press('c');
  await expect(panel.status).toHaveText('Slot 6: Anna Petrova, +7 495 123-45-67 is waiting');
  expect(panel.requests.slice(before)).toContainEqual({
    extension: '34414',
    call: second?.call,
    body: '{"action":"slots","slot":"6"}',
  });
  const log = page.locator('valet-request-log').getByRole('listitem');
  const uuid = first?.call.replace(/^\d+-/, '');
  const check = log.filter({ hasText: '{"action":"slots","slot":"6"}' }).first();
  await expect(check).toContainText(`PUT /api/ver1.0/extension/34414/valet_park/${second?.call}`);
  await expect(check.getByRole('group', { name: 'Answer' })).toContainText(
    `{"slot":"6","UUID":"${uuid}"}`,
  );

  await panel.button(/^Send to .*Anna Petrova, slot 6$/).click();
  await expect(panel.slot(6)).toHaveAccessibleName('Slot 6, free');
  const departures = page.locator('valet-departures').getByRole('listitem');
  await expect(departures).toContainText([
    /Slot 6: Reception sent Anna Petrova to .*\s+·\s+Parked by Reception/,
  ]);
  await expect(panel.call(/^Jörg Weiß.*Connected with Anna Petrova$/)).toBeVisible();
  expect(panel.commands()).toEqual([
    '{"action":"park","slot":"6"}',
    '{"action":"bridge","slot":"6"}',
  ]);
  expect(pbx.exchange.calls().map(({ name, state }) => [name, state])).toEqual([
    ['Anna Petrova', 'bridged'],
    ['Jörg Weiß', 'talking'],
  ]);
});

test('parks in any slot', async ({ panel }) => {
  await panel.talk('Marie Dubois', '+33 1 99 00 12 34');
  await panel.button(/^Park$/).click();
  await expect(panel.status).toHaveText('Parked in slot 1');
  await expect(panel.slot(1)).toHaveAccessibleName(/^Slot 1, Marie Dubois, .* parked by you/);
  expect(panel.commands()).toEqual(['{"action":"park"}']);
});

test('a call returns to the extension that parked it after its waiting time', async ({ panel }) => {
  await panel.talk('John Carter', '+44 20 7946 0123');
  await panel.button('Park here, slot 3').click();
  await expect(panel.slot(3)).toHaveAccessibleName(/^Slot 3, John Carter/);

  // A panel that has just opened does not speak of calls that are back.
  await panel.advance(2_000);
  await panel.button('3 minutes').click();
  await expect(panel.alert).toContainText('John Carter is back from slot 3, waited ');
  await expect(panel.page.locator('valet-departures')).toContainText(
    'Slot 3: John Carter returned to Reception',
  );
  await expect(panel.call(/^John Carter.*Ringing$/)).toBeChecked();
  await expect(panel.slot(3)).not.toContainText('John Carter');

  await panel.answer('John Carter');
  await expect(panel.call(/^John Carter.*Talking$/)).toBeChecked();
});

for (const width of [1280, 1100, 380]) {
  test(`no event moves the board, ${width} px wide`, async ({ panel, pbx }) => {
    const { page } = panel;
    await page.setViewportSize({ width, height: 900 });
    const top = (): Promise<number> =>
      panel.board.evaluate((board) => board.getBoundingClientRect().top + scrollY);
    const place = await top();
    for (let n = 1; n <= 6; n += 1) {
      await panel.connect(pbx, 'long '.repeat(50), '+1 202 555 0123');
    }
    await expect(panel.call(/Talking$/)).toHaveCount(6);
    expect(await top()).toBe(place);

    await panel.button('Park here, slot 1').click();
    await expect(panel.status).toHaveText('Parked in slot 1');
    expect(await top()).toBe(place);

    // A refusal with status 200, because the browser writes other statuses to the console.
    const body = '{"message":"slot already have parked member, slot is full"}';
    await page.route('**/valet_park/**', (route) => route.fulfill({ status: 200, body }));
    await panel.advance();
    await panel.button('Park here, slot 2').click();
    await expect(panel.alert).toContainText('Slot 2 is already taken');
    expect(await top()).toBe(place);
  });
}

test('a countdown ends with "Returning…" until the switch reports the return', async ({
  panel,
  pbx,
}) => {
  await panel.connect(pbx, 'Marie Dubois', '+33 1 99 00 12 34');
  await panel.button('Park here, slot 4').click();
  await expect(panel.status).toHaveText('Parked in slot 4');
  const timer = panel.slot(4).getByRole('timer');
  await panel.page.route('**/feed?**', () => {});
  await panel.advance(120_000);
  await expect(timer).toHaveText(/^\s*(1:00|0:5\d)\s*$/);
  await panel.advance(61_000);
  await expect(timer).toHaveText('Returning…');
  await panel.advance(3_600_000);
  await expect(timer).toHaveText('Returning…');
});

test('a caller who hangs up leaves the slot', async ({ panel }) => {
  await panel.talk('Anna Petrova', '+7 495 123-45-67');
  await panel.button('Park here, slot 2').click();
  await expect(panel.slot(2)).toHaveAccessibleName(/^Slot 2, Anna Petrova/);
  await panel.talk('Jörg Weiß', '+49 30 23125 014');
  await panel.button(/^Caller hangs up: Anna Petrova/).click();
  await panel.button('Check slot 2').click();
  await expect(panel.slot(2)).toHaveAccessibleName('Slot 2, free');
  await expect(panel.page.locator('valet-departures')).toContainText('Slot 2: Anna Petrova');
});
