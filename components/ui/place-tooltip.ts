export type Side = 'top' | 'bottom' | 'left' | 'right';

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const OPPOSITE: Record<Side, Side> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' };
/** Between the element and its tooltip, and between the tooltip and the edge of the window, in px. */
const GAP = 6;
const EDGE = 8;

/** Where a tooltip goes: centred on its side, on the other side when there is no room, never out of the window. */
export function placeTooltip(
  anchor: Box,
  tip: Pick<Box, 'width' | 'height'>,
  view: Pick<Box, 'width' | 'height'>,
  wanted: Side,
): { left: number; top: number; side: Side } {
  const room: Record<Side, number> = {
    top: anchor.top - GAP - EDGE - tip.height,
    bottom: view.height - anchor.top - anchor.height - GAP - EDGE - tip.height,
    left: anchor.left - GAP - EDGE - tip.width,
    right: view.width - anchor.left - anchor.width - GAP - EDGE - tip.width,
  };
  const side = room[wanted] < 0 && room[OPPOSITE[wanted]] >= 0 ? OPPOSITE[wanted] : wanted;
  const across = side === 'top' || side === 'bottom';
  const left = across
    ? anchor.left + anchor.width / 2 - tip.width / 2
    : side === 'left'
      ? anchor.left - GAP - tip.width
      : anchor.left + anchor.width + GAP;
  const top = across
    ? side === 'top'
      ? anchor.top - GAP - tip.height
      : anchor.top + anchor.height + GAP
    : anchor.top + anchor.height / 2 - tip.height / 2;
  return {
    left: Math.round(Math.max(EDGE, Math.min(left, view.width - EDGE - tip.width))),
    top: Math.round(Math.max(EDGE, Math.min(top, view.height - EDGE - tip.height))),
    side,
  };
}
