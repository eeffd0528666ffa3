'use client';

import { RotateCw } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { announce } from '#components/shell/announce.ts';
import { Spinner } from '#components/ui/spinner.tsx';

/** Px that the finger pulls until letting go reads again; the mark follows at half its speed. */
const enough = 128;

/** On a phone: pulling the list down at its top reads it again. */
export function PullToRefresh({
  scroller,
  refresh,
}: {
  scroller: RefObject<HTMLElement | null>;
  refresh: () => Promise<unknown>;
}) {
  const [pulled, setPulled] = useState(0);
  const [busy, setBusy] = useState(false);
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let from: number | null = null;
    let now = 0;
    const start = (event: TouchEvent) => {
      from = element.scrollTop <= 0 && event.touches.length === 1 ? (event.touches[0]?.clientY ?? null) : null;
      now = 0;
    };
    const move = (event: TouchEvent) => {
      if (from === null) return;
      now = Math.max(0, (event.touches[0]?.clientY ?? from) - from);
      if (element.scrollTop > 0) now = 0;
      setPulled(Math.min(now, enough * 1.3));
    };
    const end = async () => {
      from = null;
      setPulled(0);
      if (now < enough) return;
      setBusy(true);
      await latest.current();
      setBusy(false);
      announce('Up to date');
    };
    const onEnd = () => void end();
    element.addEventListener('touchstart', start, { passive: true });
    element.addEventListener('touchmove', move, { passive: true });
    element.addEventListener('touchend', onEnd);
    element.addEventListener('touchcancel', onEnd);
    return () => {
      element.removeEventListener('touchstart', start);
      element.removeEventListener('touchmove', move);
      element.removeEventListener('touchend', onEnd);
      element.removeEventListener('touchcancel', onEnd);
    };
  }, [scroller]);
  if (pulled < 12 && !busy) return null;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-x-0 top-0 z-selection grid justify-items-center"
    >
      <span
        style={{ transform: `translateY(${busy ? 16 : pulled / 2 - 28}px)` }}
        className="grid size-9 place-items-center rounded-full bg-raised text-fg-2 shadow-3"
      >
        {busy ? (
          <Spinner size={16} />
        ) : (
          <RotateCw
            className={pulled >= enough ? 'size-4 text-accent' : 'size-4'}
            style={{ rotate: `${pulled * 2}deg` }}
          />
        )}
      </span>
    </div>
  );
}
