'use client';

import { type PointerEvent, type RefObject, useRef } from 'react';

/** A sheet closes when it is pulled down by this much, or flicked faster than this (px, px/ms). */
const FAR = 96;
const FAST = 0.5;

/** Handlers for the grab handle of a bottom sheet: the sheet follows the finger and closes or springs back. */
export function useDragToClose(sheet: RefObject<HTMLElement | null>, close: () => void) {
  const start = useRef<{ y: number; at: number } | null>(null);
  const moved = (event: PointerEvent) => Math.max(0, event.clientY - (start.current?.y ?? event.clientY));
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      start.current = { y: event.clientY, at: event.timeStamp };
      event.currentTarget.setPointerCapture(event.pointerId);
      if (sheet.current) sheet.current.style.transition = 'none';
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (start.current && sheet.current) sheet.current.style.translate = `0 ${moved(event)}px`;
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      if (!start.current) return;
      const distance = moved(event);
      const speed = distance / Math.max(1, event.timeStamp - start.current.at);
      start.current = null;
      if (sheet.current) sheet.current.style.transition = '';
      if (distance > FAR || (distance > 24 && speed > FAST)) close();
      else if (sheet.current) sheet.current.style.translate = '';
    },
    onPointerCancel() {
      start.current = null;
      if (!sheet.current) return;
      sheet.current.style.transition = '';
      sheet.current.style.translate = '';
    },
  };
}
