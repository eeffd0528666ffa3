'use client';

import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { Tooltip } from './tooltip.tsx';

export interface Segment<T extends string> {
  value: T;
  label: string;
  icon?: ReactNode;
  keys?: string;
}

export interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  segments: Segment<T>[];
  /** Icons only; the labels become names and tooltips. */
  iconsOnly?: boolean;
  /** Fills the width, 36 high: tabs of a sheet on a phone. */
  wide?: boolean;
  className?: string;
}

/** Two to four ways to see the same thing. One tab stop, arrows inside. */
export function Segmented<T extends string>({
  label,
  value,
  onChange,
  segments,
  iconsOnly,
  wide,
  className,
}: SegmentedProps<T>) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as T)}
      className={clsx(
        'inline-flex flex-none gap-0.5 rounded-outer bg-press p-0.5',
        wide && 'flex h-9 p-[3px]',
        className,
      )}
    >
      {segments.map((segment) => {
        const item = (
          <Radio.Root
            key={segment.value}
            value={segment.value}
            aria-label={iconsOnly ? segment.label : undefined}
            className={clsx(
              'hit inline-flex h-6 items-center justify-center gap-1.5 rounded-inner text-label text-fg-2 transition-colors duration-quick select-none hover:text-fg',
              'data-checked:bg-raised data-checked:text-fg data-checked:shadow-[var(--shadow-1),0_0_0_0.5px_var(--line-2)] [&>svg]:size-3.5',
              iconsOnly ? 'px-1.5' : 'px-2.5',
              wide && 'h-full flex-1 text-phone-name',
            )}
          >
            {segment.icon}
            {!iconsOnly && segment.label}
          </Radio.Root>
        );
        return iconsOnly ? (
          <Tooltip key={segment.value} label={segment.label} keys={segment.keys}>
            {item}
          </Tooltip>
        ) : (
          item
        );
      })}
    </RadioGroup>
  );
}
