'use client';

import { type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { fitZoom, isFit, type Point, pan, type Size, type Zoom, zoomIn, zoomOut, zoomTo } from './zoom-plan.ts';

/** Size of an element, followed. */
export function useSize(element: RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

/** What keys and buttons call; a PDF has it too. */
export type ZoomControl = {
  /** All of it is seen. */
  whole: boolean;
  fit: () => void;
  hundred: () => void;
  larger: () => void;
  smaller: () => void;
  move: (by: Point) => void;
  /** Shows what another stage shows; null: all of it. */
  follow?: (zoom: Zoom | null) => void;
};

/** Px that a finger moves before it is a swipe, and how far one has to go. */
const swipeFrom = 12;
const swipeFar = 70;

/**
 * Zoom and place of a picture on a stage: wheel, drag, two fingers, and the calls for keys and buttons. While all of it is seen, a
 * finger that moves is a swipe.
 */
export function useZoom(
  stage: Size | null,
  picture: Size | null,
  onSwipe?: (way: 'left' | 'right' | 'down') => void,
  other?: RefObject<ZoomControl | null>,
) {
  // Null: as large as fits, whatever the stage becomes.
  const [own, setOwnAlone] = useState<Zoom | null>(null);
  const setOwn = useCallback(
    (next: Zoom | null) => {
      setOwnAlone(next);
      other?.current?.follow?.(next);
    },
    [other],
  );
  const zoom = own ?? (stage && picture ? fitZoom(stage, picture) : null);
  const latest = useRef(own);
  useEffect(() => {
    latest.current = own;
  }, [own]);
  const change = useCallback(
    (next: (now: Zoom, stage: Size, picture: Size) => Zoom) => {
      if (!stage || !picture) return;
      const made = next(latest.current ?? fitZoom(stage, picture), stage, picture);
      // Two calls may come before the next drawing, and the second goes on from the first.
      latest.current = isFit(made, stage, picture) ? null : made;
      setOwn(latest.current);
    },
    [stage, picture, setOwn],
  );
  const hundredAt = (point: Point) => change((now, s, p) => zoomTo(now, 1 / window.devicePixelRatio, point, s, p));

  const fingers = useRef(new Map<number, Point>());
  const start = useRef<Point | null>(null);
  const pointOf = (event: { clientX: number; clientY: number; currentTarget: Element }): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
  };
  const whole = own === null;
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      fingers.current.set(event.pointerId, pointOf(event));
      start.current = fingers.current.size === 1 ? pointOf(event) : null;
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const before = fingers.current.get(event.pointerId);
      if (!before) return;
      const point = pointOf(event);
      fingers.current.set(event.pointerId, point);
      const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
      if (!other) {
        if (!whole) change((now, s, p) => pan(now, { x: point.x - before.x, y: point.y - before.y }, s, p));
        return;
      }
      const ratio = distance(point, other) / Math.max(1, distance(before, other));
      const between = { x: (point.x + other.x) / 2, y: (point.y + other.y) / 2 };
      change((now, s, p) => zoomTo(now, now.scale * ratio, between, s, p));
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const from = start.current;
      fingers.current.delete(event.pointerId);
      start.current = null;
      if (!from || !whole || event.pointerType === 'mouse') return;
      const by = { x: pointOf(event).x - from.x, y: pointOf(event).y - from.y };
      if (Math.hypot(by.x, by.y) < swipeFrom) return;
      if (Math.abs(by.x) > Math.abs(by.y) && Math.abs(by.x) > swipeFar) onSwipe?.(by.x < 0 ? 'left' : 'right');
      else if (by.y > swipeFar && by.y > Math.abs(by.x)) onSwipe?.('down');
    },
    onPointerCancel: (event: PointerEvent<HTMLElement>) => {
      fingers.current.delete(event.pointerId);
      start.current = null;
    },
    onDoubleClick: (event: React.MouseEvent<HTMLElement>) => {
      if (whole) hundredAt(pointOf(event));
      else setOwn(null);
    },
  };
  /** React listens to wheels passively; this one must keep the page from scrolling. */
  const wheel = useCallback(
    (event: WheelEvent) => {
      event.preventDefault();
      const box = (event.currentTarget as Element).getBoundingClientRect();
      const point = { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
      const factor = Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : event.ctrlKey ? 0.01 : 0.0016));
      change((now, s, p) => zoomTo(now, now.scale * factor, point, s, p));
    },
    [change],
  );
  return {
    zoom,
    whole,
    handlers,
    wheel,
    follow: setOwnAlone,
    fit: useCallback(() => setOwn(null), [setOwn]),
    hundred: () => hundredAt(middle),
    larger: () => change((now, s, p) => zoomIn(now, middle, s, p)),
    smaller: () => change((now, s, p) => zoomOut(now, middle, s, p)),
    move: (by: Point) => change((now, s, p) => pan(now, by, s, p)),
  };
}

const middle: Point = { x: 0, y: 0 };
const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
