'use client';

import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './kbd.tsx';

/** One per app: 400 ms before the first tooltip, at once for its neighbours. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider delay={400} timeout={400}>
      {children}
    </Base.Provider>
  );
}

export interface TooltipProps {
  /** What the tooltip says. Nothing that is needed may live only here: touch has no hover. */
  label: ReactNode;
  /** The key that does the same, in the form of `Kbd`. */
  keys?: string;
  side?: 'top' | 'bottom' | 'left' | 'right';
  /** The one element that it belongs to; it must take a ref and spread its props. */
  children: ReactElement<Record<string, unknown>>;
}

/** A label for an element, on hover and keyboard focus. It does not name the element: give that an `aria-label`. */
export function Tooltip({ label, keys, side = 'bottom', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} collisionPadding={8} className="z-toast">
          {/* for eyes only: what it says is the name or the description of the element */}
          <Base.Popup
            aria-hidden="true"
            className="flex max-w-80 items-center gap-2 rounded-2 bg-raised px-2 py-1 text-meta text-fg shadow-2 transition-opacity duration-quick data-ending-style:opacity-0 data-instant:duration-0 data-starting-style:opacity-0"
          >
            <span className="min-w-0 [overflow-wrap:anywhere]">{label}</span>
            {keys && <Kbd keys={keys} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
