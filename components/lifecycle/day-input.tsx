'use client';

import { useEffect, useState } from 'react';

/** "after [30] days": taken over when it is left or Enter is pressed, so that typing 3 on the way to 30 changes nothing. */
export function DayInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number;
  onChange: (day: number) => void;
}) {
  const [text, setText] = useState(String(value));
  useEffect(() => setText(String(value)), [value]);
  const take = () => {
    const day = Math.round(Number(text));
    if (text.trim() !== '' && Number.isFinite(day) && day >= 0) onChange(day);
    else setText(String(value));
  };
  return (
    <span className="flex items-center gap-1.5 text-meta text-fg-2">
      after
      <input
        aria-label={`${label}, days`}
        inputMode="numeric"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => {
          take();
          // What was refused shows as it is kept.
          setText((before) => (Number(before) === value ? before : String(value)));
        }}
        onKeyDown={(event) => event.key === 'Enter' && take()}
        className="h-6 w-11 rounded-1 border border-edge bg-sheet text-center text-ui text-fg tabular-nums max-sm:h-9 max-sm:text-[1rem]"
      />
      days
    </span>
  );
}
