import { type Dialect, ValetPark, type ValetParkOptions } from 'valet-park';
import { server } from './server.ts';

/** The facts that a page needs to open a client at its own server. */
export interface OwnServer {
  readonly token: string;
  /** The ids of the extensions. */
  readonly ids: readonly string[];
  readonly dialect: Dialect;
  readonly fetch?: NonNullable<ValetParkOptions['fetch']>;
}

/** Opens a client at the server that serves this page. */
export function openPark({ token, ids, ...how }: OwnServer): Promise<ValetPark> {
  const feed = new URLSearchParams(ids.map((id) => ['extension', id]));
  return ValetPark.open({
    baseUrl: `${server.base}/api/ver1.0`,
    extension: ids,
    headers: () => ({ Authorization: `Bearer ${token}` }),
    feed: `${server.base}/feed?${feed}`,
    tabs: server.isShared ? 'auto' : 'solo',
    ...how,
  });
}
