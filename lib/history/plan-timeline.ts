/** How wide a bar of the timeline is, as Postgres writes an interval. Those under a day are cut by the clock, the others by the calendar. */
export const timelineSteps = [
  '5 seconds',
  '15 seconds',
  '1 minute',
  '5 minutes',
  '15 minutes',
  '1 hour',
  '6 hours',
  '1 day',
  '1 week',
  '1 month',
  '1 year',
] as const;
export type TimelineStep = (typeof timelineSteps)[number];

const second = 1_000;
const minute = 60 * second;
const day = 1_440 * minute;
const lengths: Record<TimelineStep, number> = {
  '5 seconds': 5 * second,
  '15 seconds': 15 * second,
  '1 minute': minute,
  '5 minutes': 5 * minute,
  '15 minutes': 15 * minute,
  '1 hour': 60 * minute,
  '6 hours': 360 * minute,
  '1 day': day,
  '1 week': 7 * day,
  '1 month': 30 * day,
  '1 year': 365 * day,
};

/**
 * The finest step in which a span fits into so many bars; a year where even that is not enough.
 * @param spanMs ms
 */
export function planStep(spanMs: number, bars: number): TimelineStep {
  return timelineSteps.find((step) => spanMs / lengths[step] <= bars) ?? '1 year';
}

/** Ms without a change after which what follows is another change (an upload is completed more often than that), and the longest that one change goes on. */
export const pause = 10_000;
export const longestBurst = 60 * minute;

/**
 * Changes come in bursts: an upload of 500 files is one thing to step over. The other end of the burst that the first time is in.
 * @param times ms since 1970, from one end of it on, in order, either way
 */
export function endOfBurst(times: readonly number[]): number {
  const [first = 0] = times;
  let end = first;
  for (const time of times) {
    if (Math.abs(time - end) > pause || Math.abs(time - first) > longestBurst) break;
    end = time;
  }
  return end;
}
