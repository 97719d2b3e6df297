import { tryOr } from './browser-features.ts';

let lastPointer: string | null = null;

/** Records with which pointer a person presses. */
export function notePointer({ pointerType }: PointerEvent): void {
  lastPointer = pointerType;
}

/** True if the person at this panel taps: texts then say "tap" and name no keys. */
export function isTouch(): boolean {
  if (lastPointer !== null) return lastPointer === 'touch';
  return tryOr(() => matchMedia('(hover: none) and (pointer: coarse)').matches, false);
}
