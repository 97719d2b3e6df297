/** How long presses are ignored after their target has changed, in ms. */
const blockedMs = 350;

/**
 * Ignores a press that comes just after its target changed: the person meant the old target.
 *
 * A target is a text that names what a press would act on.
 */
export class PressGuard {
  #target: string | null = null;
  #changedAt = -Infinity;

  /**
   * Sets the target of a press, or null. Returns true if the target has changed.
   *
   * A first target after null is not a change, because a person could not have meant another one.
   */
  update(target: string | null): boolean {
    const isChanged = this.#target !== null && target !== this.#target;
    if (isChanged) this.#changedAt = performance.now();
    this.#target = target;
    return isChanged;
  }

  /** Sets the target after the person has chosen it. Presses count at once. */
  set(target: string | null): void {
    this.#target = target;
    this.#changedAt = -Infinity;
  }

  /** True if a press now may have been meant for the previous target. */
  get isBlocked(): boolean {
    return performance.now() - this.#changedAt < blockedMs;
  }
}
