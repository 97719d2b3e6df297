// Apps with <valet-lot> in the templates of frameworks without JSX. Each template sets the property
// `park`, the attribute `home` and a listener. The types of each template find a mistake.

import type { App } from './app.ts';
import { folder, guide, mistaken, misspelt, tsconfig, vite } from './parts.ts';
import { forElement, html } from './story.ts';

const vueTypes = `/// <reference types="valet-park/vue" />\n`;
/** Angular: the directive gives the properties their types. */
const angular = (version: '20' | '21'): App => ({
  name: `angular ${version}`,
  needs: {
    ...Object.fromEntries(
      ['build', 'cli', 'common', 'compiler', 'compiler-cli', 'core', 'platform-browser'].map(
        (name) => [`@angular/${name}`, `^${version}`],
      ),
    ),
    ...{ rxjs: '^7', tslib: '^2', 'zone.js': '~0.15', typescript: '~5.9' },
  },
  files: {
    'angular.json': JSON.stringify({
      version: 1,
      projects: {
        app: {
          projectType: 'application',
          root: '',
          sourceRoot: 'src',
          architect: {
            build: {
              builder: '@angular/build:application',
              options: {
                ...{ outputPath: 'dist', index: 'src/index.html', browser: 'src/main.ts' },
                ...{ tsConfig: 'tsconfig.json', polyfills: ['zone.js'] },
              },
            },
          },
        },
      },
    }),
    'tsconfig.json': tsconfig(
      { noEmit: false, experimentalDecorators: true, useDefineForClassFields: false },
      { files: ['src/main.ts'], angularCompilerOptions: { strictTemplates: true } },
    ),
    'tsconfig.wrong.json': tsconfig(
      { experimentalDecorators: true, useDefineForClassFields: false },
      { files: ['src/wrong.ts'], angularCompilerOptions: { strictTemplates: true } },
    ),
    'src/index.html': html('<app-panel></app-panel>'),
    'src/phone.js': forElement,
    'src/valet-lot.ts': guide('ts', 0),
    'src/panel.ts': guide('ts', 1),
    'src/wrong.ts': mistaken(guide('ts', 1)),
    'src/main.ts': `import { bootstrapApplication } from '@angular/platform-browser';
      import { Panel } from './panel';
      bootstrapApplication(Panel);`,
  },
  build: [['ng', 'build']],
  refused: [
    { command: ['ngc', '-p', 'tsconfig.wrong.json'], error: /"circle"[^]*'place' does not exist/ },
  ],
  ...folder('dist/browser'),
});

