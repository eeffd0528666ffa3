'use client';

import { type PointerEvent, useRef } from 'react';

/** Ms that a finger rests until it chooses; as long as systems take for their own menus. */
const holdMs = 450;
/** Pixels that a resting finger may move. */
const slack = 10;

/** A long press chooses on touch. The click that the browser sends after it is swallowed. */
export function useLongPress(hold: () => void, on: boolean) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const start = useRef({ x: 0, y: 0 });
  const held = useRef(false);
  if (!on) return {};
  const cancel = () => clearTimeout(timer.current);
  return {
    onPointerDown: (event: PointerEvent) => {
      held.current = false;
      if (event.pointerType === 'mouse') return;
      start.current = { x: event.clientX, y: event.clientY };
      timer.current = setTimeout(() => {
        held.current = true;
        navigator.vibrate?.(8);
        hold();
      }, holdMs);
    },
    onPointerMove: (event: PointerEvent) => {
      if (Math.hypot(event.clientX - start.current.x, event.clientY - start.current.y) > slack) cancel();
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
    onClickCapture: (event: { preventDefault: () => void; stopPropagation: () => void }) => {
      if (!held.current) return;
      held.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
