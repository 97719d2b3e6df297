import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';

/** Starts an X server that shows its screen to nobody, and says by which name it is reached. The
 *  server chooses the name, so that no other screen of the machine can be in its way. */
export async function startScreen(command: string): Promise<string> {
  const args = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
  const server = spawn(command, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  onTestFinished(async () => {
    server.kill();
    await ended;
  });
  const said = server.stdio[3] as Readable;
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`${command} ended with ${code}`)));
    said.once('data', (data: Buffer) => resolve(data.toString().trim()));
  });
  return `:${number}`;
}
