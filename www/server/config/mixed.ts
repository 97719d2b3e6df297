import { ONE_RELAY } from '../relay/options.ts';
import type { Given } from './config.ts';
import { ConfigError } from './config-error.ts';
import { SETTINGS, type SettingName } from './settings.ts';

/** The two kinds of real switches. */
export type SwitchKind = 'hosted' | 'freeswitch';

type Settings = ReadonlyMap<SettingName, Given>;

/**
 * Refuses settings that have no effect, because they belong to another program or to another switch.
 *
 * @throws ConfigError for the first of them.
 */
export function refuseMixed(hasLots: boolean, given: Settings): void {
  const hosted = given.get('upstream');
  const engine = given.get('freeswitch');
  const source = (hosted ?? engine ?? given.get('lots'))?.origin ?? 'a [[lot]]';
  const isRelay = hasLots || (hosted ?? engine) !== undefined;
  if (!hasLots && hosted !== undefined && engine !== undefined) {
    throw new ConfigError(
      `${hosted.origin} and ${engine.origin} name two switches: remove one of them, or write a [[lot]] ` +
        'for each',
    );
  }
  for (const [name, { origin }] of given) {
    const { of } = SETTINGS[name];
    if (isRelay && of === 'switch') {
      throw new ConfigError(
        `${origin} belongs to the embedded switch, but ${source} makes this a relay: remove one of ` +
          'them, or start the embedded switch in another folder',
      );
    }
    if (isRelay || of === 'both' || of === 'switch') continue;
    throw new ConfigError(
      `${origin} belongs to a relay: name the switch, too, with ${EXAMPLES[of]}`,
    );
  }
  if (isRelay && !hasLots) {
    refuseOther(hosted === undefined ? 'freeswitch' : 'hosted', given, source);
  }
}

/** Refuses settings of the other kind of switch. `source` names this kind. @throws ConfigError */
export function refuseOther(kind: SwitchKind, given: Settings, source: string): void {
  for (const [name, { origin }] of given) {
    const { of } = SETTINGS[name];
    if (of === 'both' || of === 'relay' || of === kind) continue;
    const why =
      name === 'redis'
        ? ONE_RELAY
        : `${name} belongs to a relay ${of === 'hosted' ? 'on a hosted switch' : 'on FreeSWITCH'}`;
    throw new ConfigError(`${origin} cannot stand beside ${source}: ${why}. Remove one of them`);
  }
}

const EXAMPLES = {
  relay: '--upstream https://pbx.example or --freeswitch 127.0.0.1:8021',
  hosted: '--upstream https://pbx.example',
  freeswitch: '--freeswitch 127.0.0.1:8021',
} as const;
