import { cloneElement, type ReactElement } from 'react';

export interface TooltipProps {
  /** What the tooltip says. Nothing that is needed may live only here: touch has no hover. */
  label: string;
  /** The key that does the same, in the form of `Kbd`. */
  keys?: string;
  side?: 'top' | 'bottom' | 'left' | 'right';
  /** The one element that it belongs to; a component must pass unknown props on to its element. */
  children: ReactElement<Record<string, unknown>>;
}

/**
 * A label for an element, on hover and keyboard focus. It does not name the element: give that an `aria-label`.
 * It is three attributes; one layer for the whole app (`TooltipLayer`) does the rest, so that thousands of them cost nothing.
 */
export function Tooltip({ label, keys, side = 'bottom', children }: TooltipProps) {
  return cloneElement(children, { 'data-tip': label, 'data-tip-keys': keys, 'data-tip-side': side });
}
