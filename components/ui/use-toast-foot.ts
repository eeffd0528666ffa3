'use client';

import { useEffect } from 'react';

/**
 * Keeps toasts above a bar at the foot of the content while it is there, so that none covers its buttons. One bar at a time.
 * @param height px above the dock that the bar takes; null: there is none
 */
export function useToastFoot(height: number | null): void {
  useEffect(() => {
    if (height === null) return;
    document.documentElement.style.setProperty('--bar-foot', `${height}px`);
    return () => {
      document.documentElement.style.removeProperty('--bar-foot');
    };
  }, [height]);
}
