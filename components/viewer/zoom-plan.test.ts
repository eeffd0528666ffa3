import { describe, expect, it, test } from 'vitest';
import { fitZoom, isFit, pan, type Zoom, zoomIn, zoomOut, zoomTo } from './zoom-plan.ts';

const stage = { width: 1_000, height: 700 };
const photo = { width: 6_000, height: 4_000 };

test.each([
  [photo, 944 / 6_000],
  [{ width: 100, height: 50 }, 1],
  [{ width: 400, height: 6_440 }, 0.1],
])('a picture of %j fits at %d', (picture, scale) => expect(fitZoom(stage, picture).scale).toBeCloseTo(scale, 6));

/** The picture's own pixel under a point of the stage. */
const under = (zoom: Zoom, point: { x: number; y: number }) => ({
  x: (point.x - zoom.x) / zoom.scale,
  y: (point.y - zoom.y) / zoom.scale,
});

describe('the point under the pointer', () => {
  it.each([
    { x: 0, y: 0 },
    { x: 120, y: -80 },
    { x: -300, y: 150 },
  ])('stays at %j', (point) => {
    const large = zoomTo(fitZoom(stage, photo), 1, { x: 0, y: 0 }, stage, photo);
    const more = zoomIn(large, point, stage, photo);
    expect(under(more, point).x).toBeCloseTo(under(large, point).x, 6);
    expect(under(more, point).y).toBeCloseTo(under(large, point).y, 6);
  });
});

it('zooming out ends where all of it is seen, in the middle', () => {
  let zoom = zoomTo(fitZoom(stage, photo), 2, { x: 300, y: 200 }, stage, photo);
  for (let turn = 0; turn < 20; turn++) zoom = zoomOut(zoom, { x: 400, y: -300 }, stage, photo);
  expect(isFit(zoom, stage, photo)).toBe(true);
  expect([zoom.x, zoom.y].map(Math.abs)).toEqual([0, 0]);
});

it('a drag ends at the edge of the picture', () => {
  const large = zoomTo(fitZoom(stage, photo), 1, { x: 0, y: 0 }, stage, photo);
  expect(pan(large, { x: 99_999, y: -99_999 }, stage, photo)).toEqual({ scale: 1, x: 2_500, y: -1_650 });
  const whole = fitZoom(stage, photo);
  expect(pan(whole, { x: 50, y: 50 }, stage, photo)).toEqual(whole);
});
