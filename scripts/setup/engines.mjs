// Finds or installs Firefox and WebKit, in which the panel is tested beside Chromium, and their
// WebDriver programs. If an engine cannot be installed, the script prints why, and nothing fails: not
// every machine can have all engines.

import { spawnSync } from 'node:child_process';
import { ask, at, whenStarted } from '../step.mjs';
import { programNamed } from './debian.mjs';

/**
 * The programs to start. The driver of WebKit finds its browser itself. That browser opens no
 * window without a screen, so it also needs Xvfb.
 *
 * @typedef {{ driver: string, browser: string | null, screen: string | null }} Engine
 * @typedef {{ missing: string }} Missing  why, in one line
 * @typedef {Engine | Missing} Found
 * @typedef {{ firefox: Found, webkit: Found }} Engines
 */

/** The version of geckodriver to compile: Debian has no package of it. */
const geckodriver = '0.37.1';
const geckodriverFolder = `.cache/geckodriver-${geckodriver}`;

/** The programs by their possible names, with the packages of Debian that contain them. */
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
 * Returns the engines that this machine has.
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
 * Installs the missing engines if that needs no password. Prints a line for each engine that cannot
 * be installed.
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

/** Returns a line for each missing engine. `!!` makes the line visible in a long log. */
export function missing(/** @type {Engines} */ engines) {
  return Object.entries(engines).flatMap(([name, found]) =>
    'missing' in found ? [`!! ${name} is skipped: ${found.missing}`] : [],
  );
}

/** @typedef {{ path: string } | Missing} Place */

/**
 * Joins the parts of an engine. A part that the engine does not need is null.
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
    : {
        missing: `this machine has no ${names[0]}; \`node scripts/setup/engines.mjs\` installs it`,
      };
}

/** @param {keyof typeof wanted} what @returns {Place} */
function need(what) {
  const found = find(what);
  if ('path' in found) return found;
  const { names, packages } = wanted[what];
  const apt = aptGet();
  if (!apt) return { missing: `this machine has no ${names[0]}, and apt-get needs a password` };
  const why = apt('install', '-y', '--no-install-recommends', ...packages);
  return why === null ? find(what) : { missing: `${names[0]} cannot be installed: ${why}` };
}

/** Compiles geckodriver, but only if this machine has Firefox. @returns {Place} */
function needGeckodriver() {
  const found = find('geckodriver');
  if ('path' in found || 'missing' in find('firefox')) return found;
  if (ask('cargo', '--version') === null)
    return { missing: 'geckodriver needs cargo, which is missing' };
  const crate = ['geckodriver', '--version', geckodriver, '--locked'];
  console.error(`▸ geckodriver ${geckodriver}: compiling it once takes a minute`);
  // Compiling without optimization takes half the time, and the driver mostly waits.
  const quickly = ['--debug', '--config', 'profile.dev.debug=0'];
  const why = run('cargo', 'install', ...crate, ...quickly, '--root', at(geckodriverFolder));
  return why === null ? find('geckodriver') : { missing: `geckodriver cannot be compiled: ${why}` };
}

let isUpdated = false;

/** Returns a function that runs apt-get as root, or null if that needs a password. */
function aptGet() {
  const isRoot = process.getuid?.() === 0;
  if (ask('apt-get', '--version') === null) return null;
  if (!isRoot && ask('sudo', '-n', 'true') === null) return null;
  const environment = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  const [command, ...first] = [...(isRoot ? [] : ['sudo', '-n']), ...environment, 'apt-get'];
  return (/** @type {string[]} */ ...args) => {
    console.error(`▸ apt-get ${args.join(' ')}`);
    const why = isUpdated ? null : run(command, ...first, 'update');
    isUpdated = true;
    return why ?? run(command, ...first, ...args);
  };
}

/**
 * Runs a command and shows its output on stderr. Returns why the command failed, or null. Unlike
 * other steps of the set-up, a failure here throws nothing.
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
