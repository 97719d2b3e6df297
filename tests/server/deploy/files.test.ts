// The files in `deploy`: they can be read, and name only settings, variables and metrics that exist.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { expect, onTestFinished, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { SETTING_NAMES, variableOf } from '../../../www/server/config/settings.ts';
import { openStanding } from '../relay/standing.ts';
import { SECRET } from '../notify/world.ts';

const NOTIFY = { to: ['slack=https://hooks.slack.example/T0/B0/top-secret'], secret: SECRET };
const read = (name: string) => readFileSync(join('deploy', name), 'utf8');
const names = readdirSync('deploy');

/** Runs a program if this machine has it. Returns null if it has not. */
function runIfThere(program: string, ...args: string[]) {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return error === undefined ? { status, output: stdout + stderr } : null;
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'valet-park-deploy-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('every file names only settings that exist', () => {
  const variables: string[] = SETTING_NAMES.map(variableOf);
  for (const name of names) {
    const named = read(name).match(/VALET_PARK_\w+/g) ?? [];
    expect(variables, name).toEqual(expect.arrayContaining(named));
    // The options behind the program. A line of a comment can hold one, too.
    const lines = read(name).match(
      /(ExecStart=.*|command: \[--config.*|^#.* valet-park pair .*)/gm,
    );
    for (const [, option = ''] of (lines ?? []).join(' ').matchAll(/ \[?--([a-z-]+)/g)) {
      expect([...SETTING_NAMES, 'config', 'extension', 'name'], name).toContain(option);
    }
  }
});

test('the example of settings names settings that exist', () => {
  const { names: labels, ...values } = parseToml(read('example.toml'));
  expect(values['state']).toBe('/var/lib/valet-park');
  for (const name of Object.keys(values)) expect(SETTING_NAMES).toContain(name);
  expect(Object.keys(labels as object)).toEqual(values['extensions']);
});

test('the unit gives the relay its secret, its state and as little else as possible', () => {
  const text = read('valet-park.service');
  const unit = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  for (const line of unit) expect(line).toMatch(/^(\[(Unit|Service|Install)\]|[A-Z]\w+=.*)$/);
  expect(unit).toEqual(
    expect.arrayContaining([
      'ExecStart=/usr/bin/env valet-park --config /etc/valet-park/valet-park.toml',
      'StateDirectory=valet-park',
      'LoadCredential=client-secret:/etc/valet-park/client-secret',
      'DynamicUser=yes',
      'ProtectSystem=strict',
      'NoNewPrivileges=yes',
    ]),
  );
  // Node compiles JavaScript while it runs.
  expect(unit.join()).not.toContain('MemoryDenyWriteExecute');
  const file = join(folder(), 'valet-park.service');
  writeFileSync(file, text);
  expect(runIfThere('systemd-analyze', 'verify', file)?.output ?? '').toBe('');
  const security = ['security', '--offline=yes', '--threshold=20', file];
  expect(runIfThere('systemd-analyze', ...security)?.status ?? 0).toBe(0);
});

test('the image has two stages, and its program has few rights and a health check', () => {
  const lines = read('Dockerfile')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  const words = lines.filter((line) => line !== '' && !line.startsWith('#'));
  for (const line of words) expect(line).toMatch(/^[A-Z]+ \S/);
  expect(words.filter((line) => line.startsWith('FROM '))).toHaveLength(2);
  const of = (word: string) =>
    words.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  expect([of('USER'), of('ENTRYPOINT')]).toEqual([['node'], ['["valet-park"]']]);
  const [health = ''] = of('HEALTHCHECK');
  const [, command = ''] = /CMD (\[.*\])$/.exec(health) ?? [];
  const [program, flag, code = ''] = JSON.parse(command) as string[];
  expect([program, flag]).toEqual(['node', '-e']);
  expect(code).toContain('/readyz');
  // The last command of the first stage needs the package, whose program is `valet-park`.
  const { bin } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(Object.keys(bin)).toEqual(['valet-park']);
});

test('the health check of the image follows /readyz', async () => {
  const [, command = ''] = /CMD (\[.*\])/.exec(read('Dockerfile')) ?? [];
  const [, , code = ''] = JSON.parse(command) as string[];
  const { relay } = await openStanding();
  const check = async (port: string) => {
    const { execFile } = await import('node:child_process');
    const env = { ...process.env, VALET_PARK_PORT: port };
    return new Promise((done) => {
      execFile(process.execPath, ['-e', code], { env }, (error) => done(error?.code ?? 0));
    });
  };
  expect(await check(new URL(relay.url).port)).toBe(0);
  await relay.close();
  expect(await check(new URL(relay.url).port)).toBe(1);
});

interface Service {
  readonly networks: string[] | object;
  readonly volumes?: string[];
  readonly secrets?: string[];
  readonly ports?: string[];
  readonly depends_on?: string[];
  readonly environment?: Record<string, string>;
}

test('in the compose file, two relays share Redis, and only the proxy is published', () => {
  const file = parseYaml(read('compose.yaml'), { merge: true });
  const services = file.services as Record<string, Service>;
  expect(Object.keys(services)).toEqual(['relay-1', 'relay-2', 'redis', 'proxy']);
  const published = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
  expect(published.map(([name]) => name)).toEqual(['proxy']);
  expect([services['redis']?.networks, file.networks.inside]).toEqual([
    ['inside'],
    { internal: true },
  ]);
  const volumes: string[] = [];
  for (const name of ['relay-1', 'relay-2']) {
    const { environment = {}, volumes: own = [], ...service } = services[name] as Service;
    expect(environment).toMatchObject({
      VALET_PARK_REDIS: 'redis://redis:6379',
      VALET_PARK_CLIENT_SECRET_FILE: '/run/secrets/client-secret',
      VALET_PARK_TRUST_PROXY: file.services.proxy.networks.outside.ipv4_address,
    });
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], build: '.' });
    volumes.push(...own.filter((volume) => volume.endsWith(':/var/lib/valet-park')));
    expect(read('Caddyfile')).toContain(`reverse_proxy ${name}:8341 {`);
  }
  // Each relay has a state of its own.
  expect(new Set(volumes).size).toBe(2);
  for (const { depends_on: needed = [], secrets = [], volumes: used = [] } of Object.values(
    services,
  )) {
    for (const one of needed) expect(services).toHaveProperty([one]);
    for (const one of secrets) expect(file.secrets).toHaveProperty([one]);
    for (const [source = ''] of used.map((one) => one.split(':'))) {
      if (!source.startsWith('./')) expect(file.volumes).toHaveProperty([source]);
      else if (source !== './valet-park.toml') expect(names).toContain(source.slice(2));
    }
  }
});

