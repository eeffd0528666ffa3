'use client';

import clsx from 'clsx';
import { CircleAlert } from 'lucide-react';
import { cloneElement, type ReactElement, type ReactNode, useId } from 'react';

export interface FieldProps {
  label: ReactNode;
  /** Stays while there is an error: it still helps. */
  hint?: ReactNode;
  /** What is wrong and what to do. Announced when it appears. */
  error?: ReactNode;
  /** The label is read, not shown. */
  hideLabel?: boolean;
  /** At the right of the label: a link, a count. */
  aside?: ReactNode;
  /** `Input`, `Textarea` or another control that takes `id`, `aria-describedby` and `aria-invalid`. */
  children: ReactElement<Record<string, unknown>>;
  className?: string;
}

/** A labelled control with its hint and error, tied together for screen readers. */
export function Field({ label, hint, error, hideLabel, aside, children, className }: FieldProps) {
  const auto = useId();
  const id = (children.props.id as string | undefined) ?? auto;
  const described = [error && `${id}-error`, hint && `${id}-hint`, children.props['aria-describedby']]
    .filter(Boolean)
    .join(' ');
  return (
    <div className={clsx('grid gap-1.5', className)}>
      <div className={clsx('flex items-baseline justify-between gap-2', hideLabel && 'sr-only')}>
        <label htmlFor={id} className="text-label text-fg max-sm:text-phone-name">
          {label}
        </label>
        {aside}
      </div>
      {cloneElement(children, {
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
      })}
      <FieldError id={`${id}-error`}>{error}</FieldError>
      {hint && (
        <p id={`${id}-hint`} className="text-meta text-fg-3 max-sm:text-phone-meta">
          {hint}
        </p>
      )}
    </div>
  );
}

/** The sentence of an error. It stays in the page while empty, so that readers hear it arrive. */
export function FieldError({ id, children }: { id?: string; children?: ReactNode }) {
  return (
    <div
      id={id}
      role="alert"
      className={clsx(
        'flex items-start gap-1.5 text-meta text-danger-text max-sm:text-phone-meta',
        !children && 'hidden',
      )}
    >
      {children && (
        <>
          <CircleAlert className="mt-px size-3.5 flex-none" aria-hidden="true" />
          <span>{children}</span>
        </>
      )}
    </div>
  );
}
