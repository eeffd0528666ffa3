'use client';

import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Gives the keyboard back in the moment in which a popup begins to close. Base UI does that once the popup has faded out (140 to 220 ms), and
 * a key that is pressed meanwhile would reach nobody.
 * @param popup in the page as long as the hook is in use, also while it fades
 * @param trigger the button that it belongs to; without one, focus goes to what had it before
 */
export function useFocusBack(
  popup: RefObject<HTMLElement | null>,
  open: boolean,
  trigger?: RefObject<HTMLElement | null>,
): void {
  /** While it is open: what had focus before. */
  const before = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (open) {
      before.current = document.activeElement ?? document.body;
      return;
    }
    const back = trigger?.current ?? before.current;
    if (before.current === null) return;
    before.current = null;
    const active = document.activeElement;
    const lost = active === null || active === document.body;
    // What was chosen may have put the keyboard elsewhere by now.
    if (!lost && !popup.current?.contains(active)) return;
    if (back instanceof HTMLElement && back !== document.body) keyboardPlace(back).focus({ preventScroll: true });
  }, [open, popup, trigger]);
}

/** A button of a row that Tab passes by, such as its "…", is left for the row: there the arrows work. */
function keyboardPlace(element: HTMLElement): HTMLElement {
  if (element.tabIndex >= 0) return element;
  return element.closest<HTMLElement>('[role=row][tabindex], [role=gridcell][tabindex]') ?? element;
}
