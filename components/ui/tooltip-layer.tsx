'use client';

import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { Kbd } from './kbd.tsx';
import { placeTooltip, type Side } from './place-tooltip.ts';

/** Before the first tooltip; its neighbours follow at once while less than this has passed since the last one, in ms. */
const DELAY = 400;
/** Time to move the pointer from the element onto its tooltip (WCAG 1.4.13), in ms. */
const GRACE = 120;
/** Focus that a key moved, not one that came back from a dialog, in ms. */
const KEY_TO_FOCUS = 100;
const MOVING_KEYS = /^(Tab|Arrow|Home$|End$|F6$|F8$)/;

interface Shown {
  anchor: Element;
  label: string;
  keys?: string;
  side: Side;
}

function tipOf(target: EventTarget | null): Shown | null {
  const anchor = target instanceof Element ? target.closest('[data-tip]') : null;
  const label = anchor?.getAttribute('data-tip');
  if (!anchor || !label) return null;
  return {
    anchor,
    label,
    keys: anchor.getAttribute('data-tip-keys') ?? undefined,
    side: (anchor.getAttribute('data-tip-side') ?? 'bottom') as Side,
  };
}

/** The one tooltip of the app. It watches for `data-tip` on what is hovered or focused; mounted once. */
export function TooltipLayer() {
  const [shown, setShown] = useState<Shown | null>(null);
  const tip = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let open: Element | null = null;
    let closedAt = Number.NEGATIVE_INFINITY;
    let keyAt = Number.NEGATIVE_INFINITY;
    const now = () => performance.now();

    const show = (next: Shown) => {
      clearTimeout(timer);
      open = next.anchor;
      setShown(next);
    };
    const hide = () => {
      clearTimeout(timer);
      if (open) closedAt = now();
      open = null;
      setShown(null);
    };
    const over = (event: PointerEvent) => {
      if (event.pointerType === 'touch') return;
      if (tip.current?.contains(event.target as Node)) return clearTimeout(timer);
      const next = tipOf(event.target);
      if (next?.anchor === open && open) return clearTimeout(timer);
      clearTimeout(timer);
      // Something that is open under the element (its menu) says more than its name.
      if (next && !next.anchor.hasAttribute('data-popup-open')) {
        if (open || now() - closedAt < DELAY) show(next);
        else timer = setTimeout(() => next.anchor.isConnected && show(next), DELAY);
      } else if (open) timer = setTimeout(hide, GRACE);
    };
    const focus = (event: FocusEvent) => {
      const next = tipOf(event.target);
      if (next && now() - keyAt < KEY_TO_FOCUS) show(next);
      else hide();
    };
    const key = (event: KeyboardEvent) => {
      if (MOVING_KEYS.test(event.key)) keyAt = now();
      else hide();
    };

    document.addEventListener('pointerover', over);
    document.addEventListener('pointerdown', hide, true);
    document.addEventListener('pointerleave', hide);
    document.addEventListener('focusin', focus);
    document.addEventListener('focusout', hide);
    document.addEventListener('keydown', key, true);
    document.addEventListener('scroll', hide, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointerover', over);
      document.removeEventListener('pointerdown', hide, true);
      document.removeEventListener('pointerleave', hide);
      document.removeEventListener('focusin', focus);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('keydown', key, true);
      document.removeEventListener('scroll', hide, { capture: true });
    };
  }, []);

  useLayoutEffect(() => {
    const element = tip.current;
    if (!shown || !element) return;
    const size = { width: element.offsetWidth, height: element.offsetHeight };
    const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
    const { left, top } = placeTooltip(shown.anchor.getBoundingClientRect(), size, view, shown.side);
    element.style.left = `${left}px`;
    element.style.top = `${top}px`;
  }, [shown]);

  if (!shown) return null;
  return createPortal(
    // For eyes only: what it says is the name or the description of the element.
    <div
      ref={tip}
      aria-hidden="true"
      className="fixed top-0 left-0 z-toast flex w-max max-w-80 items-center gap-2 rounded-2 bg-raised px-2 py-1 text-meta text-fg shadow-2 transition-opacity duration-quick starting:opacity-0"
    >
      <span className="min-w-0 [overflow-wrap:anywhere]">{shown.label}</span>
      {shown.keys && <Kbd keys={shown.keys} />}
    </div>,
    document.body,
  );
}
