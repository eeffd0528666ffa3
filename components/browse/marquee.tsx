'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Entry } from '#lib/assets/schema.ts';
import type { GridPlan } from './grid-plan.ts';
import type { Collection } from './use-collection.ts';
import type { WindowedList } from './use-window.ts';

type Point = { x: number; y: number };
/** Px that the pointer moves before a press becomes a drag. */
const slack = 5;
/** Px at the upper and lower edge where a drag scrolls, and px a frame. */
const edge = 36;
const speed = 14;

/** A drag over empty space chooses what it touches; with Ctrl or Shift it adds to what was chosen. The keyboard has ranges for it. */
export function Marquee({
  scroller,
  view,
  plan,
  collection,
  off,
}: {
  scroller: RefObject<HTMLElement | null>;
  view: WindowedList;
  plan: GridPlan;
  collection: Collection;
  off: boolean;
}) {
  const [box, setBox] = useState<{ left: number; top: number; width: number; height: number } | null>(null);
  const latest = useRef({ plan, collection, view });
  useEffect(() => {
    latest.current = { plan, collection, view };
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element || off) return;
    let start: Point | null = null;
    let last = { x: 0, y: 0 };
    let kept: readonly Entry[] = [];
    let dragging = false;
    let frame = 0;

    const pointOf = ({ x, y }: Point): Point => {
      const { left, top } = (latest.current.view.frame.current as HTMLElement).getBoundingClientRect();
      const { view: now } = latest.current;
      const seen = element.getBoundingClientRect().top;
      // From the screen into the list, which may be higher than its element.
      return { x: x - left, y: now.top() + (y - Math.max(seen, top)) };
    };
    const update = () => {
      if (!start) return;
      const to = pointOf(last);
      const area = {
        left: Math.min(start.x, to.x),
        right: Math.max(start.x, to.x),
        top: Math.min(start.y, to.y),
        bottom: Math.max(start.y, to.y),
      };
      const { plan: now, collection: all, view: window } = latest.current;
      const frameTop = window.canvas.current?.offsetTop ?? 0;
      setBox({
        left: area.left,
        top: area.top + frameTop,
        width: area.right - area.left,
        height: area.bottom - area.top,
      });
      const touched = now
        .within(area)
        .map((index) => all.listing.at(index))
        .filter((entry) => entry !== undefined);
      all.selectEntries([...kept, ...touched]);
    };
    const scrollAtEdge = () => {
      const { top, bottom } = element.getBoundingClientRect();
      const by = last.y < top + edge ? -speed : last.y > bottom - edge ? speed : 0;
      if (by !== 0) {
        element.scrollTop += by;
        update();
      }
      frame = requestAnimationFrame(scrollAtEdge);
    };
    const onDown = (event: PointerEvent) => {
      const target = event.target as Element;
      const onBar = event.clientX > element.getBoundingClientRect().left + element.clientWidth;
      if (event.button !== 0 || event.pointerType !== 'mouse' || onBar) return;
      if (target.closest('[data-entry], button, a, input, [role=rowheader]')) return;
      last = { x: event.clientX, y: event.clientY };
      start = pointOf(last);
      kept = event.ctrlKey || event.metaKey || event.shiftKey ? latest.current.collection.chosen.entries : [];
      element.setPointerCapture(event.pointerId);
    };
    const onMove = (event: PointerEvent) => {
      if (!start) return;
      const moved = Math.hypot(event.clientX - last.x, event.clientY - last.y);
      if (!dragging && moved < slack) return;
      last = { x: event.clientX, y: event.clientY };
      if (!dragging) {
        dragging = true;
        frame = requestAnimationFrame(scrollAtEdge);
      }
      update();
    };
    const end = () => {
      start = null;
      cancelAnimationFrame(frame);
      setBox(null);
    };
    const onUp = () => end();
    const onClick = (event: MouseEvent) => {
      if (!dragging) return;
      // The click that ends a drag lets go of nothing.
      dragging = false;
      event.stopPropagation();
    };
    element.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onUp);
    element.addEventListener('pointercancel', onUp);
    element.addEventListener('click', onClick, true);
    return () => {
      end();
      element.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onUp);
      element.removeEventListener('pointercancel', onUp);
      element.removeEventListener('click', onClick, true);
    };
  }, [scroller, off]);
  if (!box) return null;
  return (
    <div
      aria-hidden="true"
      style={box}
      className="pointer-events-none absolute z-selection rounded-1 border border-accent bg-accent-soft opacity-60"
    />
  );
}
