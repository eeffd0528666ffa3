'use client';

import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';

/** Ms without a movement after which the frame fades. */
const idleAfter = 2_500;

const subscribe = (changed: () => void) => {
  document.addEventListener('fullscreenchange', changed);
  return () => document.removeEventListener('fullscreenchange', changed);
};

/** The whole page as full screen, so that menus and notices stay in it; `idle` while nothing moves. */
export function useFullScreen(): { on: boolean; idle: boolean; toggle: () => void } {
  const on = useSyncExternalStore(
    subscribe,
    () => document.fullscreenElement !== null,
    () => false,
  );
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (!on) return setIdle(false);
    let timer = setTimeout(() => setIdle(true), idleAfter);
    const wake = () => {
      setIdle(false);
      clearTimeout(timer);
      timer = setTimeout(() => setIdle(true), idleAfter);
    };
    const events = ['pointermove', 'pointerdown', 'keydown'] as const;
    for (const event of events) window.addEventListener(event, wake);
    return () => {
      clearTimeout(timer);
      for (const event of events) window.removeEventListener(event, wake);
    };
  }, [on]);
  const toggle = useCallback(() => {
    if (document.fullscreenElement) void document.exitFullscreen();
    // Refused where the browser does not let pages be so; then all stays as it is.
    else void document.documentElement.requestFullscreen?.().catch(() => {});
  }, []);
  return { on, idle, toggle };
}
