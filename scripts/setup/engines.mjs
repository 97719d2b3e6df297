// Finds the browsers besides Chromium in which the panel is tried, Firefox and WebKit, each with
// the program that drives it by W3C WebDriver, or installs them. An engine that cannot be had is
// told as missing and fails nothing: not every machine that builds the project can have all.

import { spawnSync } from 'node:child_process';
import { ask, at, whenStarted } from '../step.mjs';
import { programNamed } from './debian.mjs';

/**
 * What has to be started. WebKit's driver knows its browser by itself, and that browser opens no
 * window without a screen, so that one goes with it.
 *
 * @typedef {{ driver: string, browser: string | null, screen: string | null }} Engine
 * @typedef {{ missing: string }} Missing  why, in one line
 * @typedef {Engine | Missing} Found
 * @typedef {{ firefox: Found, webkit: Found }} Engines
 */

/** Debian has no package of it, so its authors' crate is compiled. */
const geckodriver = '0.37.1';
const geckodriverFolder = `.cache/geckodriver-${geckodriver}`;

/** What is looked for, the names under which it goes, and the packages of Debian that bring it. */
const wanted = {
  firefox: { names: ['firefox-esr', 'firefox'], packages: ['firefox-esr', 'fonts-liberation'] },
  geckodriver: { names: ['geckodriver'], packages: [] },
  webkit: {
    names: ['WebKitWebDriver'],
    packages: ['webkit2gtk-driver', 'fonts-liberation'],
  },
  screen: { names: ['Xvfb'], packages: ['xvfb'] },
};

/**
 * Which engines this machine has.
 *
 * @returns {Engines}
 */
export function findEngines() {
  return {
    firefox: together(find('firefox'), find('geckodriver'), null),
    webkit: together(null, find('webkit'), find('screen')),
  };
}

/**
 * Installs what is missing, as far as that goes without asking anybody, and says what is not to be
 * had.
 *
 * @returns {Engines}
 */
export function installEngines() {
  const firefox = together(need('firefox'), needGeckodriver(), null);
  const webkit = together(null, need('webkit'), need('screen'));
  const engines = { firefox, webkit };
  for (const line of missing(engines)) console.error(line);
  return engines;
}

/** A line for each engine that is not there, loud enough to be seen among others. */
export function missing(/** @type {Engines} */ engines) {
  return Object.entries(engines).flatMap(([name, found]) =>
    'missing' in found ? [`!! ${name} is skipped: ${found.missing}`] : [],
  );
}

/** @typedef {{ path: string } | Missing} Place */

/**
 * The parts of an engine, of which null is one that it does without.
 *
 * @param {Place | null} browser @param {Place} driver @param {Place | null} screen
 * @returns {Found}
 */
function together(browser, driver, screen) {
  if (browser && 'missing' in browser) return browser;
  if ('missing' in driver) return driver;
  if (screen && 'missing' in screen) return screen;
  return { driver: driver.path, browser: browser?.path ?? null, screen: screen?.path ?? null };
}

/** @param {keyof typeof wanted} what @returns {Place} */
function find(what) {
  const { names } = wanted[what];
  const own = what === 'geckodriver' ? [at(`${geckodriverFolder}/bin`)] : [];
  const path = programNamed(names, ...own);
  return path
    ? { path }
    : { missing: `there is no ${names[0]}; \`node scripts/setup/engines.mjs\` installs it` };
}

/** @param {keyof typeof wanted} what @returns {Place} */
function need(what) {
  const found = find(what);
  if ('path' in found) return found;
  const { names, packages } = wanted[what];
  const apt = aptGet();
  if (!apt) return { missing: `there is no ${names[0]}, and no right to install it with apt-get` };
  const why = apt('install', '-y', '--no-install-recommends', ...packages);
  return why === null ? find(what) : { missing: `${names[0]} cannot be installed: ${why}` };
}

/** Compiled only where there is a Firefox to drive with it. @returns {Place} */
function needGeckodriver() {
  const found = find('geckodriver');
  if ('path' in found || 'missing' in find('firefox')) return found;
  if (ask('cargo', '--version') === null) return { missing: 'there is no cargo for geckodriver' };
  const crate = ['geckodriver', '--version', geckodriver, '--locked'];
  console.error(`▸ geckodriver ${geckodriver}: compiling it once takes some minutes`);
  const why = run('cargo', 'install', ...crate, '--root', at(geckodriverFolder));
  return why === null ? find('geckodriver') : { missing: `geckodriver cannot be compiled: ${why}` };
}

let isUpdated = false;

/** Runs apt-get with the rights that it needs, or is null where nobody gives them unasked. */
function aptGet() {
  const isRoot = process.getuid?.() === 0;
  if (ask('apt-get', '--version') === null) return null;
  if (!isRoot && ask('sudo', '-n', 'true') === null) return null;
  const environment = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  const [command = '', ...first] = [...(isRoot ? [] : ['sudo', '-n']), ...environment, 'apt-get'];
  return (/** @type {string[]} */ ...args) => {
    console.error(`▸ apt-get ${args.join(' ')}`);
    const why = isUpdated ? null : run(command, ...first, 'update');
    isUpdated = true;
    return why ?? run(command, ...first, ...args);
  };
}

/**
 * Runs a command whose output goes where progress goes, and tells why it failed, or null. What
 * fails here ends nothing, so it throws no failure as other steps of the set-up do.
 *
 * @param {string} command @param {...string} args
 */
function run(command, ...args) {
  const { status, signal, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2] });
  if (error) return error.message;
  return status === 0 ? null : `\`${command} ${args[0]} …\` ended with ${signal ?? status}`;
}

await whenStarted(import.meta.url, () => {
  console.log(JSON.stringify(installEngines(), null, 2));
});
