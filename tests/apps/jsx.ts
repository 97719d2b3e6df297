// Apps with <valet-lot> in the JSX of frameworks. Each app sets the property `park`, the attribute
// `home` and a listener. The types of each app find a mistake.

import type { App } from './app.ts';
import { folder, guide, tsconfig, vite } from './parts.ts';
import { forElement, html } from './story.ts';

const page = html('<div id="app"></div><script type="module" src="./main.tsx"></script>');

/** Components with mistakes, which the compiler has to find. */
const mistakes = (tag: 'ValetLot' | 'valet-lot', listener: string): string => `
${wrongProperties(tag)}
// @ts-expect-error The event has no such detail.
export const event = () => <${tag} ${listener}={({ detail }) => detail.place} />;
`;

const wrongProperties = (tag: 'ValetLot' | 'valet-lot'): string => `
// @ts-expect-error There is no such layout.
export const layout = () => <${tag} layout="circle" />;
// @ts-expect-error There is no such property.
export const property = () => <${tag} hom="Reception" />;
`;

/** A component that opens the client for the panel of the guide. */
const reactApp = `export default function App() {
  const [park, setPark] = useState<ValetPark | null>(null);
  useEffect(() => {
    openPhone().then(setPark);
  }, []);
  return <Panel park={park} say={say} />;
}
`;

/** The component of the guide, or the same with the element itself. */
const reactPanel = (tag: 'ValetLot' | 'valet-lot'): string => {
  if (tag === 'ValetLot') return `${guide('tsx')}${mistakes(tag, 'onParkingParked')}`;
  const text = guide('tsx')
    .replace('<ValetLot', '<valet-lot')
    .replace('onParkingParked', 'onparking-parked')
    .replace('import { ValetLot } from', `import 'valet-park/element';\nimport type {} from`);
  return `${text}${mistakes(tag, 'onparking-parked')}`;
};

const react = (version: '18' | '19', tag: 'ValetLot' | 'valet-lot'): App => ({
  name: `react ${version}, <${tag}>`,
  needs: {
    ...{ vite: '^7', react: `^${version}`, 'react-dom': `^${version}` },
    ...{ '@types/react': `^${version}`, '@types/react-dom': `^${version}`, typescript: '~5.9' },
  },
  files: {
    'index.html': page,
    'phone.js': forElement,
    'panel.tsx': reactPanel(tag),
    'main.tsx': `import { useEffect, useState } from 'react';
      import { createRoot } from 'react-dom/client';
      import type { ValetPark } from 'valet-park';
      import { Panel } from './panel';
      import { openPhone, say } from './phone.js';
      ${reactApp}
      createRoot(document.getElementById('app')!).render(<App />);`,
    'vite.config.js': `export default { esbuild: { jsx: 'automatic' } };`,
    'tsconfig.json': tsconfig({ jsx: 'react-jsx' }, { files: ['main.tsx'] }),
  },
  build: [['tsc', '-p', '.'], vite],
  ...folder('dist'),
});

export const jsx: readonly App[] = [
  react('18', 'ValetLot'),
  react('19', 'ValetLot'),
  react('19', 'valet-lot'),
  {
    name: 'react router 7',
    needs: {
      ...{ 'react-router': '7.18.4', '@react-router/dev': '7.18.4' },
      ...{
        '@react-router/node': '7.18.4',
        '@react-router/serve': '7.18.4',
        isbot: '^5',
        react: '^19',
        'react-dom': '^19',
        vite: '^7',
      },
    },
    files: {
      'vite.config.js': `import { reactRouter } from '@react-router/dev/vite';
        export default { plugins: [reactRouter()] };`,
      'app/routes.js': `import { index } from '@react-router/dev/routes';
        export default [index('./home.tsx')];`,
      'app/root.jsx': `import { Outlet, Scripts } from 'react-router';
        export default () => (
          <html lang="en">
            <head><link rel="icon" href="data:," /><title>…</title></head>
            <body><Outlet /><Scripts /></body>
          </html>
        );`,
      'app/home.tsx': `import { useEffect, useState } from 'react';
        import type { ValetPark } from 'valet-park';
        import { Panel } from './panel';
        import { openPhone, say } from './phone.js';
        ${reactApp}`,
      'app/panel.tsx': guide('tsx'),
      'app/phone.js': forElement,
    },
    build: [['react-router', 'build']],
    run: { kind: 'server', command: ['react-router-serve', './build/server/index.js'] },
    output: 'build/client',
  },
  {
    name: 'solid',
    needs: { 'solid-js': '^1', vite: '^7', 'vite-plugin-solid': '^2', typescript: '~5.9' },
    files: {
      'index.html': page,
      'phone.js': forElement,
      'vite.config.js': `import solid from 'vite-plugin-solid';
        export default { plugins: [solid()] };`,
      'main.tsx': `import { render } from 'solid-js/web';
        import Panel from './panel';
        render(() => <Panel />, document.getElementById('app')!);`,
      'panel.tsx': `${guide('jsx', 0)}${mistakes('valet-lot', 'on:parking-parked')}`,
      'tsconfig.json': tsconfig(
        { jsx: 'preserve', jsxImportSource: 'solid-js' },
        { files: ['main.tsx'] },
      ),
    },
    build: [['tsc', '-p', '.'], vite],
    ...folder('dist'),
  },
  {
    name: 'solidstart',
    // SolidStart needs Node 22, which the app brings.
    needs: { node: '22', '@solidjs/start': '^1', 'solid-js': '^1', vinxi: '^0.5' },
    files: {
      'app.config.ts': `import { defineConfig } from '@solidjs/start/config';
        export default defineConfig({ ssr: true, server: { preset: 'node-server' } });`,
      'src/app.tsx': guide('jsx', 0),
      'src/phone.js': forElement,
      'src/entry-client.tsx': `// @refresh reload
        import { mount, StartClient } from '@solidjs/start/client';
        mount(() => <StartClient />, document.getElementById('app'));`,
      'src/entry-server.tsx': `// @refresh reload
        import { createHandler, StartServer } from '@solidjs/start/server';
        export default createHandler(() => <StartServer document={({ assets, children, scripts }) => (
          <html lang="en">
            <head><title>…</title><link rel="icon" href="data:," />{assets}</head>
            <body><div id="app">{children}</div>{scripts}</body>
          </html>
        )} />);`,
    },
    build: [['vinxi', 'build']],
    run: { kind: 'server', command: ['node', '.output/server/index.mjs'] },
    output: '.output/public',
  },
  {
    name: 'qwik',
    needs: { '@builder.io/qwik': '^1', vite: '^7', typescript: '~5.9' },
    files: {
      'index.html': html('<div id="app"></div><script type="module" src="/src/main.tsx"></script>'),
      'vite.config.js': `import { qwikVite } from '@builder.io/qwik/optimizer';
        export default { plugins: [qwikVite({ csr: true })] };`,
      'src/phone.js': forElement,
      'src/main.tsx': `import '@builder.io/qwik/qwikloader.js';
        import { render } from '@builder.io/qwik';
        import { Panel } from './panel';
        render(document.getElementById('app')!, <Panel />);`,
      'src/panel.tsx': guide('jsx', 1),
      'src/mistakes.tsx': `import type {} from 'valet-park/qwik';
        ${wrongProperties('valet-lot')}`,
      'tsconfig.json': tsconfig(
        { jsx: 'react-jsx', jsxImportSource: '@builder.io/qwik' },
        { files: ['src/main.tsx', 'src/mistakes.tsx'] },
      ),
    },
    build: [['tsc', '-p', '.'], vite],
    ...folder('dist'),
  },
];
