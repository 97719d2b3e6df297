/** The room that a message needs, in CSS px. */
const roomPx = 96;

/** Returns the side of a row of chips on which a message has room: above it, below it, or over it. */
export function toastSide(row: Element): 'above' | 'below' | 'over' {
  const { top, bottom } = row.getBoundingClientRect();
  if (top >= roomPx) return 'above';
  return window.innerHeight - bottom >= roomPx ? 'below' : 'over';
}
