import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';

const { folder, project } = inject('installed');

/** Runs a program in the project of a user, and returns its output and its errors. */
function run(type: 'module' | 'commonjs', program: string): string {
  const args = [`--input-type=${type}`, '--eval', program];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: project,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return stdout + stderr;
}

/** A program for each entry point, and its output. */
const entries = {
  'valet-park': {
    file: 'dist/index.js',
    required: 'dist/require.cjs',
    wasm: 'valet-park/valet_park.wasm',
    use: `
      const [a, b] = ['1-37b98fb2-0000-4000-8000-000000000001', '37B98FB2000040008000000000000001'];
      console.log(park.sameCall(a, b));`,
    used: 'true\n',
    mistake: `park.buildRequest({ extension: '1', call: 'a/b', action: 'park', slot: 1 });`,
  },
  'valet-park/lot': {
    file: 'dist/lot/index.js',
    required: 'dist/lot/require.cjs',
    wasm: 'valet-park/valet_park_lot.wasm',
    use: `
      const lot = new park.Lot({ seed: 1 });
      const call = '1-37b98fb2-0000-4000-8000-000000000001';
      const question = { extension: '34414', call, action: 'park', slot: 6 };
      console.log(JSON.stringify(lot.ask(0, question)));
      lot.dispose();`,
    used: '{"kind":"parked","slot":6,"uuid":"37b98fb2-0000-4000-8000-000000000001"}\n',
    mistake: `park.readRequest('PUT', '/extension/1/valet_park/a%2Fb', '{"action":"slots"}');`,
  },
} as const;

describe.each(Object.entries(entries))(
  '%s',
  (entry, { file, required, wasm, use, used, mistake }) => {
    const ways = {
      import: ['module', `import * as park from '${entry}';`],
      'require()': ['commonjs', `const park = require('${entry}');`],
      'require() without Node': [
        'commonjs',
        `const park = require(${JSON.stringify(join(folder, required))});`,
      ],
    } as const;
    const index = JSON.stringify(join(folder, file));

    describe.each(Object.entries(ways))('by %s', (_name, [type, load]) => {
      test('works without init, and prints nothing', () => {
        expect(run(type, `${load}${use}`)).toBe(used);
      });

      test('allows init twice, and concurrently', () => {
        const program = `${load}
        const { init, isReady } = park;
        Promise.all([init(), init(), init()]).then(() => init()).then(() => {
          console.log(isReady());
          ${use}
        });`;
        expect(run(type, program)).toBe(`true\n${used}`);
      });

      test('reports a mistake with a ValetError that isValetError recognises', () => {
        const program = `${load}
        try {
          ${mistake}
        } catch (error) {
          console.log(park.isValetError(error), error.name, error.code, error.kind);
        }`;
        expect(run(type, program)).toBe('true ValetError invalid-call invalid\n');
      });
    });

    test('exports the same names in every form', () => {
      const names = (type: 'module' | 'commonjs', load: string) =>
        run(type, `${load} console.log(Object.keys(park).sort().join())`);
      const expected = names('module', `import * as park from ${index};`);
      expect(expected).toContain('isValetError');
      for (const [type, load] of Object.values(ways)) expect(names(type, load)).toBe(expected);
    });

    test('is the same instance for import and require()', () => {
      const program = `
      import { createRequire } from 'node:module';
      import * as imported from '${entry}';
      const required = createRequire(${JSON.stringify(join(project, 'program.js'))})('${entry}');
      console.log(Object.keys(imported).filter((name) => imported[name] !== required[name]).join());`;
      expect(run('module', program)).toBe('\n');
    });

    test('for browsers has to be loaded first, and accepts bytes', () => {
      const program = `
      import { readFileSync } from 'node:fs';
      import * as park from ${index};
      try {
        ${mistake}
      } catch (error) {
        console.log(error.code);
      }
      park.initSync({ module: readFileSync(new URL(import.meta.resolve('${wasm}'))) });
      console.log(park.isReady());
      ${use}`;
      expect(run('module', program)).toBe(`not-loaded\ntrue\n${used}`);
    });
  },
);

test('an error of valet-park/lot is a ValetError of valet-park', () => {
  const program = `
    import { isValetError, ValetError } from 'valet-park';
    import { Lot } from 'valet-park/lot';
    class Own extends ValetError {}
    try {
      new Lot({ slots: 0 });
    } catch (error) {
      console.log(error instanceof ValetError, isValetError(error), error instanceof Own);
    }
    console.log(new Own({}) instanceof Own, new Error() instanceof ValetError);`;
  expect(run('module', program)).toBe('true true false\ntrue false\n');
});

test('importing the package does nothing: no WebAssembly, no request, no timer, no global', () => {
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
    // Node itself keeps some resources for its streams and for the modules that it has read.
    function isOurs(kind) { return !/^(FS|Close|TTY|Pipe)/.test(kind); }
  `;
  const imported = Object.entries(entries).flatMap(([entry, { file, required }]) => [
    entry,
    join(folder, file),
    join(folder, required),
  ]);
  const printed = run('module', program.replace('ENTRIES', JSON.stringify(imported)));
  expect(printed).toBe('called: \nleft running: \nnew globals: false\n');
});

test('valet-park/server starts a switch, and the command explains its options', () => {
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
