// docs/api is made from the published types. After an intended change of them, `npm run reference`
// writes it again, and the difference shows what users have to change.

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
