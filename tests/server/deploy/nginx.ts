import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type ClientHttp2Session } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { findNginx } from '../../../scripts/setup/nginx.mjs';
import { freePort } from '../../free-port.ts';

export const nginxProgram = findNginx();

/** An answer through nginx. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** nginx with the recipe of the package, before servers of a test. */
export interface Nginx {
  /** A connection with HTTP/2. */
  readonly session: ClientHttp2Session;
  /** Opens a request. `read` returns what has come so far. */
  open(headers: Readonly<Record<string, string>>): { read(): Answer };
  send(headers: Readonly<Record<string, string>>): Promise<Answer>;
  /** The lines of the access log. */
  log(): string;
}

/** Starts nginx with `deploy/nginx.conf`. The recipe gets a certificate, and the ports of the test. */
export async function startNginx(upstreams: readonly string[]): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'valet-park-nginx-'));
  const [plain, secure] = [await freePort(), await freePort()];
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const words = ['req', '-x509', '-nodes', '-newkey', 'rsa:2048', '-subj', '/CN=park.example'];
  const { status } = spawnSync('openssl', [...words, '-keyout', key, '-out', certificate]);
  expect(status).toBe(0);
  const recipe = readFileSync('deploy/nginx.conf', 'utf8')
    .replace('listen 80;', `listen 127.0.0.1:${plain};`)
    .replace('listen 443 ssl', `listen 127.0.0.1:${secure} ssl`)
    .replace('/etc/ssl/park.example.pem', certificate)
    .replace('/etc/ssl/park.example.key', key)
    .replace(/^ *server 127\.0\.0\.1:8341 (.*)$/m, (_, rest: string) =>
      upstreams.map((url) => `server ${new URL(url).host} ${rest}`).join('\n'),
    );
  const accessLog = join(folder, 'access.log');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(
    join(folder, 'nginx.conf'),
    [
      `daemon off; master_process off; pid ${folder}/nginx.pid; error_log stderr; events {}`,
      `http { access_log ${accessLog};`,
      ...temporary.map((what) => `${what}_temp_path ${folder}/${what};`),
      `${recipe} }`,
    ].join('\n'),
  );
  const arguments_ = ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')];
  const nginx = spawn(nginxProgram ?? '', arguments_, { stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  nginx.stderr.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = new Promise<void>((resolve) => nginx.once('close', () => resolve()));
  const isUp = () =>
    fetch(`http://127.0.0.1:${plain}`, { redirect: 'manual' }).then(
      ({ status: given }) => given,
      () => output,
    );
  await expect.poll(isUp, { message: 'nginx redirects to HTTPS', timeout: 30_000 }).toBe(301);
  const session = connect(`https://127.0.0.1:${secure}`, { rejectUnauthorized: false });
  session.on('error', () => {});
  onTestFinished(async () => {
    session.destroy();
    nginx.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  function open({ body = '', ...headers }: Readonly<Record<string, string>>) {
    const request = session.request(headers, { endStream: body === '' });
    let answer: Answer = { status: 0, text: '' };
    request.on('response', ({ ':status': given = 0 }) => (answer = { ...answer, status: given }));
    request.setEncoding('utf8');
    request.on('data', (part: string) => (answer = { ...answer, text: answer.text + part }));
    const done = new Promise<void>((resolve, reject) => {
      request.on('end', resolve);
      request.on('error', reject);
    });
    done.catch(() => {});
    if (body !== '') request.end(body);
    return { done, read: () => answer };
  }

  return {
    session,
    open,
    async send(headers) {
      const { done, read } = open(headers);
      await done;
      return read();
    },
    log: () => readFileSync(accessLog, 'utf8'),
  };
}
