// The example of a softphone with SIP.js and with JsSIP: parking, picking up, sending on, and the
// return, each with a reload in the middle. The other ends are real WebRTC connections.

import type { RunningSwitch } from 'valet-park/server';
import { chromiumLaunch } from '../../scripts/setup/chromium.mjs';
import { test } from './fixture.ts';
import { expect, followPark, libraries, Softphone, steps } from './softphone.ts';
import { telephone, timePickUp } from './softphone.ts';

const launch = chromiumLaunch();
test.use({ launchOptions: { ...launch, args: [...launch.args, ...telephone] } });

test.setTimeout(300_000);

const anna = '+79161112233';
const colleague = '205';

/** Answers a call of Anna and parks it. Returns the name of the call. */
async function parkAnna(phone: Softphone, pbx: RunningSwitch): Promise<string> {
  const { call } = pbx.exchange.ring('34414', anna, 'Anna');
  await phone.button('Answer').click();
  await phone.button('Park').click();
  await expect(phone.state).toHaveText('The call waits in slot 1');
  return call;
}

for (const library of libraries) {
  test.describe(library, () => {
    test('a colleague picks up the parked call', async ({ context, pbx }) => {
      const phone = await Softphone.open(context, pbx, library);
      const { call } = pbx.exchange.ring('34414', anna, 'Anna');
      await expect(phone.line(1)).toContainText('Anna is calling');
      await phone.button('Answer').click();
      await expect(phone.line(1)).toContainText('Talking with Anna');
      await phone.hears(anna);
      await phone.button('Park').click();
      await expect(phone.line(1)).toContainText('Free');
      await expect(phone.state).toHaveText('The call waits in slot 1');
      await phone.hears(null);

      await phone.reload();
      await expect(phone.button('Pick up 1: Anna')).toBeVisible();
      await expect(phone.page.getByRole('gridcell', { name: /Anna.*parked by you/ })).toBeVisible();

      const sales = await Softphone.open(context, pbx, library, '32494');
      await sales.button('Pick up 1: Anna').click();
      await expect(sales.line(1)).toContainText('Talking with Anna');
      await sales.hears(anna);
      expect(pbx.exchange.calls()).toContainEqual(
        expect.objectContaining({ call, state: 'bridged' }),
      );
      await expect(phone.button('Pick up 1: Anna')).toBeHidden();

      // The call that was picked up is a call like any other.
      await sales.button('Park').click();
      await expect(sales.line(1)).toContainText('Free');
      await expect(sales.button('Pick up 1: Anna')).toBeVisible();
    });

    test('the dialog ends before the answer to the park', async ({ context, pbx }) => {
      const phone = await Softphone.open(context, pbx, library);
      pbx.exchange.ring('34414', anna, 'Anna');
      await phone.button('Answer').click();
      await expect(phone.button('Park')).toBeEnabled();
      const order = phone.page.evaluate(followPark);
      await phone.button('Park').click();
      expect(await order).toEqual(['BYE', 'parked', 'resolved']);
    });

    test('a press on "Pick up" needs no press on "Answer"', async ({ context, pbx }) => {
      const phone = await Softphone.open(context, pbx, library);
      const { call } = pbx.exchange.answer(pbx.exchange.ring('32494', anna, 'Anna').call);
      pbx.exchange.ask({ extension: '32494', call, action: 'park', slot: 1 });
      await phone.line(1).click(); // The browser permits sound only in a page that was used.
      const timed = phone.page.evaluate(timePickUp);
      await phone.button('Pick up 1: Anna').click();
      const times = await timed;
      const texts = steps.map((step) => `${step} ${times[step]}`);
      console.log(`      after the press, in ms: ${texts.join(', ')}`);
      expect(Object.keys(times).sort()).toEqual([...steps].sort());
      await phone.hears(anna);
    });

    test('a call that only looks like a pick-up rings', async ({ context, pbx }) => {
      const phone = await Softphone.open(context, pbx, library);
      const { call } = pbx.exchange.ring('34414', anna, 'Pick up 1: Anna');
      await expect(phone.line(1)).toContainText('Pick up 1: Anna is calling');
      await expect(phone.button('Answer')).toBeVisible();
      await phone.button('Hang up').click();
      await expect(phone.line(1)).toContainText('Free');
      await expect.poll(() => pbx.exchange.calls().map((one) => one.call)).not.toContain(call);
    });

    test('the caller is sent to a colleague', async ({ context, pbx }) => {
      const phone = await Softphone.open(context, pbx, library);
      const call = await parkAnna(phone, pbx);

      await phone.reload();
      await phone.dial(colleague);
      await expect(phone.line(1)).toContainText(`Calling ${colleague}`);
      await expect(phone.button('Connect with 1: Anna')).toBeHidden();
      const own = () => pbx.exchange.calls().find(({ number }) => number === colleague);
      await expect.poll(own).toMatchObject({ state: 'ringing', direction: 'out' });
      pbx.exchange.answer(own()?.call ?? '');
      await expect(phone.line(1)).toContainText(`Talking with ${colleague}`);
      await phone.hears(colleague);
      await phone.button('Connect with 1: Anna').click();
      await expect(phone.line(1)).toContainText('Free');
      await expect(phone.state).toHaveText('Connected with slot 1');
      await phone.hears(null);
      expect(pbx.exchange.calls()).toContainEqual(
        expect.objectContaining({ call, state: 'bridged' }),
      );
    });

    test('the parked call returns', async ({ context, pbx }) => {
      const phone = await Softphone.open(context, pbx, library);
      const call = await parkAnna(phone, pbx);

      await phone.reload();
      pbx.forward(180_000);
      await expect(phone.line(1)).toContainText('Anna is calling');
      await phone.button('Answer').click();
      await phone.hears(anna);
      pbx.exchange.hangup(call);
      await expect(phone.line(1)).toContainText('Free');
      await phone.hears(null);
    });

    test('a second line waits while the person talks on the first', async ({ context, pbx }) => {
      const phone = await Softphone.open(context, pbx, library);
      pbx.exchange.ring('34414', anna, 'Anna');
      await phone.button('Answer').click();
      await phone.hears(anna);
      pbx.exchange.ring('34414', '+493012345', 'Jörg');
      await phone.button('Answer', phone.line(2)).click();
      await expect(phone.line(1)).toContainText('Anna waits');
      await phone.hears('+493012345');
      await phone.button('Park', phone.line(1)).click();
      await expect(phone.button('Connect with 1: Anna')).toBeVisible();
      await phone.hears('+493012345');
      await phone.button('Connect with 1: Anna').click();
      await expect(phone.line(2)).toContainText('Free');
      const states = pbx.exchange.calls().map(({ name, state }) => [name, state]);
      expect(states).toEqual([
        ['Anna', 'bridged'],
        ['Jörg', 'talking'],
      ]);
    });
  });
}
