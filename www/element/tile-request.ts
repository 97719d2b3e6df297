// The details of the events that a tile and the cards of the calls fire.

/** A request to park the selected call. A null slot means any slot. */
export interface ParkRequest {
  readonly slot: number | null;
}

/** A request about one slot. `uuid` is the call that the tile showed there. */
export interface TileRequest {
  readonly slot: number;
  readonly uuid: string | null;
}

/** A call that was dropped on a tile. */
export interface TileDrop extends TileRequest {
  readonly call: string;
}

/** The data type of a dragged call. The data is the name of the call. */
export const dragged = 'application/x-valet-park-call';
