import { formatDay, type Instant } from '#components/ui/format-time.ts';

export type DayGroup<T> = { day: string; items: T[] };

/** Items that come newest first, under the days of the reader's calendar. `zone` is for the server, which does not know theirs. */
export function groupByDay<T>(
  items: readonly T[],
  at: (item: T) => Instant,
  now: Instant,
  zone?: string,
): DayGroup<T>[] {
  const groups: DayGroup<T>[] = [];
  for (const item of items) {
    const day = formatDay(at(item), now, zone);
    const last = groups.at(-1);
    if (last?.day === day) last.items.push(item);
    else groups.push({ day, items: [item] });
  }
  return groups;
}
