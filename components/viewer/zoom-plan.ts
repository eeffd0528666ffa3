// Zoom of a picture on a stage: pure, so that "the point under the pointer stays" is tested and not looked at.

export type Size = { width: number; height: number };
/** `scale`: stage pixels a picture pixel. `x`, `y`: how far the middle of the picture lies from the middle of the stage, in px. */
export type Zoom = { scale: number; x: number; y: number };
export type Point = { x: number; y: number };

/** Air around a picture that fits, px; a phone has none to give. */
const air = (stage: Size) => (stage.width < 600 ? 0 : 28);
/** Times that one picture pixel may be enlarged. */
const mostEnlarged = 8;
const step = 1.4;

/** The whole picture, never enlarged. */
export function fitZoom(stage: Size, picture: Size): Zoom {
  const margin = air(stage);
  const width = Math.max(1, stage.width - 2 * margin);
  const height = Math.max(1, stage.height - 2 * margin);
  return { scale: Math.min(1, width / picture.width, height / picture.height), x: 0, y: 0 };
}

/** @param point from the middle of the stage; it shows the same part of the picture before and after */
export function zoomTo(now: Zoom, scale: number, point: Point, stage: Size, picture: Size): Zoom {
  const fit = fitZoom(stage, picture).scale;
  const next = Math.min(mostEnlarged, Math.max(Math.min(fit, 1), scale));
  const ratio = next / now.scale;
  return keepOnStage(
    { scale: next, x: point.x - (point.x - now.x) * ratio, y: point.y - (point.y - now.y) * ratio },
    stage,
    picture,
  );
}

export const zoomIn = (now: Zoom, point: Point, stage: Size, picture: Size) =>
  zoomTo(now, now.scale * step, point, stage, picture);
export const zoomOut = (now: Zoom, point: Point, stage: Size, picture: Size) =>
  zoomTo(now, now.scale / step, point, stage, picture);

export function pan(now: Zoom, by: Point, stage: Size, picture: Size): Zoom {
  return keepOnStage({ ...now, x: now.x + by.x, y: now.y + by.y }, stage, picture);
}

/** A picture smaller than the stage stands in its middle; a larger one leaves no gap at an edge. */
function keepOnStage(zoom: Zoom, stage: Size, picture: Size): Zoom {
  const limit = (shown: number, room: number) => Math.max(0, (shown - room) / 2);
  const across = limit(picture.width * zoom.scale, stage.width);
  const down = limit(picture.height * zoom.scale, stage.height);
  return {
    scale: zoom.scale,
    x: Math.min(across, Math.max(-across, zoom.x)),
    y: Math.min(down, Math.max(-down, zoom.y)),
  };
}

export const isFit = (zoom: Zoom, stage: Size, picture: Size) =>
  Math.abs(zoom.scale - fitZoom(stage, picture).scale) < 0.001;
