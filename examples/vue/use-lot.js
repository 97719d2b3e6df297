import { onScopeDispose, shallowRef } from 'vue';

/** The snapshot as a ref: frozen and compared by identity, so a shallow one is all it takes. */
export function useLot(park) {
  const lot = shallowRef(park.getSnapshot());
  onScopeDispose(park.subscribe(() => (lot.value = park.getSnapshot())));
  return lot;
}
