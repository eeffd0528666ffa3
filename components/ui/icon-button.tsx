'use client';

import clsx from 'clsx';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'disabled' | 'aria-label'> {
  /** Names the button and is its tooltip. */
  label: string;
  icon: ReactNode;
  /** 28 px, or 24 in dense rows; 44 on a phone header. */
  size?: 'control' | 'mini' | 'touch';
  /** The key that does the same, shown in the tooltip. */
  keys?: string;
  /** Pressed in (a toggle). Sets `aria-pressed`. */
  pressed?: boolean;
  /** Greyed, still focusable; the tooltip says why. */
  disabledReason?: string;
  tooltipSide?: 'top' | 'bottom' | 'left' | 'right';
}

const SIZES = {
  control: 'size-7 rounded-2 [&>svg]:size-4 max-sm:size-11 max-sm:rounded-full max-sm:[&>svg]:size-5',
  mini: 'size-6 rounded-2 [&>svg]:size-3.5 hit',
  touch: 'size-11 rounded-full text-fg [&>svg]:size-5',
};

/** An icon alone: always named, always with a tooltip. */
export function IconButton({
  label,
  icon,
  size = 'control',
  keys,
  pressed,
  disabledReason,
  tooltipSide,
  className,
  onClick,
  type = 'button',
  ...rest
}: IconButtonProps) {
  const off = disabledReason !== undefined;
  return (
    <Tooltip label={disabledReason ?? label} keys={off ? undefined : keys} side={tooltipSide}>
      <button
        {...rest}
        type={type}
        aria-label={label}
        aria-pressed={pressed}
        aria-disabled={off || undefined}
        aria-description={disabledReason}
        onClick={off ? (event: MouseEvent<HTMLButtonElement>) => event.preventDefault() : onClick}
        className={clsx(
          'inline-grid flex-none place-items-center text-fg-2 transition-colors duration-instant hover:bg-hover hover:text-fg',
          'aria-disabled:opacity-45 aria-pressed:bg-press aria-pressed:text-fg data-popup-open:bg-press data-popup-open:text-fg',
          SIZES[size],
          className,
        )}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
