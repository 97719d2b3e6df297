/** The messages of the page: a request, or the end of one whose answer the page no longer needs. */
export type ToWorker =
  | {
      readonly kind: 'request';
      readonly id: number;
      readonly url: string;
      readonly method: string;
      readonly headers: readonly (readonly [name: string, value: string])[];
      readonly body: string | null;
    }
  | { readonly kind: 'abort'; readonly id: number };

/** The messages of the worker: the parts of an answer, in order. */
export type ToPage = { readonly id: number } & (
  | {
      readonly kind: 'head';
      readonly status: number;
      readonly headers: readonly (readonly [name: string, value: string])[];
    }
  | { readonly kind: 'chunk'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end' }
  /** The connection is lost, before or during the answer. */
  | { readonly kind: 'lost' }
);
