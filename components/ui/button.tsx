'use client';

import clsx from 'clsx';
import Link from 'next/link';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { Spinner } from './spinner.tsx';
import { Tooltip } from './tooltip.tsx';

export type ButtonVariant = 'primary' | 'outline' | 'quiet' | 'past' | 'danger';
/** 28 in bars, 32 in forms and dialogs, 36 on sign-in; all are 44 on a phone. */
export type ButtonSize = 'control' | 'field' | 'large';

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'bg-ink text-on-ink border-transparent shadow-1 hover:bg-ink-hover',
  outline: 'bg-raised text-fg border-line-2 shadow-1 hover:bg-[color-mix(in_oklab,var(--hover),var(--raised))]',
  quiet: 'border-transparent text-fg-2 hover:bg-hover hover:text-fg',
  past: 'bg-past text-on-past border-transparent shadow-1 hover:bg-past-hover',
  danger: 'bg-danger text-on-accent border-transparent shadow-1 hover:brightness-95',
};
const SIZES: Record<ButtonSize, string> = {
  control: 'h-7 px-2.5 max-sm:h-11 max-sm:px-4',
  field: 'h-8 px-3 max-sm:h-11 max-sm:px-4',
  large: 'h-9 px-3 max-sm:h-11 max-sm:px-4',
};

/** The classes of a button, for an element that must be something else (a file label, a menu trigger). */
export function buttonClass(variant: ButtonVariant = 'outline', size: ButtonSize = 'control', on = false): string {
  return clsx(
    'relative inline-flex flex-none items-center justify-center gap-1.5 rounded-2 border text-label whitespace-nowrap select-none',
    'transition-[background-color,filter] duration-instant max-sm:rounded-4 max-sm:text-phone-label',
    'aria-disabled:opacity-45 aria-disabled:shadow-none data-popup-open:bg-press',
    '[&_svg]:flex-none [&>svg:first-child]:-ml-0.5',
    variant === 'outline' && '[&_svg]:text-fg-2',
    VARIANTS[variant],
    SIZES[size],
    on && 'border-transparent bg-press shadow-none',
  );
}

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** A 16 px Lucide icon, before the label. */
  icon?: ReactNode;
  /** At work: keeps its width, swallows clicks, says so to screen readers. */
  busy?: boolean;
  /** Greyed, still focusable, and this is why. A control is never greyed without a reason. */
  disabledReason?: string;
  /** Pressed in (a toggle). Sets `aria-pressed`. */
  pressed?: boolean;
  keys?: string;
}

/** A button says what happens ("Restore 74 files"). Primary is ink, at most one a view. */
export function Button({
  variant = 'outline',
  size = 'control',
  icon,
  busy = false,
  disabledReason,
  pressed,
  keys,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const off = busy || disabledReason !== undefined;
  const button = (
    <button
      {...rest}
      // A greyed submit button must not submit by Enter either.
      type={off && type === 'submit' ? 'button' : type}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      aria-pressed={pressed}
      aria-description={disabledReason}
      onClick={off ? (event: MouseEvent<HTMLButtonElement>) => event.preventDefault() : onClick}
      className={clsx(buttonClass(variant, size, pressed), busy && 'aria-disabled:opacity-100', className)}
    >
      {(icon || busy) && (
        <span
          className={clsx(
            'inline-grid size-4 flex-none place-items-center [&>svg]:size-4',
            icon ? '-ml-0.5' : 'absolute inset-0 m-auto',
          )}
        >
          {busy ? <Spinner size={icon ? 12 : 16} /> : icon}
        </span>
      )}
      <span className={clsx('inline-flex min-w-0 items-center gap-1.5', busy && !icon && 'opacity-0')}>{children}</span>
    </button>
  );
  // The label is there to read; a tooltip adds the key, or why it is greyed.
  const tip = disabledReason ?? (keys && typeof children === 'string' ? children : undefined);
  return tip ? (
    <Tooltip label={tip} keys={disabledReason ? undefined : keys}>
      {button}
    </Tooltip>
  ) : (
    button
  );
}

export interface ButtonLinkProps extends ComponentProps<typeof Link> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
}

/** A link that looks like a button: for going somewhere, never for doing something. */
export function ButtonLink({
  variant = 'outline',
  size = 'control',
  icon,
  className,
  children,
  ...rest
}: ButtonLinkProps) {
  return (
    <Link {...rest} className={clsx(buttonClass(variant, size), className)}>
      {icon && <span className="-ml-0.5 inline-grid size-4 flex-none place-items-center [&>svg]:size-4">{icon}</span>}
      {children}
    </Link>
  );
}
