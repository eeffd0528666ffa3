'use client';

import { type CSSProperties, type PointerEvent, useRef, useState } from 'react';

/** Pixels to the right after which letting go acts, and how far a finger moves before it is a swipe and not a tap or a scroll. */
const actsAfter = 96;
const startsAfter = 12;

/** A swipe to the right on touch. Null: nothing to do. The row follows the finger and comes back. */
export function useSwipe(onSwipe: (() => void) | null) {
  const start = useRef<{ x: number; y: number } | null>(null);
  const [shift, setShift] = useState(0);
  const end = () => {
    start.current = null;
    setShift(0);
  };
  const style: CSSProperties = shift > 0 ? { transform: `translateX(${Math.min(shift, actsAfter * 1.5)}px)` } : {};
  return {
    style,
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        if (event.pointerType === 'touch' && onSwipe) start.current = { x: event.clientX, y: event.clientY };
      },
      onPointerMove: (event: PointerEvent) => {
        if (!start.current) return;
        const x = event.clientX - start.current.x;
        if (Math.abs(event.clientY - start.current.y) > Math.abs(x)) return;
        setShift(x > startsAfter ? x : 0);
      },
      onPointerUp: () => {
        if (shift >= actsAfter) onSwipe?.();
        end();
      },
      onPointerCancel: end,
    },
  };
}
