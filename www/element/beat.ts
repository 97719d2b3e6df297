const beats = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Four times a second, so that no digit is late by more than a quarter. */
const everyMs = 250;

/** Calls `beat` as time passes. All of a page share one timer, which runs while anybody listens. */
export function onBeat(beat: () => void): () => void {
  beats.add(beat);
  timer ??= setInterval(() => beats.forEach((each) => each()), everyMs);
  return () => {
    beats.delete(beat);
    if (beats.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
