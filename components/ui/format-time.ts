// Times as people read them: local, 24 hours. `zone` is for the server and for tests; a browser uses its own.

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LONG_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAY_MS = 86_400_000;

export type Instant = Date | string | number;

interface Parts {
  year: number;
  month: number;
  day: number;
  weekday: number;
  clock: string;
  seconds: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsIn(at: Instant, zone: string | undefined): Parts {
  const id = zone ?? '';
  let format = formats.get(id);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(id, format);
  }
  const found: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(new Date(at))) found[type] = value;
  const year = Number(found.year);
  const month = Number(found.month);
  const day = Number(found.day);
  return {
    year,
    month,
    day,
    weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(),
    clock: `${found.hour}:${found.minute}`,
    seconds: found.second ?? '00',
  };
}

/** Days on the calendar, not spans of 24 hours: 23:59 and 00:01 are one day apart. */
function calendarDays(from: Parts, to: Parts): number {
  return Math.round((Date.UTC(to.year, to.month - 1, to.day) - Date.UTC(from.year, from.month - 1, from.day)) / DAY_MS);
}

/** "today 14:32", "Fri 20 Nov 11:07" (within 6 days), "9 Nov 16:08" (this year), "2 Oct 2025". */
export function formatTime(at: Instant, now: Instant = Date.now(), zone?: string): string {
  const then = partsIn(at, zone);
  const today = partsIn(now, zone);
  const days = Math.abs(calendarDays(then, today));
  const date = `${then.day} ${MONTHS[then.month - 1]}`;
  if (days === 0) return `today ${then.clock}`;
  if (days <= 6) return `${WEEKDAYS[then.weekday]} ${date} ${then.clock}`;
  if (then.year === today.year) return `${date} ${then.clock}`;
  return `${date} ${then.year}`;
}

/** A date without a time: "6 Dec", "6 Dec 2027", "today". */
export function formatDate(at: Instant, now: Instant = Date.now(), zone?: string): string {
  const then = partsIn(at, zone);
  const today = partsIn(now, zone);
  if (calendarDays(then, today) === 0) return 'today';
  const date = `${then.day} ${MONTHS[then.month - 1]}`;
  return then.year === today.year ? date : `${date} ${then.year}`;
}

/** The head of a group by month: "November 2026". */
export function formatMonth(at: Instant, zone?: string): string {
  const then = partsIn(at, zone);
  return `${LONG_MONTHS[then.month - 1]} ${then.year}`;
}

/** The head of a group by day: "Today", "Yesterday", "Friday 20 November", with the year when it is another one. */
export function formatDay(at: Instant, now: Instant = Date.now(), zone?: string): string {
  const then = partsIn(at, zone);
  const today = partsIn(now, zone);
  const days = calendarDays(then, today);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  const date = `${WEEKDAYS[then.weekday]} ${then.day} ${LONG_MONTHS[then.month - 1]}`;
  return then.year === today.year ? date : `${date} ${then.year}`;
}

/** A moment in full, as in "As of Fri 6 Nov 2026, 16:40". */
export function formatMoment(at: Instant, zone?: string): string {
  const then = partsIn(at, zone);
  return `${WEEKDAYS[then.weekday]} ${then.day} ${MONTHS[then.month - 1]} ${then.year}, ${then.clock}`;
}

/** For the name of a file, to the second, in the order of time: "2026-11-06 16.40.09". */
export function formatStamp(at: Instant, zone?: string): string {
  const { year, month, day, clock, seconds } = partsIn(at, zone);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${clock.replace(':', '.')}.${seconds}`;
}

/** For the tooltip: to the second, with the zone, and in UTC. "Fri 6 Nov 2026, 16:40:09 GMT+1. 15:40:09 UTC". */
export function formatExact(at: Instant, zone?: string): string {
  const then = partsIn(at, zone);
  const utc = partsIn(at, 'UTC');
  const name = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short' })
    .formatToParts(new Date(at))
    .find((part) => part.type === 'timeZoneName')?.value;
  const local = `${formatMoment(at, zone)}:${then.seconds} ${name}`;
  if (name === 'UTC') return local;
  const utcDay = utc.day === then.day ? '' : `${utc.day} ${MONTHS[utc.month - 1]}, `;
  return `${local}. ${utcDay}${utc.clock}:${utc.seconds} UTC`;
}

/** How long ago, or how far ahead: "just now", "3 s ago", "2 h ago", "17 days ago", "in 3 days". */
export function formatAgo(at: Instant, now: Instant = Date.now()): string {
  const seconds = Math.round((new Date(now).getTime() - new Date(at).getTime()) / 1000);
  const span = Math.abs(seconds);
  if (span < 2) return 'just now';
  const text =
    span < 60
      ? `${span} s`
      : span < 3_570
        ? `${Math.round(span / 60)} min`
        : span < 84_600
          ? `${Math.round(span / 3_600)} h`
          : `${Math.round(span / 86_400)} ${Math.round(span / 86_400) === 1 ? 'day' : 'days'}`;
  return seconds > 0 ? `${text} ago` : `in ${text}`;
}

/** "Today 14:32": for the start of a cell or a sentence. */
export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
