// Installs a tarball of the package into an empty project, and uses it there: `npm run smoke FILE`.
// It needs only Node and npm, so it shows whether the package works on another system or with
// another version of Node. Without a FILE it packs the package that is built here.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Failure, root, whenStarted } from './step.mjs';

/** Parks a call, on a switch of the package; prints the slot. `import` and `require` both work. */
const program = `
  import { createRequire } from 'node:module';
  import { ValetPark } from 'valet-park';
  import { startSwitch } from 'valet-park/server';
  const required = createRequire(import.meta.url)('valet-park');
  if (required.ValetPark !== ValetPark) throw new Error('import and require differ');
  await import('valet-park/element');
  const pbx = await startSwitch();
  const { call } = pbx.exchange.ring('34414', '+79161112233', 'Anna');
  pbx.exchange.answer(call);
  const park = await ValetPark.open({
    baseUrl: pbx.url + '/api/ver1.0',
    extension: '34414',
    headers: () => ({ Authorization: 'Bearer ' + pbx.token }),
  });
  const { slot, confirmed } = await park.park(call, { slot: 6 });
  console.log('parked in ' + slot + (confirmed ? ', confirmed' : ''));
  park.dispose();
  await pbx.close();
`;

const windows = process.platform === 'win32';

await whenStarted(import.meta.url, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'valet-park-smoke-'));
  const npm = (/** @type {string} */ cwd, /** @type {string[]} */ ...args) =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', shell: windows });
  try {
    const [named] = process.argv.slice(2);
    const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
    const tarball = named ? resolve(named) : join(folder, npm(root, ...pack).trim());
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
    npm(folder, 'install', '--no-audit', '--no-fund', tarball);
    writeFileSync(join(folder, 'smoke.js'), program);
    const printed = execFileSync(process.execPath, ['smoke.js'], { cwd: folder, encoding: 'utf8' });
    if (printed.trim() !== 'parked in 6, confirmed') {
      throw new Failure('using the package', `the program printed \`${printed}\``, 'debug it here');
    }
    await tryCommand(folder);
    console.log(`✓ the package works on ${process.platform} with Node ${process.versions.node}`);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** Starts the command of the package, opens the page that it serves, and stops it. */
async function tryCommand(/** @type {string} */ folder) {
  const what = 'starting the command';
  const command = join(folder, 'node_modules/valet-park/dist/cli.js');
  const child = spawn(process.execPath, [command, '--port', '0'], { cwd: folder });
  try {
    let printed = '';
    /** @type {string} */
    const address = await new Promise((found, fail) => {
      const read = (/** @type {Buffer} */ text) => {
        printed += String(text);
        const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [];
        if (url !== undefined) found(url);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('close', () => fail(new Failure(what, `it printed: ${printed}`, 'debug it here')));
    });
    const page = await (await fetch(address)).text();
    if (!page.includes('<script type="module"'))
      throw new Failure(what, `${address} has no panel`, 'debug it here');
  } finally {
    child.kill();
  }
}
