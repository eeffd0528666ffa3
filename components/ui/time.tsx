'use client';

import { useSyncExternalStore } from 'react';
import { capitalise, formatAgo, formatDate, formatExact, formatTime, type Instant } from './format-time.ts';
import { Tooltip } from './tooltip.tsx';
import { useHydrated } from './use-media.ts';

const MINUTE_MS = 60_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let minute = 0;

/** One clock for all times on the page: "today" becomes a weekday at midnight, "2 min ago" moves on. */
function everyMinute(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    minute += 1;
    for (const each of listeners) each();
  }, MINUTE_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

export interface TimeProps {
  at: Instant;
  /** "today 14:32", "6 Dec", "2 h ago". */
  form?: 'time' | 'date' | 'ago';
  /** At the start of a cell: "Today 14:32". */
  capital?: boolean;
  /** In rows that are many the exact time is a plain `title` instead of a tooltip. */
  plain?: boolean;
  className?: string;
}

/** A time in the zone of the reader; the exact one, with zone and UTC, in the tooltip. Takes no place on the server but its width. */
export function Time({ at, form = 'time', capital, plain, className }: TimeProps) {
  const hydrated = useHydrated();
  useSyncExternalStore(
    everyMinute,
    () => minute,
    () => 0,
  );
  const instant = new Date(at);
  // The server does not know the zone: it sends the time as machine-readable value, and words of the same width, not shown.
  const zone = hydrated ? undefined : 'UTC';
  const words =
    form === 'ago'
      ? formatAgo(instant)
      : form === 'date'
        ? formatDate(instant, Date.now(), zone)
        : formatTime(instant, Date.now(), zone);
  const text = capital ? capitalise(words) : words;
  const label = hydrated ? formatExact(instant) : undefined;
  const element = (
    <time
      dateTime={instant.toISOString()}
      title={plain ? label : undefined}
      suppressHydrationWarning
      className={`tabular-nums ${hydrated ? '' : 'invisible'} ${className ?? ''}`}
    >
      {text}
    </time>
  );
  return plain || !label ? element : <Tooltip label={label}>{element}</Tooltip>;
}
