import { parseDateSpan } from '#lib/search/date-span.ts';

/**
 * The moment that words mean, RFC 3339: a day and a time ("6 Nov 16:40", "yesterday 9:00"), a time of today, or the end of a day, week or
 * month that is over. In the zone of this computer.
 * @returns null when they are no such words, and for what is still ahead
 */
export function planMoment(text: string, now: Date): string | null {
  const timed = /^(?:(.+?),? )?(?:at )?(\d{1,2}):(\d\d)$/.exec(text.trim().toLowerCase());
  const at = timed ? timeOf(timed[1] ?? 'today', Number(timed[2]), Number(timed[3]), now) : endOf(text, now);
  return at !== null && at.getTime() < now.getTime() ? at.toISOString() : null;
}

function timeOf(day: string, hours: number, minutes: number, now: Date): Date | null {
  const span = parseDateSpan(day, now);
  if (!span?.from || !span.to || hours > 23 || minutes > 59) return null;
  const at = midnight(span.from);
  const isOneDay =
    new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1).getTime() === midnight(span.to).getTime();
  if (!isOneDay) return null;
  at.setHours(hours, minutes);
  return at;
}

function endOf(text: string, now: Date): Date | null {
  const span = parseDateSpan(text, now);
  return span?.to ? midnight(span.to) : null;
}

function midnight(day: string): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date);
}
