// Finds or installs Firefox and WebKit, in which the panel is tested beside Chromium. If an engine cannot
// be installed, the script prints why, and nothing fails: not every machine can have all engines.

import { spawnSync } from 'node:child_process';
import { ask, whenStarted } from '../step.mjs';
import { programNamed } from './debian.mjs';

/**
 * The paths of the programs of each engine. The driver of WebKit finds its browser itself. That browser
 * opens no window without a screen, so it also needs Xvfb.
 *
 * @typedef {{ missing: string }} Missing  why, in one line
 * @typedef {{ browser: string }} Firefox
 * @typedef {{ driver: string, screen: string }} Webkit
 * @typedef {{ firefox: Firefox | Missing, webkit: Webkit | Missing }} Engines
 */

/** The programs by their possible names, with the packages of Debian that contain them. */
const wanted = {
  firefox: { names: ['firefox-esr', 'firefox'], packages: ['firefox-esr', 'fonts-liberation'] },
  webkit: {
    names: ['WebKitWebDriver'],
    packages: ['webkit2gtk-driver', 'fonts-liberation'],
  },
  screen: { names: ['Xvfb'], packages: ['xvfb'] },
};

/** Returns the engines that this machine has. */
export function findEngines() {
  return enginesOf(find);
}

/**
 * Installs the missing engines if that needs no password. Prints a line for each engine that cannot
 * be installed.
 *
 * @returns {Engines}
 */
export function installEngines() {
  const engines = enginesOf(need);
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
 * Returns the paths of the programs of each engine, or why one of them is missing. `place` returns the
 * path of one program.
 *
 * @param {(what: keyof typeof wanted) => Place} place @returns {Engines}
 */
function enginesOf(place) {
  const [browser, driver] = [place('firefox'), place('webkit')];
  const firefox = 'missing' in browser ? browser : { browser: browser.path };
  if ('missing' in driver) return { firefox, webkit: driver };
  const screen = place('screen');
  const webkit = 'missing' in screen ? screen : { driver: driver.path, screen: screen.path };
  return { firefox, webkit };
}

/**
 * Finds a program.
 *
 * @param {keyof typeof wanted} what @returns {Place}
 */
function find(what) {
  const { names } = wanted[what];
  const path = programNamed(names);
  return path
    ? { path }
    : {
        missing: `this machine has no ${names[0]}; \`node scripts/setup/engines.mjs\` installs it`,
      };
}

/**
 * Finds a program, or installs it.
 *
 * @param {keyof typeof wanted} what @returns {Place}
 */
function need(what) {
  const found = find(what);
  if ('path' in found) return found;
  const { names, packages } = wanted[what];
  const apt = aptGet();
  if (!apt) return { missing: `this machine has no ${names[0]}, and apt-get needs a password` };
  const why = apt('install', '-y', '--no-install-recommends', ...packages);
  return why === null ? find(what) : { missing: `${names[0]} cannot be installed: ${why}` };
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
