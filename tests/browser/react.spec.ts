// The hooks in React: which components render again; and rendering on a server.

import { build } from 'esbuild';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { useCountdown, useLot, useSlot } from 'valet-park/react';
import { expect, test } from './fixture.ts';

declare global {
  interface Window {
    renders: Record<string, number>;
  }
}

const html = `<!doctype html><meta charset="utf-8"><title>React</title>
<link rel="icon" href="data:,"><main></main><script type="module" src="/app/app.js"></script>`;

test('a slot renders again only when it changes, and a countdown only its digits', async ({
  page,
  pbx,
}) => {
  const { outputFiles } = await build({
    entryPoints: ['tests/browser/react.page.tsx'],
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'beside',
        setup: (build) =>
          build.onResolve({ filter: /^valet-park$/ }, () => ({
            path: '/index.js',
            external: true,
          })),
      },
    ],
  });
  await page.clock.install();
  await page.route('**/app/*', (route) =>
    route.request().url().endsWith('.js')
      ? route.fulfill({ contentType: 'text/javascript', body: outputFiles[0]?.text ?? '' })
      : route.fulfill({ contentType: 'text/html', body: html }),
  );
  await page.goto(`/app/?token=${pbx.token}`);
  const [five, six] = [page.getByRole('listitem').first(), page.getByRole('listitem').last()];
  await expect(five).toContainText('5: free');
  pbx.exchange.answer(pbx.exchange.ring('34414', '+7 495 123-45-67', 'Anna Petrova').call);
  const renders = (): Promise<Record<string, number>> =>
    page.evaluate(() => ({ ...window.renders }));
  const before = await renders();
  await page.getByRole('button', { name: 'Park' }).click();
  await expect(six).toContainText('6: held Anna Petrova');
  await expect(page.getByRole('status')).toHaveText('idle');
  const parked = await renders();
  expect(parked['slot 5']).toBe(before['slot 5']);
  expect(parked['slot 6']).toBeGreaterThan(before['slot 6'] ?? 0);

  await expect(six.getByRole('timer')).toHaveText(/^(3:00|2:5\d)$/);
  for (let second = 0; second < 3; second += 1) await page.clock.fastForward(1_000);
  const later = await renders();
  expect(later['slot 6']).toBe(parked['slot 6']);
  expect(later['left 5']).toBe(parked['left 5']);
  expect(later['left 6']).toBeGreaterThan(parked['left 6'] ?? 0);

  // A command that fails sets `error` and does not reject.
  await page.getByRole('button', { name: 'Park' }).click();
  await expect(page.getByRole('status')).toHaveText(/^(idle|already-parked)$/);
});

test('a server renders a lot without data', () => {
  const Lot = (): string =>
    [useLot(null).sync.state, useSlot(null, 6), useCountdown(null, 6)].map(String).join(' ');
  expect(renderToString(createElement(Lot))).toBe('idle null null');
});
