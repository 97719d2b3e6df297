/** Where the text of one subscriber goes. */
export interface Sink {
  /**
   * Sends text. Returns false if the sink is full. Then the line waits until the owner of the sink
   * calls `resume`.
   */
  write(text: string): boolean;
  end(): void;
}

/** The start of a subscription. */
export interface Start {
  /** The id of the last entry that the subscriber knows. */
  readonly seen: number;
  /** The messages that are sent before all entries, as texts without their `id` lines. */
  readonly messages: readonly string[];
}

/** A new subscription. */
export interface Subscription {
  /** The ids of the extensions. */
  readonly extensions: readonly string[];
  readonly start: Start;
  /** The name of the token of the subscriber. `Feed.endLinesOf` ends its subscriptions. */
  readonly owner?: string | undefined;
  /** Returns the messages that replace a `reset`. Undefined for a subscriber that gets a `reset`. */
  readonly continuesWith?: (() => readonly string[]) | undefined;
  /** True for a line that opens and then sends neither entries nor comments. */
  readonly isSilent?: boolean;
}

/** One open subscription: a place in the log, and no buffer. */
export interface Line {
  readonly subscription: Omit<Subscription, 'start'>;
  readonly sink: Sink;
  /** The id of the last entry that was written. */
  seen: number;
  /** True while the sink has room. */
  hasRoom: boolean;
}
