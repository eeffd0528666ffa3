'use client';

import { useEffect } from 'react';

/** Where focus was last in each region, so that F6 comes back to it. */
const last = new Map<string, HTMLElement>();

const FOCUSABLE = 'a[href], button, input, select, textarea, [tabindex="0"]';

function visible(element: HTMLElement): boolean {
  return element.checkVisibility?.({ visibilityProperty: true }) ?? element.offsetParent !== null;
}

/** The next region in reading order: navigation, bar, content, panel, dock, toasts. */
export function nextRegion(names: readonly string[], current: string | null, backwards: boolean): string | undefined {
  const at = current === null ? (backwards ? 0 : -1) : names.indexOf(current);
  return names[(at + (backwards ? -1 : 1) + names.length) % names.length];
}

/** F6 goes to the next region of the frame, Shift+F6 back. A region is an element with `data-region`. Mounted once. */
export function useRegions(): void {
  useEffect(() => {
    const remember = (event: FocusEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      const region = target?.closest<HTMLElement>('[data-region]')?.dataset.region;
      if (target && region) last.set(region, target);
    };
    const cycle = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return;
      const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
        (region) => visible(region) && (region.matches('[tabindex]') || region.querySelector(FOCUSABLE)),
      );
      if (regions.length === 0) return;
      event.preventDefault();
      const here = document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset.region ?? null;
      const name = nextRegion(
        regions.map((region) => region.dataset.region ?? ''),
        here,
        event.shiftKey,
      );
      const region = regions.find((each) => each.dataset.region === name);
      if (!region) return;
      const before = last.get(name ?? '');
      const target =
        before && region.contains(before) && visible(before)
          ? before
          : ([...region.querySelectorAll<HTMLElement>(FOCUSABLE)].find(visible) ?? region);
      target.focus();
    };
    document.addEventListener('focusin', remember);
    window.addEventListener('keydown', cycle);
    return () => {
      document.removeEventListener('focusin', remember);
      window.removeEventListener('keydown', cycle);
    };
  }, []);
}
