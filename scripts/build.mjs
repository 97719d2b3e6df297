// Sets up everything that is missing, and builds the package into dist: the core, the client and
// its types, the server, the element, the panel, the licences of all bundled packages, and the
// documentation for coding assistants. A part whose sources have not changed is not built again.

import { buildClient } from './build/client.mjs';
import { buildCore } from './build/core.mjs';
import { buildElement, buildReact } from './build/element.mjs';
import { buildLicences } from './build/licences.mjs';
import { buildPanel } from './build/panel.mjs';
import { buildServer } from './build/server.mjs';
import { printSizes } from './build/size.mjs';
import { buildServerTypes, buildTypes } from './build/types.mjs';
import { buildLlms } from './llms.mjs';
import { setUp } from './setup.mjs';
import { whenStarted } from './step.mjs';
import { inTurn } from './turn.mjs';

export function build({ tests = false } = {}) {
  return inTurn(async () => {
    await setUp({ tests });
    await buildCore();
    await buildClient();
    await buildTypes();
    await buildServer();
    await buildServerTypes();
    await buildElement();
    await buildReact();
    await buildPanel();
    await buildLicences();
    await buildLlms();
  });
}

await whenStarted(import.meta.url, async () => {
  await build();
  printSizes();
});
