import { DEFAULT_SLOT_NAMES, SlotNames } from '../freeswitch/slot-names.ts';

/** The lot and the slots of the feature codes. */
export interface FeatureCodes {
  readonly lot: string;
  readonly context: string;
  readonly slots: number;
  readonly patienceMs: number;
  readonly slotNames?: string | undefined;
}

/**
 * Returns the part of a dialplan with which telephones park in a lot and fetch from it. If slots are
 * named by their numbers, `*5` stands before the number.
 */
export function featureCodes(codes: FeatureCodes): string {
  const { lot, context, slots, patienceMs, slotNames = DEFAULT_SLOT_NAMES } = codes;
  const dialled = new SlotNames(slotNames).dialled(slots);
  const number = `^${/^#+$/.test(slotNames) ? '\\*5' : ''}(${dialled})$`;
  const seconds = Math.ceil(patienceMs / 1_000);
  return `<extension name="valet_park">
  <condition field="destination_number" expression="${number}">
    <action application="set" data="valet_parking_timeout=5"/>
  </condition>
  <condition field="\${sip_h_Referred-By}" expression="sip:([^@]+)@" break="never">
    <action application="set" data="valet_parking_timeout=${seconds}"/>
    <action application="set" data="valet_parking_orbit_exten=$1"/>
    <action application="set" data="valet_parking_orbit_context=${context}"/>
  </condition>
  <condition field="destination_number" expression="${number}">
    <action application="answer"/>
    <action application="valet_park" data="${lot} $1"/>
  </condition>
</extension>`;
}
