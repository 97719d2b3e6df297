import type { HostActionRequest } from './host-actions.ts';
import { isHeld } from './obstacle.ts';
import type { Panel } from './panel.ts';
import type { ParkRequest, TileDrop, TileRequest } from './tile-request.ts';

/** Runs the commands of tiles and of the calls beside them. */
export function handleTiles(lot: Panel): void {
  const { controller } = lot;
  const handle = (type: string, run: (detail: never) => unknown): void => {
    lot.addEventListener(type, (event) => void run((event as CustomEvent<never>).detail));
  };
  handle('parking-select', (call: string) => controller.select(call));
  handle('parking-park', ({ slot }: ParkRequest) => controller.park(slot));
  handle('parking-check', ({ slot }: TileRequest) => {
    lot.dialog = null;
    return controller.check(slot);
  });
  handle('parking-bridge', ({ slot, uuid }: TileRequest) => controller.bridge(slot, uuid));
  handle('parking-pick-up', ({ slot, uuid }: TileRequest) => controller.pickUp(slot, uuid));
  handle('parking-cancel', ({ slot }: TileRequest) => controller.cancelPickUp(slot));
  handle('parking-details', ({ slot }: TileRequest) => (lot.dialog = { slot }));
  handle('parking-host-action', (request: HostActionRequest) => {
    // A screen reader does not read the messages behind an open dialog.
    lot.dialog = null;
    return controller.runHostAction(request);
  });
  handle('parking-drop', (drop: TileDrop) => onDrop(lot, drop));
  handle('parking-go-to', async (slot: number) => (await lot.reveal(slot))?.focus());
}

/** Selects the call that was dropped on a tile, or chosen for it, and presses the tile. */
async function onDrop(lot: Panel, { slot, uuid, call }: TileDrop): Promise<void> {
  const { controller } = lot;
  lot.dialog = null;
  controller.select(call);
  // The call may have ended while it was dragged. Then another call is selected.
  if (controller.call?.call !== call) return controller.showStatus({ key: 'error.no-such-call' });
  await lot.updateComplete;
  const tile = await lot.reveal(slot);
  tile?.focus();
  tile?.press(isHeld(tile.view) ? 'bridge' : 'park', uuid);
}
