/**
 * The connection is to be closed without an answer.
 *
 * There is no `Response` that says so; whoever carries the switch over a network closes the
 * connection, and to whoever calls its `fetch` directly this is what a lost connection looks like.
 */
export class Lost extends TypeError {
  constructor() {
    super('fetch failed: the connection was closed without an answer');
    this.name = 'Lost';
  }
}
