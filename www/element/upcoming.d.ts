// Members of the client that this element uses and that its types do not have yet.

import 'valet-park';

declare module 'valet-park' {
  interface ValetPark {
    /** The last inputs of the core, without personal data. */
    recording(): { readonly version: string; readonly entries: readonly unknown[] };
  }
}
