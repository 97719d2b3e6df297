// Runs a strict switch and a relay as two processes. Two desks open their panels, and an administrator
// pairs the panels on the command line.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, type Page } from '@playwright/test';
import type { ValetPark } from 'valet-park';
import { expect } from './fixture.ts';

const CLI = fileURLToPath(new URL('cli.js', import.meta.resolve('valet-park/server')));

/** The command in a folder. Its processes end with the test. */
class Shell {
  readonly #children: ReturnType<typeof spawn>[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), 'valet-park-'));

  /** Starts a process. Resolves to its output when the output matches. */
  async start(args: readonly string[], until: RegExp): Promise<RegExpExecArray> {
    const child = spawn(process.execPath, [CLI, ...args], { cwd: this.folder });
    this.#children.push(child);
    let output = '';
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    for await (const chunk of child.stdout) {
      output += String(chunk);
      const match = until.exec(output);
      if (match !== null) return match;
    }
    throw new Error(`the process ended: ${output}`);
  }

  async run(args: readonly string[]): Promise<void> {
    const child = spawn(process.execPath, [CLI, ...args], { cwd: this.folder, stdio: 'inherit' });
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  }

  end(): void {
    for (const child of this.#children) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true });
  }
}

const test = base.extend<{ shell: Shell }>({
  shell: async ({}, use) => {
    const shell = new Shell();
    await use(shell);
    shell.end();
  },
});

async function pair(page: Page, shell: Shell, extension: string, name: string): Promise<void> {
  // Until the relay has sent the code, the page shows `…` in its place.
  const code = page.getByText(/^valet-park pair \w/);
  const [, shown = ''] = /pair (\S+)/.exec((await code.textContent()) ?? '') ?? [];
  await shell.run(['pair', shown, '--extension', extension, '--name', name]);
  await expect(page.getByRole('grid', { name: 'Parked calls' })).toBeVisible();
}

test('a call that one desk parks with a note is seen by the other desk', async ({
  shell,
  browser,
}) => {
  const strict = /listens at (\S+)\nclient id: (\S+)\nclient secret: (\S+)\n/;
  const [, pbx = '', id = '', secret = ''] = await shell.start(['--strict', '--port', '0'], strict);
  writeFileSync(join(shell.folder, 'client-secret'), secret, { mode: 0o600 });
  const settings = [`upstream = "${pbx}"`, `client-id = "${id}"`, 'extensions = "34414,32494"'];
  const file = [...settings, 'client-secret-file = "client-secret"', 'log-level = "warn"'];
  writeFileSync(join(shell.folder, 'valet-park.toml'), file.join('\n'));
  const [, relay = ''] = await shell.start(['--port', '0'], /listens at (\S+)/);

  const [reception, sales] = await Promise.all(
    ['34414', '32494'].map(async (extension) => {
      const context = await browser.newContext({ baseURL: relay, locale: 'en' });
      const page = await context.newPage();
      await page.goto('/');
      await expect(page.getByRole('heading', { name: 'Pair this panel' })).toBeVisible();
      await pair(page, shell, extension, extension === '34414' ? 'Reception' : 'Sales');
      return page;
    }),
  );
  if (reception === undefined || sales === undefined) throw new Error('expected two panels');

  const play = async (what: string, body: object) => {
    const reply = await fetch(`${pbx}/play/${what}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return (await reply.json()) as { readonly call: string };
  };
  const name = 'Anna Petrova';
  const { call } = await play('ring', { extension: '34414', number: '+79161112233', name });
  await play('answer', { call });

  // The time from the answer to the park until the other panel shows the call.
  const parked = await reception.locator('valet-lot').evaluate(async (element, call) => {
    const { park } = element as HTMLElement & { park: ValetPark };
    await park.park(call, { slot: 6, note: 'asks for the contract', for: 'Petrov' });
    return Date.now();
  }, call);
  const tile = sales.getByRole('gridcell', { name: /slot 6\b.*Anna Petrova/i });
  await expect(tile).toBeVisible();
  console.log(`the other panel shows the call ${Date.now() - parked} ms after the park`);
  await expect(tile).toContainText(/2:5\d/);

  await sales.getByRole('button', { name: 'Details of slot 6' }).click();
  await expect(sales.getByText('asks for the contract')).toBeVisible();
  await expect(sales.getByText('Petrov', { exact: true })).toBeVisible();
});
