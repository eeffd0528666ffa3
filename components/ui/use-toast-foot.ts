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

let covers = 0;

/**
 * Puts toasts at the foot of the window while something lies over the whole page: the bars that they stand above otherwise are behind it,
 * and half-way up they would cover what it asks.
 */
export function useToastsAtFoot(on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const { dataset } = document.documentElement;
    covers += 1;
    dataset.covered = '';
    return () => {
      covers -= 1;
      if (covers === 0) delete dataset.covered;
    };
  }, [on]);
}
