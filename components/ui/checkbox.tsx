'use client';

import { Checkbox as Base } from '@base-ui/react/checkbox';
import clsx from 'clsx';
import { Check, Minus } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';

export interface CheckboxProps extends Omit<ComponentProps<typeof Base.Root>, 'className' | 'children'> {
  /** Words at its right, part of the target. Without them give `aria-label`. */
  label?: ReactNode;
  /** What it means, under the label. */
  hint?: ReactNode;
  className?: string;
}

/** A 16 px box in a 24 px target (44 on touch). */
export function Checkbox({ label, hint, className, ...rest }: CheckboxProps) {
  const id = useId();
  const box = (
    <Base.Root
      {...rest}
      aria-labelledby={label ? `${id}-label` : rest['aria-labelledby']}
      aria-describedby={hint ? `${id}-hint` : rest['aria-describedby']}
      className={clsx(
        'hit relative grid size-4 flex-none place-items-center rounded-1 border-[1.5px] border-edge bg-sheet text-on-accent transition-colors duration-instant',
        'before:absolute before:-inset-1 data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent data-disabled:opacity-45',
        label ? 'mt-0.5' : className,
      )}
    >
      <Base.Indicator className="grid data-unchecked:hidden">
        {rest.indeterminate ? <Minus className="size-3 stroke-3" /> : <Check className="size-3 stroke-3" />}
      </Base.Indicator>
    </Base.Root>
  );
  if (!label) return box;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the box inside
    <label
      className={clsx(
        'flex items-start gap-2 py-0.5 text-fg max-sm:min-h-11 max-sm:items-center max-sm:text-phone-name',
        className,
      )}
    >
      {box}
      <span>
        <span id={`${id}-label`}>{label}</span>
        {hint && (
          <span id={`${id}-hint`} className="block text-meta text-fg-3">
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}
