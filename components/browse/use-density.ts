'use client';

import { makeRemembered, useRemembered } from './remembered.ts';

/** S, M and L of the grid; in the list compact rows or not. */
export type Density = { grid: 'small' | 'medium' | 'large'; list: 'usual' | 'compact' };

const kept = makeRemembered<Density>('strata.density', { grid: 'medium', list: 'usual' }, (value) => ({
  grid: value.grid === 'small' || value.grid === 'large' ? value.grid : 'medium',
  list: value.list === 'compact' ? 'compact' : 'usual',
}));

/** How large pictures and rows are; remembered in this browser. */
export function useDensity() {
  return useRemembered(kept);
}
