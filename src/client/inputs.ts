import type { MirrorHandle } from '../../build/glue/valet_park.js';
import type { Effects } from './effects.js';

/** The names of the inputs: the methods of the mirror that take the time and return effects. */
export type Verb = {
  [V in keyof MirrorHandle]: MirrorHandle[V] extends (now: number, ...rest: never[]) => Effects
    ? V
    : never;
}[keyof MirrorHandle];

/** The arguments of an input after the time. */
export type Rest<V extends Verb> =
  Parameters<MirrorHandle[V]> extends [now: number, ...rest: infer R] ? R : never;

/** The inputs of a mirror. This type tells TypeScript which arguments belong to which name. */
export type Inputs = { readonly [V in Verb]: (now: number, ...rest: Rest<V>) => Effects };
