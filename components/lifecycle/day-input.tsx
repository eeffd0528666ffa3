'use client';

import { useEffect, useId, useState } from 'react';

export interface DayInputProps {
  label: string;
  value: number;
  /** Why another day would be kept in place of this one; null when this one can be. */
  reasonOf: (day: number) => string | null;
  onChange: (day: number) => void;
}

/**
 * "after [30] days": taken over when it is left or Enter is pressed, so that typing 3 on the way to 30 changes nothing. What S3 would refuse
 * is said while one types; the nearest day that it takes is kept. For a row that wraps: the sentence takes a line of its own.
 */
export function DayInput({ label, value, reasonOf, onChange }: DayInputProps) {
  const [text, setText] = useState(String(value));
  const hint = useId();
  useEffect(() => setText(String(value)), [value]);
  const day = Math.round(Number(text));
  const isDay = text.trim() !== '' && Number.isFinite(day) && day >= 0;
  const reason = !isDay ? 'Give a whole number of days.' : day === value ? null : reasonOf(day);
  const take = () => (isDay ? onChange(day) : setText(String(value)));
  return (
    <>
      <span className="flex items-center gap-1.5 text-meta text-fg-2">
        after
        <input
          aria-label={`${label}, days`}
          aria-invalid={reason !== null}
          aria-describedby={reason ? hint : undefined}
          inputMode="numeric"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => {
            take();
            // What was refused shows as it is kept.
            setText((before) => (Number(before) === value ? before : String(value)));
          }}
          onKeyDown={(event) => event.key === 'Enter' && take()}
          className="h-6 w-11 rounded-1 border border-edge bg-sheet text-center text-ui text-fg tabular-nums aria-invalid:border-danger max-sm:h-9 max-sm:text-[1rem]"
        />
        days
      </span>
      {reason && (
        <span id={hint} role="status" className="order-last basis-full pb-1.5 text-meta text-danger-text">
          {reason}
        </span>
      )}
    </>
  );
}
