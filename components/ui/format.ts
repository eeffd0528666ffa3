// How Strata writes numbers, sizes, money, times and names. Pure and without libraries: the same on server and client.

const NNBSP = '\u202f';
const KIB = 1024;
const UNITS = ['KB', 'MB', 'GB', 'TB', 'PB'] as const;
/** By decimals. Making one takes as long as a thousand uses of it, and a screen of files has hundreds of numbers. */
const numbers = [0, 1, 2].map(
  (decimals) => new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
);

function withDecimals(value: number, decimals: 0 | 1 | 2): string {
  return (numbers[decimals] as Intl.NumberFormat).format(value);
}

/** "27,415" */
export function formatCount(n: number): string {
  return withDecimals(Math.round(n), 0);
}

/** "1 item", "142 items" */
export function formatPlural(n: number, one: string, many = `${one}s`): string {
  return `${formatCount(n)} ${Math.round(n) === 1 ? one : many}`;
}

/** Powers of 1024; whole KB, one decimal from 1 MB: "0 bytes", "412 KB", "9.4 MB", "1.2 GB". */
export function formatBytes(bytes: number): string {
  if (bytes < KIB) return formatPlural(bytes, 'byte');
  let value = bytes / KIB;
  let unit = 0;
  // Rounding may carry into the next unit: 1,023.96 MB is 1.0 GB, not 1,024.0 MB.
  while (unit < UNITS.length - 1 && Number(value.toFixed(unit === 0 ? 0 : 1)) >= KIB) {
    value /= KIB;
    unit += 1;
  }
  return `${withDecimals(value, unit === 0 ? 0 : 1)} ${UNITS[unit]}`;
}

/** Two sizes with one unit, that of the second: "1.1 of 1.8 GB", "0 of 412 KB". */
export function formatBytesOf(done: number, total: number): string {
  const text = formatBytes(total);
  const unit = text.slice(text.indexOf(' ') + 1);
  const power = UNITS.indexOf(unit as (typeof UNITS)[number]) + 1;
  if (power === 0) return `${formatCount(done)} of ${text}`;
  const value = done / KIB ** power;
  return `${done === 0 ? '0' : withDecimals(value, power === 1 ? 0 : 1)} of ${text}`;
}

/** Bytes a second: "46.0 MB/s". */
export function formatSpeed(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** A share from 0 to 1, with a narrow no-break space: "82 %". Only the whole is 100 %, only nothing is 0 %. */
export function formatPercent(share: number): string {
  const whole = Math.round(share * 100);
  const honest = share > 0 && whole === 0 ? 1 : share < 1 && whole === 100 ? 99 : whole;
  return `${honest}${NNBSP}%`;
}

/** US dollars: cents below $20, none above, "under $0.01" for the rest: "$0", "$18.30", "$3,175". */
export function formatMoney(dollars: number): string {
  if (dollars === 0) return '$0';
  if (dollars < 0) return `-${formatMoney(-dollars)}`;
  if (dollars < 0.01) return 'under $0.01';
  return `$${withDecimals(dollars, Number(dollars.toFixed(2)) < 20 ? 2 : 0)}`;
}

/** A span in its largest fitting unit: "22 s", "2 min", "3 h", "17 days". */
export function formatDuration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3_570) return `${Math.round(s / 60)} min`;
  if (s < 84_600) return `${Math.round(s / 3_600)} h`;
  return formatPlural(Math.round(s / 86_400), 'day');
}

/** "3 to 5 h", "2 min": a range in the unit of its upper end. */
export function formatDurationRange(from: number, to: number): string {
  const low = formatDuration(from);
  const high = formatDuration(to);
  if (low === high) return high;
  const [lowCount, lowUnit] = low.split(' ');
  const highUnit = high.split(' ')[1];
  return lowUnit === highUnit || (lowUnit === 'day' && highUnit === 'days')
    ? `${lowCount} to ${high}`
    : `${low} to ${high}`;
}

/** Time left of a transfer, rounded to 5 s above 30 s so that it does not flicker: "22 s left", "35 s left". */
export function formatTimeLeft(seconds: number): string {
  const s = seconds > 30 && seconds < 60 ? Math.round(seconds / 5) * 5 : seconds;
  return `${formatDuration(s)} left`;
}

/** The length of a film: "0:42", "12:07", "1:02:03". */
export function formatPlayTime(ms: number): string {
  const s = Math.max(0, Math.round(ms / 1000));
  const pad = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(s / 3600);
  const minutes = Math.floor(s / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(s % 60)}` : `${minutes}:${pad(s % 60)}`;
}

/** "6000 x 3840", with the multiplication sign. */
export function formatDimensions(width: number, height: number): string {
  return `${width} \u00d7 ${height}`;
}
