// Takes a picture of the panel in every layout, state and look: `npm run screenshots`. The pictures are
// in .cache/screenshots, with one page that shows them all. Words after the command choose pictures by
// the parts of their names: `npm run screenshots -- board ru`.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { build } from './build.mjs';
import { scenes, Stage } from './screenshots/scenes.mjs';
import { chromiumLaunch } from './setup/chromium.mjs';
import { at, whenStarted } from './step.mjs';

/** The layouts, each with the size of its window, in px. */
const layouts = {
  board: { width: 1440, height: 900 },
  list: { width: 1440, height: 900 },
  dock: { width: 1440, height: 260 },
  lamps: { width: 1440, height: 220 },
  wall: { width: 1920, height: 1080 },
};

/**
 * How a panel looks: the language, the media features, and another size of the window.
 *
 * @type {Record<string, { lang?: string, media?: object, touch?: boolean,
 *   size?: { width?: number, height?: number } }>}
 */
const looks = {
  light: {},
  dark: { media: { colorScheme: 'dark' } },
  forced: { media: { forcedColors: 'active' } },
  ru: { lang: 'ru' },
  ar: { lang: 'ar' },
  phone: { touch: true, size: { width: 390, height: 844 } },
  large: { size: { width: 2560, height: 1440 } },
};

const folder = '.cache/screenshots';

await whenStarted(import.meta.url, async () => {
  await build({ tests: true });
  const words = process.argv.slice(2);
  rmSync(at(folder), { recursive: true, force: true });
  mkdirSync(at(folder), { recursive: true });
  const { chromium } = await import('@playwright/test');
  const { startSwitch } = await import('valet-park/server');
  const pbx = await startSwitch();
  const browser = await chromium.launch(chromiumLaunch());
  try {
    const context = { locale: 'en-GB', reducedMotion: /** @type {const} */ ('reduce') };
    const desk = await browser.newPage(context);
    const phone = await browser.newPage({ ...context, hasTouch: true, isMobile: true });
    const stage = new Stage(pbx, [desk, phone]);
    await stage.open();
    const names = [];
    for (const [scene, { play, each, leave }] of Object.entries(scenes)) {
      await play?.(stage);
      for (const [layout, window] of Object.entries(layouts)) {
        for (const [name, look] of Object.entries(looks)) {
          const file = [layout, scene, name].join('-');
          if (!words.every((word) => file.split('-').includes(word))) continue;
          const page = look.touch === true ? phone : desk;
          await show(page, layout, { ...look, size: { ...window, ...look.size } });
          await each?.(page);
          await stage.settle([page]);
          await page.screenshot({ path: at(`${folder}/${file}.png`) });
          names.push(file);
        }
      }
      await leave?.(stage);
    }
    writeFileSync(at(`${folder}/index.html`), sheet(names));
    console.log(`${names.length} pictures: ${folder}/index.html`);
  } finally {
    await browser.close();
    await pbx.close();
  }
});

/**
 * Shows the panel in one layout, language and window.
 *
 * @param {import('@playwright/test').Page} page
 * @param {string} layout
 * @param {{ lang?: string, media?: object, size: { width: number, height: number } }} look
 */
async function show(page, layout, { lang = 'en', media = {}, size }) {
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', ...media });
  await page.setViewportSize(size);
  await page.locator('valet-lot').evaluate(
    (lot, given) => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      Object.assign(lot, given);
    },
    { layout, lang },
  );
}

/** Returns a page with all pictures. @param {string[]} names */
function sheet(names) {
  const figures = names.map(
    (name) => `<figure><a href="${name}.png"><img src="${name}.png"></a>${name}</figure>`,
  );
  return `<!doctype html><meta charset="utf-8"><title>Screenshots</title>
<style>body{display:flex;flex-wrap:wrap;gap:8px;font:14px sans-serif}figure{margin:0;width:480px}
img{border:1px solid #999;display:block;max-width:100%}</style>
${figures.join('\n')}`;
}
