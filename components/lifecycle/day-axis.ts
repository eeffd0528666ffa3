/**
 * The axis of a lane: ages that matter stand apart, whatever their distance in days (UI.md, "Lifecycle": ordinal 0, 7, 30, 90, 180,
 * 1 year, 2 years). Between two marks it is even.
 */
const marks = [
  { day: 0, at: 0, label: 'Day 0' },
  { day: 7, at: 0.085, label: '7' },
  { day: 30, at: 0.22, label: '30' },
  { day: 90, at: 0.4, label: '90' },
  { day: 180, at: 0.55, label: '180' },
  { day: 365, at: 0.72, label: '1 year' },
  { day: 730, at: 0.87, label: '2 years' },
  /** Where the bar ends: "later". */
  { day: 1825, at: 1, label: 'Later' },
] as const;

export const axisMarks: readonly { day: number; at: number; label: string }[] = marks;

/** Where a day stands on the bar, 0 to 1; five years and more are at its end. */
export function dayToShare(day: number): number {
  const index = marks.findIndex((mark) => day < mark.day);
  const [from, to] = [marks[index - 1], marks[index]];
  if (index === -1) return 1;
  if (!from || !to) return 0;
  return from.at + ((day - from.day) / (to.day - from.day)) * (to.at - from.at);
}

/** The whole day at a place of the bar. */
export function shareToDay(share: number): number {
  const index = marks.findIndex((mark) => share < mark.at);
  const [from, to] = [marks[index - 1], marks[index]];
  if (index === -1) return marks.at(-1)?.day ?? 0;
  if (!from || !to) return 0;
  return Math.round(from.day + ((share - from.at) / (to.at - from.at)) * (to.day - from.day));
}
