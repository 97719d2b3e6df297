/**
 * Rejects a request whose connection is to be closed without an answer.
 *
 * A `Response` cannot express this. `listen` closes the connection. Code that calls the `fetch` of a
 * switch directly sees the same error as for a lost connection.
 */
export class Lost extends TypeError {
  constructor() {
    super('fetch failed: the connection was closed without an answer');
    this.name = 'Lost';
  }
}
