import { expect, test } from 'vitest';
import { placeTooltip } from './place-tooltip.ts';

const view = { width: 400, height: 300 };
const tip = { width: 80, height: 24 };
const anchor = (left: number, top: number) => ({ left, top, width: 28, height: 28 });

test.each([
  ['in the middle', anchor(186, 136), 'bottom', { left: 160, top: 170, side: 'bottom' }],
  ['above', anchor(186, 136), 'top', { left: 160, top: 106, side: 'top' }],
  ['right', anchor(186, 136), 'right', { left: 220, top: 138, side: 'right' }],
  ['no room below', anchor(186, 260), 'bottom', { left: 160, top: 230, side: 'top' }],
  ['no room above', anchor(186, 4), 'top', { left: 160, top: 38, side: 'bottom' }],
  ['at the right edge', anchor(370, 136), 'bottom', { left: 312, top: 170, side: 'bottom' }],
  ['at the left edge', anchor(2, 136), 'bottom', { left: 8, top: 170, side: 'bottom' }],
] as const)('%s', (_name, at, side, place) => expect(placeTooltip(at, tip, view, side)).toEqual(place));

test('no room anywhere: it stays inside the window', () => {
  const place = placeTooltip({ left: 0, top: 0, width: 400, height: 300 }, tip, view, 'bottom');
  expect(place.top + tip.height).toBeLessThanOrEqual(view.height - 8);
});
