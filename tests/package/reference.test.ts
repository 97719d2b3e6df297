// docs/api is what the published types say. Whoever changes them on purpose runs
// `npm run reference`, and sees in the difference what users will have to change.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeReference } from '../../scripts/reference.mjs';

function pagesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

test('the reference of the API is up to date; `npm run reference` writes it', async () => {
  const fresh = 'build/reference/api';
  await writeReference(fresh);
  expect(pagesIn('docs/api')).toEqual(pagesIn(fresh));
});
