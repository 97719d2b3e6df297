import type { Page } from '@playwright/test';
import axe from 'axe-core';

/** All rules that the panel follows. */
const rules: axe.RunOnly = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};

/** The rules among them whose result depends on colours. */
export const rulesOfColours: axe.RunOnly = {
  type: 'rule',
  values: ['color-contrast', 'link-in-text-block'],
};

/** Returns the violations of accessibility rules that axe-core finds in the page and its frames. */
export async function violationsIn(page: Page, runOnly = rules): Promise<unknown[]> {
  for (const frame of page.frames()) {
    if (!(await frame.evaluate(() => 'axe' in globalThis))) await frame.evaluate(axe.source);
  }
  const { violations } = await page.evaluate(
    (runOnly) => window.axe.run({ runOnly, resultTypes: ['violations'] }),
    runOnly,
  );
  return violations.map(({ id, nodes }) => [
    id,
    nodes.map(({ html, failureSummary }) => [html, failureSummary]),
  ]);
}

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}
