import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivateFile } from '../access/store.ts';
import { readKey, readReceiver, type NotifyOptions } from '../notify/options.ts';
import { ConfigError } from './config-error.ts';
import type { Config, Environment } from './read.ts';
import { readSecret, readSecretFile } from './secret.ts';

/** The options of the notifications, and the text that says how they are signed. */
export interface ConfiguredNotify {
  readonly options: NotifyOptions;
  readonly text: string;
}

/**
 * Returns the options of the notifications. Null if there is no receiver.
 *
 * Without a secret in the settings, a relay keeps one in its `folder`, and creates it if it is
 * missing. The embedded switch has no folder, and gets a new secret at each start.
 *
 * @throws ConfigError for a receiver or a secret that is wrong. The message contains neither of them.
 */
export function notifyOptions(
  config: Config,
  environment: Environment,
  folder: string | null,
): ConfiguredNotify | null {
  const { notify: to, 'notify-private': allowPrivate = false } = config.values;
  const given = readSecret('notify-secret', config, environment);
  if (to === undefined) {
    const { 'notify-secret-file': file, 'notify-private': isPrivate } = config.values;
    if (file === undefined && isPrivate === undefined) return null;
    const origin = config.originOf(file === undefined ? 'notify-private' : 'notify-secret-file');
    throw new ConfigError(`${origin} needs notify, too: the URLs of the receivers`);
  }
  const receivers = to.map((text) =>
    checked(config.originOf('notify'), () => readReceiver(text, allowPrivate)),
  );
  if (given !== null) checked('the secret of the notifications', () => readKey(given));
  const { secret, where } =
    given === null ? ownSecret(folder) : { secret: given, where: 'the secret of the settings' };
  return {
    options: { to, secret, allowPrivate },
    text: `notifications: ${receivers.map(({ name }) => name).join(', ')}; signed with ${where}\n`,
  };
}

/** Returns what `read` returns. @throws ConfigError with the origin of the setting if `read` throws. */
function checked<Value>(origin: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw new ConfigError(`${origin}: ${(error as Error).message}`);
  }
}

function ownSecret(folder: string | null): { secret: string; where: string } {
  const made = `whsec_${randomBytes(24).toString('base64')}`;
  if (folder === null) return { secret: made, where: made };
  const file = join(folder, 'notify-secret');
  if (!existsSync(file)) writePrivateFile(file, `${made}\n`);
  const secret = readSecretFile(file, file);
  checked(file, () => readKey(secret));
  return { secret, where: `the secret in ${file}` };
}
