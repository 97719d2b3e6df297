import { onScopeDispose, shallowRef } from 'vue';

/** Returns the snapshot as a ref. A shallow ref is enough, because snapshots are frozen. */
export function useLot(park) {
  const lot = shallowRef(park.getSnapshot());
  onScopeDispose(park.subscribe(() => (lot.value = park.getSnapshot())));
  return lot;
}
