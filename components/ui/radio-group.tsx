'use client';

import { Radio } from '@base-ui/react/radio';
import { RadioGroup as Base } from '@base-ui/react/radio-group';
import clsx from 'clsx';
import { type ReactNode, useId } from 'react';

export interface RadioOption<T extends string> {
  value: T;
  label: ReactNode;
  /** The consequence of choosing this. */
  hint?: ReactNode;
  /** Greyed, and this is why; shown in place of the hint. */
  disabledReason?: string;
}

export interface RadioGroupProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: RadioOption<T>[];
  name?: string;
  className?: string;
}

/** Choices that exclude each other, as one hairline block with the consequence under each. */
export function RadioGroup<T extends string>({ label, value, onChange, options, name, className }: RadioGroupProps<T>) {
  const id = useId();
  return (
    <Base
      aria-label={label}
      name={name}
      value={value}
      onValueChange={(next) => onChange(next as T)}
      className={clsx('grid rounded-3 inset-shadow-line-2', className)}
    >
      {options.map((option) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the control is the radio inside
        <label
          key={option.value}
          className={clsx(
            'flex gap-3 px-3 py-2 first:rounded-t-3 last:rounded-b-3 not-first:border-t not-first:border-line',
            'has-data-checked:bg-accent-soft has-data-checked:inset-ring has-data-checked:inset-ring-accent-line',
            option.disabledReason ? 'text-fg-3' : 'text-fg',
          )}
        >
          <Radio.Root
            value={option.value}
            aria-labelledby={`${id}-${option.value}`}
            aria-describedby={(option.disabledReason ?? option.hint) ? `${id}-${option.value}-hint` : undefined}
            disabled={option.disabledReason !== undefined}
            className="hit mt-0.5 size-4 flex-none rounded-full border-[1.5px] border-edge bg-sheet data-checked:border-5 data-checked:border-accent data-checked:bg-on-accent data-disabled:opacity-45"
          />
          <span className="min-w-0">
            <span id={`${id}-${option.value}`} className="block text-label max-sm:text-phone-name">
              {option.label}
            </span>
            {(option.disabledReason ?? option.hint) && (
              <span id={`${id}-${option.value}-hint`} className="block text-meta text-fg-3 max-sm:text-phone-meta">
                {option.disabledReason ?? option.hint}
              </span>
            )}
          </span>
        </label>
      ))}
    </Base>
  );
}
