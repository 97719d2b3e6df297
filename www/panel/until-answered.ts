import type { Page } from './page.ts';
import { retryMs, wait } from './pairing.ts';

/**
 * Repeats a request until the server answers, so that a restart of the server does not end the panel.
 * Meanwhile the page shows the text `key` with the reason.
 */
export async function untilAnswered<Answer>(
  page: Page,
  key: 'pair.failed' | 'page.noSwitch',
  ask: () => Promise<Answer>,
): Promise<Answer> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      page.showStatus(key, { text });
      await wait(retryMs);
    }
  }
}