export const frameworks: readonly App[] = [
  angular('20'),
  angular('21'),
  {
    name: 'sveltekit',
    needs: {
      ...{ '@sveltejs/kit': '^2', '@sveltejs/adapter-static': '^3', svelte: '^5', vite: '^7' },
      ...{ '@sveltejs/vite-plugin-svelte': '^6', 'svelte-check': '^4', typescript: '~5.9' },
    },
    files: {
      'svelte.config.js': `import adapter from '@sveltejs/adapter-static';
        export default { kit: { adapter: adapter() } };`,
      'vite.config.js': `import { sveltekit } from '@sveltejs/kit/vite';
        export default { plugins: [sveltekit()] };`,
      'tsconfig.json': JSON.stringify({
        extends: './.svelte-kit/tsconfig.json',
        compilerOptions: { strict: true, noImplicitAny: false, allowJs: true, skipLibCheck: true },
      }),
      'src/app.html': html('%sveltekit.body%').replace('</head>', '%sveltekit.head%</head>'),
      'src/app.d.ts': `import type {} from 'valet-park/svelte';\n`,
      'src/routes/phone.js': forElement,
      'wrong/phone.js': forElement,
      'src/routes/+layout.js': 'export const prerender = true;',
      'src/routes/+page.svelte': guide('svelte'),
      'wrong/Wrong.svelte': mistaken(guide('svelte')),
      'wrong/Misspelt.svelte': misspelt(guide('svelte')),
      'wrong/tsconfig.json': JSON.stringify({
        extends: '../tsconfig.json',
        include: ['../src/app.d.ts', '../.svelte-kit/ambient.d.ts', './*.svelte'],
      }),
    },
    build: [
      ['svelte-kit', 'sync'],
      ['svelte-check', '--workspace', 'src', '--tsconfig', '../tsconfig.json'],
      vite,
    ],
    refused: [
      {
        command: ['svelte-check', '--workspace', 'wrong', '--tsconfig', './tsconfig.json'],
        error: /(?=[^]*"circle")(?=[^]*'place')(?=[^]*"hom")/,
      },
    ],
    ...folder('build'),
  },
  {
    name: 'nuxt 4',
    // Later versions need Node 22.
    needs: { nuxt: '~4.2', vue: '^3.5', typescript: '~5.9' },
    files: {
      'nuxt.config.ts': `export default defineNuxtConfig({
        compatibilityDate: '2025-07-15',
        vue: { compilerOptions: { isCustomElement: (tag) => tag === 'valet-lot' } },
      });`,
      'app/app.vue': guide('vue'),
      'app/phone.js': forElement,
    },
    build: [['nuxt', 'build']],
    run: { kind: 'server', command: ['node', '.output/server/index.mjs'] },
    output: '.output/public',
  },
  {
    name: 'astro 5',
    needs: { astro: '^5' },
    files: {
      'src/pages/index.astro': html(`<valet-lot home="Reception"></valet-lot>
        <script>
          import 'valet-park/element';
          import { openPhone, say } from '../phone.js';
          const lot = document.querySelector('valet-lot');
          lot.addEventListener('parking-parked', ({ detail }) => say('parked in ' + detail.slot));
          lot.park = await openPhone();
        </script>`),
      'src/phone.js': forElement,
    },
    build: [['astro', 'build']],
    ...folder('dist'),
  },
  {
    name: 'vue 3',
    needs: {
      ...{ vue: '^3.5', vite: '^7', '@vitejs/plugin-vue': '^6', 'vue-tsc': '^3' },
      typescript: '~5.9',
    },
    files: {
      'index.html': html('<div id="app"></div><script type="module" src="./main.js"></script>'),
      'main.js': `import { createApp } from 'vue';
        import App from './App.vue';
        createApp(App).mount('#app');`,
      'vite.config.js': `import vue from '@vitejs/plugin-vue';
        const isCustomElement = (tag) => tag === 'valet-lot';
        export default { plugins: [vue({ template: { compilerOptions: { isCustomElement } } })] };`,
      'App.vue': guide('vue'),
      'Wrong.vue': mistaken(guide('vue')),
      'Misspelt.vue': misspelt(guide('vue')),
      'env.d.ts': vueTypes,
      'phone.js': forElement,
      ...Object.fromEntries(
        ['App', 'Wrong', 'Misspelt'].map((name) => [
          `tsconfig.${name}.json`,
          tsconfig(
            {},
            { files: ['env.d.ts', `${name}.vue`], vueCompilerOptions: { strictTemplates: true } },
          ),
        ]),
      ),
    },
    build: [['vue-tsc', '-p', 'tsconfig.App.json'], vite],
    refused: [
      {
        command: ['vue-tsc', '-p', 'tsconfig.Wrong.json'],
        error: /(?=[^]*"circle")(?=[^]*'place')/,
      },
      { command: ['vue-tsc', '-p', 'tsconfig.Misspelt.json'], error: /'hom'/ },
    ],
    ...folder('dist'),
  },
  {
    name: 'vue cli',
    needs: { '@vue/cli-service': '^5', vue: '^3.5', webpack: '^5' },
    files: {
      'public/index.html': html('<div id="app"></div>'),
      'src/main.js': `import { createApp } from 'vue';
        import App from './App.vue';
        createApp(App).mount('#app');`,
      'src/App.vue': guide('vue')
        .replace(' lang="ts"', '')
        .replace(/import type .*\n/, '')
        .replace('<ValetPark | null>', ''),
      'src/phone.js': forElement,
      'vue.config.cjs': `module.exports = {
        publicPath: './',
        chainWebpack: (config) => config.module.rule('vue').use('vue-loader').tap((options) => ({
          ...options,
          compilerOptions: { isCustomElement: (tag) => tag === 'valet-lot' },
        })),
      };`,
    },
    build: [['vue-cli-service', 'build']],
    ...folder('dist'),
  },
  {
    name: 'storybook 10',
    needs: { storybook: '^10', '@storybook/html-vite': '^10', vite: '^7' },
    files: {
      '.storybook/main.js': `export default {
        framework: '@storybook/html-vite', stories: ['../lot.stories.js'],
        core: { disableTelemetry: true },
      };`,
      'lot.stories.js': `import 'valet-park/element';
        import { openPhone, say } from './phone.js';
        export default { title: 'Lot' };
        export const Parked = { render: () => {
          const lot = document.createElement('valet-lot');
          lot.addEventListener('parking-parked', ({ detail }) => say('parked in ' + detail.slot));
          openPhone().then((park) => { lot.park = park; });
          return lot;
        } };`,
      'phone.js': forElement,
    },
    build: [['storybook', 'build', '--quiet']],
    run: {
      ...{ kind: 'page', folder: 'storybook-static' },
      path: 'iframe.html?id=lot--parked&viewMode=story',
    },
    output: 'storybook-static',
  },
];
