/** The response header with the id of the feed message about this answer. */
export const orderHeader = 'X-Feed-Id';

/** The response header with the newest id of the feed when the question was sent to the switch. */
export const sinceHeader = 'X-Feed-Since';
