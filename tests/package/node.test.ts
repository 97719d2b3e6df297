import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';

const { folder, project } = inject('installed');

/** Runs a program in the project of a user, and returns what it printed, on either stream. */
function run(type: 'module' | 'commonjs', program: string): string {
  const args = [`--input-type=${type}`, '--eval', program];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: project,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return stdout + stderr;
}

const use = `
  const lot = new Lot({ seed: 1 });
  const question = { extension: '34414', call: '1-37b98fb2-0000-4000-8000-000000000001' };
  console.log(JSON.stringify(lot.ask(0, { ...question, action: 'park', slot: 6 })));
  console.log(sameCall(question.call, '37B98FB2000040008000000000000001'));
  lot.dispose();
`;
const used = '{"kind":"parked","slot":6,"uuid":"37b98fb2-0000-4000-8000-000000000001"}\ntrue\n';

const ways = {
  import: ['module', `import * as park from 'valet-park';`],
  'require()': ['commonjs', `const park = require('valet-park');`],
  'require() without Node': [
    'commonjs',
    `const park = require(${JSON.stringify(join(folder, 'dist/require.cjs'))});`,
  ],
} as const;

describe.each(Object.entries(ways))('by %s', (_name, [type, load]) => {
  test('it works without init, and prints nothing of its own', () => {
    expect(run(type, `${load} const { Lot, sameCall } = park; ${use}`)).toBe(used);
  });

  test('init may be called twice, and concurrently', () => {
    const program = `${load}
      const { init, isReady, Lot, sameCall } = park;
      Promise.all([init(), init(), init()]).then(() => init()).then(() => {
        console.log(isReady());
        ${use}
      });`;
    expect(run(type, program)).toBe(`true\n${used}`);
  });

  test('a mistake is told by a ValetError that isValetError knows', () => {
    const program = `${load}
      try {
        park.buildRequest({ extension: '34414', call: 'a/b', action: 'park', slot: 1 });
      } catch (error) {
        console.log(park.isValetError(error), error.name, error.code, error.kind);
      }`;
    expect(run(type, program)).toBe('true ValetError invalid-call invalid\n');
  });
});

test('importing it does nothing: no WebAssembly, no request, no timer, no global', () => {
  const program = `
    const seen = [];
    const globals = Object.getOwnPropertyNames(globalThis).sort().join();
    const spy = (holder, name) => {
      const original = holder[name];
      holder[name] = new Proxy(original, {
        apply: (...args) => { seen.push(name); return Reflect.apply(...args); },
        construct: (...args) => { seen.push(name); return Reflect.construct(...args); },
      });
    };
    for (const name of Object.getOwnPropertyNames(WebAssembly)) {
      if (typeof WebAssembly[name] === 'function') spy(WebAssembly, name);
    }
    for (const name of ['fetch', 'setTimeout', 'setInterval', 'queueMicrotask', 'atob',
      'BroadcastChannel', 'EventSource']) if (globalThis[name]) spy(globalThis, name);
    for (const entry of ENTRIES) await import(entry);
    console.log('called:', seen.join());
    console.log('left running:', process.getActiveResourcesInfo().filter(isOurs).join());
    console.log('new globals:', Object.getOwnPropertyNames(globalThis).sort().join() !== globals);
    // What Node itself keeps for its streams, and for the files of the modules it has just read.
    function isOurs(kind) { return !/^(FS|Close|TTY|Pipe)/.test(kind); }
  `;
  const entries = ['valet-park', join(folder, 'dist/index.js'), join(folder, 'dist/require.cjs')];
  const printed = run('module', program.replace('ENTRIES', JSON.stringify(entries)));
  expect(printed).toBe('called: \nleft running: \nnew globals: false\n');
});

test('every way in offers the same names', () => {
  const names = (type: 'module' | 'commonjs', load: string) =>
    run(type, `${load} console.log(Object.keys(park).sort().join())`);
  const index = JSON.stringify(join(folder, 'dist/index.js'));
  const expected = names('module', `import * as park from ${index};`);
  expect(expected).toContain('ValetPark');
  for (const [type, load] of Object.values(ways)) expect(names(type, load)).toBe(expected);
});

test('import and require() give one and the same package', () => {
  const program = `
    import { createRequire } from 'node:module';
    import * as imported from 'valet-park';
    const required = createRequire(${JSON.stringify(join(project, 'program.js'))})('valet-park');
    console.log(Object.keys(imported).filter((name) => imported[name] !== required[name]).join());`;
  expect(run('module', program)).toBe('\n');
});

test('the browser entry asks to be loaded first, and can be from bytes', () => {
  const program = `
    import { readFileSync } from 'node:fs';
    import { Lot, initSync, isReady, sameCall } from ${JSON.stringify(join(folder, 'dist/index.js'))};
    try { new Lot(); } catch (error) { console.log(error.code); }
    initSync({ module: readFileSync(new URL(import.meta.resolve('valet-park/valet_park.wasm'))) });
    console.log(isReady());
    ${use}`;
  expect(run('module', program)).toBe(`not-loaded\ntrue\n${used}`);
});

test('valet-park/server starts a switch, and the command says how it is used', () => {
  const program = `
    import { startSwitch } from 'valet-park/server';
    const pbx = await startSwitch({ port: 0 });
    const { status } = await fetch(pbx.url + '/play');
    console.log(status);
    await pbx.close();`;
  expect(run('module', program)).toBe('200\n');
  const command = join(project, 'node_modules/.bin/valet-park');
  expect(execFileSync(command, ['--help'], { encoding: 'utf8' })).toContain('--port');
});
