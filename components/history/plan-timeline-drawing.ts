import type { TimelineView } from '#lib/history/schema.ts';

type Bar = TimelineView['bars'][number];
export type Scale = { from: number; to: number; width: number };
export type DrawnBar = { x: number; width: number; height: number; depth: number; from: number };
export type Mark = { x: number; text: string };
export type Tick = { x: number; label: string };

/** Px of the highest and of the lowest bar, and what stays free between two of them. */
const highest = 38;
const lowest = 4;
const gap = 5;

/** The time line in px: from the start of the first bar to the moment that it was read. Times in ms. */
export function scaleOf(timeline: Pick<TimelineView, 'from' | 'to' | 'bars'>, width: number): Scale {
  const to = Date.parse(timeline.to);
  const from = Math.min(
    timeline.from === null ? to - 3_600_000 : Date.parse(timeline.from),
    ...timeline.bars.slice(0, 1).map((bar) => Date.parse(bar.from)),
  );
  return { from, to: Math.max(to, from + 60_000), width };
}

export const toX = ({ from, to, width }: Scale, time: number): number =>
  Math.max(0, Math.min(width, ((time - from) / (to - from)) * width));

export const toTime = ({ from, to, width }: Scale, x: number): number =>
  Math.round(from + (Math.max(0, Math.min(width, x)) / Math.max(1, width)) * (to - from));

/** Bars in a square-root height, coloured by age: the newest fifth of the line in the lightest depth. */
export function drawBars(bars: readonly Bar[], scale: Scale): DrawnBar[] {
  const most = Math.max(1, ...bars.map((bar) => bar.changes));
  return bars.map((bar) => {
    const left = toX(scale, Date.parse(bar.from));
    const right = toX(scale, Date.parse(bar.until));
    const middle = (left + right) / 2 / Math.max(1, scale.width);
    const free = Math.min(gap, (right - left) * 0.27);
    return {
      x: left + free / 2,
      width: Math.max(2, right - left - free),
      height: Math.max(lowest, Math.sqrt(bar.changes / most) * highest),
      depth: Math.max(1, 5 - Math.floor(Math.min(0.999, middle) * 5)),
      from: Date.parse(bar.from),
    };
  });
}

/** What a bar must hold to be named, and how often what the middle one holds. */
const markLeast = 5;
const markTimes = 3;
/** Px that two names must be apart. */
const markApart = 150;

/** The bars where much happened, named by what: at most three, the largest first. */
export function planMarks(bars: readonly Bar[], scale: Scale): Mark[] {
  const usual = median(bars.map((bar) => bar.changes));
  const candidates = bars
    .filter(({ changes, deleted }) => deleted >= markLeast || changes >= Math.max(markLeast, usual * markTimes))
    .toSorted((a, b) => b.deleted * 4 + b.changes - (a.deleted * 4 + a.changes));
  const marks: Mark[] = [];
  for (const bar of candidates) {
    if (marks.length === 3) break;
    const text = wordsOf(bar);
    const half = text.length * 3.2 + 4;
    const middle = (toX(scale, Date.parse(bar.from)) + toX(scale, Date.parse(bar.until))) / 2;
    const x = Math.max(half, Math.min(scale.width - half, middle));
    if (marks.every((mark) => Math.abs(mark.x - x) > markApart)) marks.push({ x, text });
  }
  return marks;
}

function wordsOf({ changes, deleted, added }: Bar): string {
  const files = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'file' : 'files'}`;
  if (deleted >= markLeast && deleted >= added) return `${files(deleted)} deleted`;
  if (added * 2 >= changes) return `${files(added)} added`;
  return `${changes.toLocaleString('en')} changes`;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const minute = 60_000;
const day = 1_440 * minute;
const steps = [
  ...[1, 5, 15, 30, 60, 180, 360, 720].map((minutes) => ({ ms: minutes * minute, days: 0, months: 0 })),
  ...[1, 2, 7, 14].map((days) => ({ ms: days * day, days, months: 0 })),
  ...[1, 3, 6, 12, 24, 60, 120].map((months) => ({ ms: months * 30 * day, days: 0, months })),
];
const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Px from one tick to the next at least, and what the word "Now" at the end needs. */
const tickApart = 76;
const nowWidth = 64;

/** Ticks in the zone of the reader, at round times, so many as there is room for. "Now" stands at the end by itself. */
export function planTicks(scale: Scale): Tick[] {
  const { from, to, width } = scale;
  if (width <= 0) return [];
  const perPx = (to - from) / width;
  const step = steps.find(({ ms }) => ms / perPx >= tickApart) ?? (steps.at(-1) as (typeof steps)[0]);
  const ticks: Tick[] = [];
  let before: Date | null = null;
  for (let at = floorTo(new Date(from), step); at.getTime() < to && ticks.length < 60; at = next(at, step)) {
    const x = toX(scale, at.getTime());
    if (at.getTime() >= from && x <= width - nowWidth) {
      ticks.push({ x, label: labelOf(at, before, step) });
      before = at;
    }
  }
  return ticks;
}

type Step = (typeof steps)[number];

function floorTo(at: Date, { ms, days, months }: Step): Date {
  const floor = new Date(at);
  floor.setHours(0, 0, 0, 0);
  if (months > 0) {
    floor.setDate(1);
    floor.setMonth(months >= 12 ? 0 : Math.floor(floor.getMonth() / months) * months);
    if (months > 12) floor.setFullYear(Math.floor(floor.getFullYear() / (months / 12)) * (months / 12));
  } else if (days === 7 || days === 14) floor.setDate(floor.getDate() - ((floor.getDay() + 6) % 7));
  else if (days === 0) floor.setTime(floor.getTime() + Math.floor((at.getTime() - floor.getTime()) / ms) * ms);
  return floor;
}

function next(at: Date, { ms, days, months }: Step): Date {
  const then = new Date(at);
  if (months > 0) then.setMonth(then.getMonth() + months);
  else if (days > 0) then.setDate(then.getDate() + days);
  else then.setTime(then.getTime() + ms);
  return then;
}

function labelOf(at: Date, before: Date | null, { days, months }: Step): string {
  const month = names[at.getMonth()] as string;
  const newYear = before !== null && before.getFullYear() !== at.getFullYear();
  if (months >= 12) return String(at.getFullYear());
  if (months > 0) return before === null || newYear ? `${month} ${at.getFullYear()}` : month;
  const date = `${at.getDate()} ${month}`;
  if (days > 0) return before === null || before.getMonth() !== at.getMonth() ? date : String(at.getDate());
  const clock = `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
  return before === null || before.getDate() !== at.getDate() ? `${date}, ${clock}` : clock;
}
