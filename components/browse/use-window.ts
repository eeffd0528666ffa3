'use client';

import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { planScroll } from './plan-scroll.ts';

/** Px drawn above and below what is seen, and the steps in which the window moves, so that most scrolling draws nothing. */
const beyond = 500;
const stride = 160;
/** What the server draws of a list. Px. */
const firstView = 900;

export interface WindowedList {
  /** What is to be drawn, in px of the list. */
  from: number;
  to: number;
  /** The part of it that is on the screen, or will be before the window moves. */
  seen: { from: number; to: number };
  /** Height of the element, which holds all that is drawn. */
  height: number;
  /** Give it to the element that is as high as the list; what is drawn stands in its first child at `top` of the list. */
  frame: RefObject<HTMLDivElement | null>;
  canvas: RefObject<HTMLDivElement | null>;
  /** Scrolls as little as shows this part of the list. */
  reveal: (top: number, bottom: number) => void;
  /** Moves what is seen by so many px of the list without anybody seeing it: for what changed above. */
  shiftBy: (px: number) => void;
  /** Place in the list of the upper edge of what is seen, now. */
  top: () => number;
  /** The same as it was when somebody last scrolled: costs nothing, where asking the browser would make it lay out all that was just drawn. */
  lastTop: () => number;
}

/** Draws only what is near the screen of a list of any height, whose places are all known. */
export function useWindow(
  scroller: RefObject<HTMLElement | null>,
  height: number,
  padding: { start: number; end: number },
): WindowedList {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ top: 0, view: firstView });
  const element = scroller.current;
  const plan = useMemo(() => planScroll(height, at.view), [height, at.view]);
  const latest = useRef({ plan, padding });
  useLayoutEffect(() => {
    latest.current = { plan, padding };
  });

  const measured = useRef({ scrolled: 0, offset: 0, view: firstView });
  const lastTop = useCallback(() => {
    const { scrolled, offset } = measured.current;
    return latest.current.plan.toList(Math.max(0, scrolled - offset));
  }, []);
  const top = useCallback(() => {
    if (!scroller.current || !frame.current) return 0;
    const { scrollTop, clientHeight } = scroller.current;
    measured.current = { scrolled: scrollTop, offset: frame.current.offsetTop, view: clientHeight || firstView };
    return lastTop();
  }, [scroller, lastTop]);

  const place = useCallback((now: number) => {
    const { factor } = latest.current.plan;
    const { view } = measured.current;
    // Higher than an element can be: the canvas moves along, so that this part of the list is where the scrollbar is.
    if (canvas.current) canvas.current.style.top = factor === 1 ? '' : `${now / factor - now}px`;
    const step = Math.floor(now / stride) * stride;
    setAt((before) => (before.top === step && before.view === view ? before : { top: step, view }));
  }, []);
  const look = useCallback(() => {
    if (scroller.current && frame.current) place(top());
  }, [scroller, place, top]);

  useLayoutEffect(() => {
    if (!element) return;
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [element, look]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height is another scale
  useEffect(() => place(lastTop()), [plan]);

  const scrollTo = useCallback(
    (place: number) => {
      if (!scroller.current || !frame.current) return;
      const { plan: now } = latest.current;
      // The first one comes with what stands above the list.
      scroller.current.scrollTop = place <= 0 ? 0 : now.toScroll(place) + frame.current.offsetTop;
      look();
    },
    [scroller, look],
  );
  const reveal = useCallback(
    (from: number, to: number) => {
      if (!scroller.current) return;
      const { start, end } = latest.current.padding;
      const now = top();
      const view = scroller.current.clientHeight;
      if (from - start < now) scrollTo(Math.max(0, from - start));
      else if (to + end > now + view) scrollTo(to + end - view);
    },
    [scroller, top, scrollTo],
  );
  const shiftBy = useCallback((px: number) => scrollTo(lastTop() + px), [scrollTo, lastTop]);
  return {
    from: at.top - beyond,
    to: at.top + stride + at.view + beyond,
    seen: { from: at.top, to: at.top + stride + at.view },
    height: plan.shown,
    frame,
    canvas,
    reveal,
    shiftBy,
    top,
    lastTop,
  };
}