test('Caddy passes the feed on at once, and sends a command once', () => {
  const text = read('Caddyfile');
  expect(text).toMatch(/flush_interval -1\n/);
  expect(text).toMatch(/lb_retries 0\n/);
  expect(text).toMatch(/keepalive 60s\n/);
  expect(text.match(/import proxy\n/g)).toHaveLength(3);
  expect(text).toContain('reverse_proxy relay-1:8341 relay-2:8341 {\n');
  expect(text.match(/\{/g)?.length).toBe(text.match(/\}/g)?.length);
  const caddy = runIfThere('caddy', 'validate', '--config', 'deploy/Caddyfile');
  if (caddy !== null) expect(caddy.output).toContain('Valid configuration');
});

test('nginx passes the feed on at once, and sends a command once', () => {
  const text = read('nginx.conf');
  for (const line of ['proxy_next_upstream off;', 'proxy_buffering off;', 'gzip off;']) {
    expect(text).toContain(`    ${line}\n`);
  }
});

test('the dashboard and the alerts ask only for metrics and labels that exist', async () => {
  const standing = await openStanding({ notify: NOTIFY });
  const token = await standing.token();
  const call = await standing.talk();
  await standing.ask(token, call, { action: 'park', slot: '3' });
  await standing.send('/nothing');
  const { text } = await standing.send('/metrics');
  const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const known = new Set(series.map((line) => line.replace(/[{ ].*/, '')));

  const { panels } = JSON.parse(read('grafana-dashboard.json')) as {
    panels: { id: number; targets: { expr: string }[] }[];
  };
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const shown = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const { groups } = parseYaml(read('prometheus-alerts.yaml')) as {
    groups: { rules: { alert: string; expr: string; annotations: { summary: string } }[] }[];
  };
  const rules = groups.flatMap((group) => group.rules);
  const asked = [...shown, ...rules.map(({ expr }) => expr)];
  const metricsIn = (expr: string) => expr.match(/\b(valet_park|process|nodejs)_\w+/g) ?? [];
  for (const expr of asked) {
    if (!expr.startsWith('up{')) expect(metricsIn(expr), expr).not.toEqual([]);
    for (const name of metricsIn(expr)) expect([...known]).toContain(name);
    const labels = [...expr.matchAll(/by \(([^)]+)\)|\{([^}]+)\}/g)].flatMap(([, by, where]) =>
      (by ?? where ?? '').split(',').map((one) => one.trim().replace(/[=!~].*$/, '')),
    );
    for (const label of labels) {
      if (!['instance', 'job'].includes(label)) expect(text).toMatch(`${label}="`);
    }
  }
  // Every metric of the relay is on the dashboard.
  for (const name of [...known].filter((one) => one.startsWith('valet_park_'))) {
    const base = name.replace(/_(bucket|sum|count)$/, '');
    expect(
      shown.some((expr) => expr.includes(base)),
      name,
    ).toBe(true);
  }
  // The guide explains every alert, in both languages.
  for (const guide of ['docs/operating.md', 'docs/ru/operating.md']) {
    const explained = readFileSync(guide, 'utf8');
    for (const { alert } of rules) expect(explained).toContain(`\`${alert}\``);
  }
  const check = runIfThere('promtool', 'check', 'rules', 'deploy/prometheus-alerts.yaml');
  expect(check?.status ?? 0).toBe(0);
});
