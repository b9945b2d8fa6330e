/** A part of the window, in CSS pixels from its upper left corner. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface Size {
  width: number;
  height: number;
}

const gap = 12; // between a control and what is said of it
const room = 8; // to the edge of the window

/** Where a box stands beside a control: below it, else above it, else over its end; always inside of the window. */
export function placeBeside(anchor: Box, box: Size, view: Size): { left: number; top: number } {
  const lowest = view.height - room - box.height;
  const below = anchor.top + anchor.height + gap;
  const above = anchor.top - gap - box.height;
  const free = below <= lowest ? below : above >= room ? above : lowest;
  return {
    left: Math.max(room, Math.min(anchor.left, view.width - room - box.width)),
    top: Math.max(room, Math.min(free, lowest)),
  };
}

/** How far to scroll so that a control stands in the window with the box below it, or as much of it as there is room for. */
export function scrollBeside(anchor: Box, box: Size, view: Size, stuck = 0): number {
  const both = anchor.height + gap + box.height;
  const spare = view.height - stuck - both;
  const top = stuck + (spare > 0 ? spare / 2 : room * 2);
  return anchor.top - top;
}
