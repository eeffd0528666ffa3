'use client';

import { Select as Base } from '@base-ui/react/select';
import clsx from 'clsx';
import { Check, ChevronDown } from 'lucide-react';
import { useRef, useState } from 'react';
import { FIELD_CLASS } from './input.tsx';
import { useFocusBack } from './use-focus-back.ts';

export interface SelectOption<T extends string> {
  value: T;
  label: string;
  /** A second line: what this choice means. */
  hint?: string;
  /** Greyed, and this is why. */
  disabledReason?: string;
}

export interface SelectProps<T extends string> {
  value: T | null;
  onChange: (value: T) => void;
  options: SelectOption<T>[];
  placeholder?: string;
  height?: 'control' | 'field' | 'large';
  id?: string;
  name?: string;
  className?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
}

const HEIGHTS = { control: 'h-7', field: 'h-8', large: 'h-9' };

/** One of a short list. Takes its label from `Field`, or from `aria-label`. */
export function Select<T extends string>({
  value,
  onChange,
  options,
  placeholder = 'Choose',
  height = 'field',
  name,
  className,
  ...rest
}: SelectProps<T>) {
  const [open, setOpen] = useState(false);
  const popup = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useFocusBack(popup, open, button);
  return (
    <Base.Root
      items={options}
      name={name}
      value={value}
      onValueChange={(next) => next !== null && onChange(next as T)}
      open={open}
      onOpenChange={setOpen}
    >
      <Base.Trigger
        {...rest}
        ref={button}
        className={clsx(
          FIELD_CLASS,
          HEIGHTS[height],
          'flex items-center gap-2 px-2.5 text-left max-sm:h-11',
          rest['aria-invalid'] ? 'border-danger' : 'border-edge',
          className,
        )}
      >
        <Base.Value className="min-w-0 flex-1 truncate data-placeholder:text-fg-3" placeholder={placeholder} />
        <Base.Icon className="flex-none text-fg-3">
          <ChevronDown className="size-3.5" aria-hidden="true" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} collisionPadding={8} alignItemWithTrigger={false} className="z-palette">
          <Base.Popup
            ref={popup}
            className="focus-none max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto rounded-3 bg-raised p-1 text-ui text-fg shadow-3 transition-opacity duration-quick data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                disabled={option.disabledReason !== undefined}
                className="focus-none flex min-h-7 items-center gap-2 rounded-inner px-2 py-1 select-none data-disabled:text-fg-3 data-highlighted:bg-hover max-sm:min-h-11 max-sm:text-phone-name"
              >
                <span className="min-w-0 flex-1">
                  <Base.ItemText>{option.label}</Base.ItemText>
                  {(option.disabledReason ?? option.hint) && (
                    <span className="block text-meta text-fg-3">{option.disabledReason ?? option.hint}</span>
                  )}
                </span>
                <Base.ItemIndicator className="flex-none">
                  <Check className="size-4 text-accent" aria-hidden="true" />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
