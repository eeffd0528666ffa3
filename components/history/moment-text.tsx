'use client';

import { formatMoment } from '#components/ui/format-time.ts';
import { useHydrated } from '#components/ui/use-media.ts';

/** "Fri 6 Nov 2026, 16:40" in the zone of the reader; on the server, which does not know it, a place of the same width. */
export function Moment({ at }: { at: string }) {
  const hydrated = useHydrated();
  return (
    <time dateTime={at} suppressHydrationWarning className={hydrated ? 'tabular-nums' : 'invisible tabular-nums'}>
      {hydrated ? formatMoment(at) : formatMoment(at, 'UTC')}
    </time>
  );
}
