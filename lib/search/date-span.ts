/** Calendar days, "2026-11-05": `from` is in it, `to` is the first day after it; null is open. */
export type DaySpan = { from: string | null; to: string | null };

type Day = { year: number; month: number; day: number };
type Unit = 'day' | 'week' | 'month' | 'year';

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthWord =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const dayNumber = '(\\d{1,2})(?:st|nd|rd|th)?';
const dayMonth = new RegExp(`^${dayNumber} ${monthWord}(?:,? (\\d{4}))?$`);
const monthDay = new RegExp(`^${monthWord} ${dayNumber}(?:,? (\\d{4}))?$`);
const monthYear = new RegExp(`^${monthWord}(?: (\\d{4}))?$`);

/**
 * Days as people say them: "last week", "yesterday", "Nov 2026", "5 Nov", "2 to 9 Nov", "since March", "2026-11-05..2026-11-07", "last 30 days".
 * Weeks begin on Monday. A month or day without a year is the latest one that is not ahead.
 * @returns null when it is none of these
 */
export function parseDateSpan(text: string, today: Date): DaySpan | null {
  const now: Day = { year: today.getFullYear(), month: today.getMonth() + 1, day: today.getDate() };
  return parse(text.trim().toLowerCase().replace(/\s+/g, ' '), now);
}

function parse(text: string, now: Day): DaySpan | null {
  const open = /^(since|from|after|before|until|till) (.+)$/.exec(text);
  if (open) {
    const span = parseOne(open[2] as string, now);
    if (!span) return null;
    if (open[1] === 'since' || open[1] === 'from') return { from: span.from, to: null };
    if (open[1] === 'after') return { from: span.to, to: null };
    return { from: null, to: open[1] === 'before' ? span.from : span.to };
  }
  const [left, right, ...more] = text.split(/ ?\.\. ?| to | [-–—] /);
  if (left === undefined || more.length > 0) return null;
  if (right === undefined) return parseOne(left, now);
  const last = right === '' ? { from: null, to: null } : parseOne(right, now);
  // "2 to 9 Nov": the month is said once.
  const borrowed = /^\d{1,2}$/.test(left) && last?.from ? `${last.from.slice(0, 8)}${left.padStart(2, '0')}` : left;
  const first = left === '' ? { from: null, to: null } : parseOne(borrowed, now);
  if (!first || !last || (left === '' && right === '')) return null;
  const span = { from: first.from, to: last.to };
  return span.from !== null && span.to !== null && span.from >= span.to ? null : span;
}

/** One day, week, month, year, or span that ends today. */
function parseOne(text: string, now: Day): DaySpan | null {
  if (text === 'today') return span(now, 'day');
  if (text === 'yesterday') return span(shift(now, 'day', -1), 'day');
  const relative = /^(this|last) (week|month|year)$/.exec(text);
  if (relative) {
    const unit = relative[2] as Unit;
    return span(startOf(shift(now, unit, relative[1] === 'last' ? -1 : 0), unit), unit);
  }
  const past = /^(?:last|past) (\d{1,3}) (day|week|month|year)s?$/.exec(text);
  if (past) {
    const from = shift(shift(now, past[2] as Unit, -Number(past[1])), 'day', 1);
    return { from: write(from), to: write(shift(now, 'day', 1)) };
  }
  return parseDate(text, now);
}

function parseDate(text: string, now: Day): DaySpan | null {
  const iso = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text);
  if (iso) return dated(Number(iso[1]), iso[2] ? Number(iso[2]) : null, iso[3] ? Number(iso[3]) : null);
  const spoken = dayMonth.exec(text);
  const turned = monthDay.exec(text);
  const [day, word, year] = spoken ? spoken.slice(1) : turned ? [turned[2], turned[1], turned[3]] : [];
  if (day && word) return inYear(year, now, (each) => dated(each, monthOf(word), Number(day)));
  const month = monthYear.exec(text);
  return month ? inYear(month[2], now, (each) => dated(each, monthOf(month[1] as string), null)) : null;
}

/** The year that was said, else the latest in which it is not ahead. */
function inYear(said: string | undefined, now: Day, make: (year: number) => DaySpan | null): DaySpan | null {
  if (said) return make(Number(said));
  const here = make(now.year);
  return here?.from && here.from > write(now) ? make(now.year - 1) : here;
}

function dated(year: number, month: number | null, day: number | null): DaySpan | null {
  const start = { year, month: month ?? 1, day: day ?? 1 };
  const unit = month === null ? 'year' : day === null ? 'month' : 'day';
  // 31 Feb is no day: a calendar would carry it into March.
  return year >= 1 && same(normal(start), start) ? span(start, unit) : null;
}

const monthOf = (word: string) => monthNames.indexOf(word.slice(0, 3)) + 1;
const span = (start: Day, unit: Unit): DaySpan => ({ from: write(start), to: write(shift(start, unit, 1)) });
const same = (a: Day, b: Day) => a.year === b.year && a.month === b.month && a.day === b.day;
const write = ({ year, month, day }: Day) =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

function normal({ year, month, day }: Day): Day {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function shift(day: Day, unit: Unit, by: number): Day {
  if (unit === 'day' || unit === 'week') return normal({ ...day, day: day.day + by * (unit === 'week' ? 7 : 1) });
  const month = unit === 'month' ? day.month + by : day.month;
  const year = unit === 'year' ? day.year + by : day.year;
  // A month after 31 January is the last day of February.
  const last = normal({ year, month: month + 1, day: 0 });
  return { ...last, day: Math.min(day.day, last.day) };
}

function startOf(day: Day, unit: Unit): Day {
  if (unit === 'year') return { ...day, month: 1, day: 1 };
  if (unit === 'month') return { ...day, day: 1 };
  const weekday = new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay();
  return shift(day, 'day', -((weekday + 6) % 7));
}
