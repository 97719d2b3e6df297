// Starts nginx for a test, with a temporary folder and configuration.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from './fixture.ts';
import { freePort } from '../free-port.ts';

export interface Nginx {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts nginx before several upstreams. `proxy_next_upstream` has its default: a request that fails at
 * one upstream goes to the next one, unless the method is POST.
 */
export async function startNginx(program: string, upstreams: readonly string[]): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'valet-park-nginx-'));
  const port = await freePort();
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port, upstreams));
  const nginx = spawn(program, ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  nginx.stderr.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = new Promise<void>((resolve) => nginx.once('close', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const isUp = () =>
    fetch(`${url}/play`).then(
      (reply) => reply.ok,
      () => output,
    );
  await expect.poll(isUp, { message: 'nginx answers' }).toBe(true);
  return {
    url,
    async close() {
      nginx.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string, port: number, upstreams: readonly string[]): string {
  const servers = upstreams.map((url) => `server ${new URL(url).host};`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  ${temporary.map((what) => `${what}_temp_path ${folder}/${what};`).join('\n  ')}
  upstream switches { ${servers.join(' ')} }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://switches;
      proxy_set_header Host $http_host;
    }
  }
}
`;
}
