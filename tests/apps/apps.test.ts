// Builds and runs apps as users write them, with the packed package. `npm test` includes the apps
// that need no other tools. `npm run test:apps` also installs the tools of all other apps.

import { join } from 'node:path';
import { startSwitch } from 'valet-park/server';
import { expect, inject, onTestFinished, test } from 'vitest';
import type { App } from './app.ts';
import { apps } from './table.ts';
import { checkSite } from './site.ts';
import { visit, visitDisk, visitExtension, visitFolder, type Visit } from './visit.ts';
import {
  countWasm,
  install,
  isWhole,
  lay,
  mentions,
  rowOf,
  serve,
  succeed,
  versionsOf,
} from './workshop.ts';

const { tarball } = inject('workshop');

for (const app of isWhole ? [...apps.quick, ...apps.slow] : apps.quick) {
  test(app.name, async (context) => {
    const row = rowOf(app.name);
    const folder = lay(app);
    const missing = await install(folder, app.manager);
    if (missing !== null) {
      row.outcome = `not available here: ${missing}`;
      context.skip(row.outcome);
    }
    row.versions = versionsOf(app, folder);

    const pbx = await startSwitch();
    onTestFinished(() => pbx.close());
    const inPlace = (command: readonly string[]): string[] =>
      command.map((word) => word.replace('DESK', pbx.url).replace('TARBALL', tarball));
    for (const command of app.build ?? []) await succeed(folder, inPlace(command));
    for (const { command, error } of app.refused ?? []) {
      await expect(succeed(folder, inPlace(command))).rejects.toThrow(error);
    }
    if (app.output !== undefined) {
      const output = join(folder, app.output);
      const count = countWasm(output);
      row.wasm = String(count);
      expect(count).toBeLessThanOrEqual(app.usesLot ? 2 : 1);
      expect(mentions(output, 'valet_park_lot')).toBe(app.usesLot ?? false);
    }

    const { run, outcome: expected = 'parked in 6' } = app;
    let outcome: string;
    if (run.kind === 'program' || run.kind === 'suite') {
      const said = await succeed(folder, inPlace(run.command), pbx.url);
      // A test suite passed if its command succeeded.
      outcome = run.kind === 'program' ? said.trimEnd() : String(expected);
      if ('main.mjs' in app.files) row.core = 'its copy';
    } else {
      const seen = await show(app, folder, pbx.url);
      outcome = seen.outcome;
      row.core = app.core ?? seen.core;
      expect(seen.console).toEqual([]);
    }
    if (expected instanceof RegExp) expect(outcome).toMatch(expected);
    else expect(outcome).toBe(expected);
    row.outcome = expected instanceof RegExp ? 'says what to do' : outcome;
  });
}

if (isWhole) test('the documentation site', checkSite);

/** Opens the page of an app. */
async function show({ run }: App, folder: string, desk: string): Promise<Visit> {
  switch (run.kind) {
    case 'page':
      return visitFolder(join(folder, run.folder), desk, run);
    case 'disk':
      return visitDisk(join(folder, run.file));
    case 'extension':
      return visitExtension(join(folder, run.folder));
    case 'server':
      return visit(await serve(folder, run.command, desk), desk);
    case 'program':
    case 'suite':
      throw new Error(`${run.kind} has no page`);
  }
}
