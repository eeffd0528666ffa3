'use client';

import { Switch as Base } from '@base-ui/react/switch';
import { type ComponentProps, type ReactNode, useId } from 'react';

export interface SwitchProps extends Omit<ComponentProps<typeof Base.Root>, 'className' | 'children'> {
  label: ReactNode;
  hint?: ReactNode;
}

/** A setting that takes effect at once. For a choice that waits for a button use `Checkbox`. */
export function Switch({ label, hint, ...rest }: SwitchProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the switch inside
    <label className="flex min-h-7 items-center justify-between gap-4 text-fg max-sm:min-h-11 max-sm:text-phone-name">
      <span className="min-w-0">
        <span id={`${id}-label`}>{label}</span>
        {hint && (
          <span id={`${id}-hint`} className="block text-meta text-fg-3">
            {hint}
          </span>
        )}
      </span>
      <Base.Root
        {...rest}
        aria-labelledby={`${id}-label`}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="hit flex h-5 w-8 flex-none rounded-full bg-edge p-0.5 transition-colors duration-quick data-checked:bg-accent data-disabled:opacity-45"
      >
        <Base.Thumb className="size-4 rounded-full bg-sheet shadow-1 transition-transform duration-quick ease-out data-checked:translate-x-3" />
      </Base.Root>
    </label>
  );
}
