import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config-error.ts';
import { variableOf, type SettingName } from './settings.ts';
import type { Config, Environment } from './read.ts';

/**
 * Returns a secret from a file or from the environment. Null without a secret.
 *
 * The sources, in this order: the file `<name>` in `CREDENTIALS_DIRECTORY`, where systemd puts secrets;
 * the file that the setting `<name>-file` names; the variable `VALET_PARK_<NAME>`. No message contains
 * a secret. No message contains a path either: a person may have written the secret in place of a path.
 *
 * @throws ConfigError if the file cannot be used.
 */
export function readSecret(
  name: 'client-secret' | 'notify-secret' | 'freeswitch-password',
  config: Config,
  environment: Environment,
): string | null {
  const folder = environment['CREDENTIALS_DIRECTORY'];
  const credential = folder === undefined ? null : join(folder, name);
  if (credential !== null && existsSync(credential)) {
    return readSecretFile(credential, `the credential ${name}`);
  }
  const setting = `${name}-file` as const satisfies SettingName;
  const file = config.pathOf(setting);
  if (file !== null) return readSecretFile(file, config.originOf(setting));
  const variable = environment[variableOf(name)];
  if (variable === undefined || variable === '') return null;
  return withoutEnd(variable, variableOf(name));
}

/** Reads a secret file that other users cannot read. `origin` says who named the file. */
export function readSecretFile(file: string, origin: string): string {
  let text: string;
  try {
    const { mode } = statSync(file);
    if (process.platform !== 'win32' && (mode & 0o007) !== 0) {
      const message = `${origin} names a file that every user can read: chmod 600 the file, and restart`;
      throw new ConfigError(message);
    }
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new ConfigError(`${origin} names a file that ${reason}: it is the path of a file`);
  }
  return withoutEnd(text, origin);
}

/** Removes the end of the line that editors add. */
function withoutEnd(text: string, origin: string): string {
  const secret = text.replace(/\r?\n$/, '');
  if (/^[ -~]{1,512}$/.test(secret) && secret.trim() === secret) return secret;
  throw new ConfigError(
    `${origin} must contain the secret alone: one line of 1 to 512 ASCII characters, without spaces at ` +
      'its ends',
  );
}
