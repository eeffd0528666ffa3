import { DAY } from '#lib/lifecycle/plan-fates.ts';
import { readingPrice } from './plan-running.ts';
import type { ForecastMonth, PriceSheet, RunningCost } from './schema.ts';
import { GB, priceOf, tieredPrice } from './storage-price.ts';

/** Months that a forecast covers: the whole ones after this one. */
export const FORECAST_MONTHS = 12;

export type Span = { month: string; from: number; until: number };

/** The twelve calendar months (UTC) after the one of `now`. */
export function forecastSpans(now: number): Span[] {
  const date = new Date(now);
  const start = (offset: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1);
  return Array.from({ length: FORECAST_MONTHS }, (_, index) => ({
    month: new Date(start(index + 1)).toISOString().slice(0, 7),
    from: start(index + 1),
    until: start(index + 2),
  }));
}

const add = (into: Record<string, number>, name: string, amount: number) => {
  if (amount !== 0) into[name] = (into[name] ?? 0) + amount;
};

/** The sum of the forecasts of different keys. Safe in a browser. */
export function addForecasts(a: ForecastMonth[], b: ForecastMonth[]): ForecastMonth[] {
  return a.map((month, index) => {
    const other = b[index];
    const sum = (name: Exclude<keyof ForecastMonth, 'month'>) => {
      const total = { ...month[name] };
      for (const [key, amount] of Object.entries(other?.[name] ?? {})) add(total, key, amount);
      return total;
    };
    return {
      month: month.month,
      byteDays: sum('byteDays'),
      billedByteDays: sum('billedByteDays'),
      objectDays: sum('objectDays'),
      moves: sum('moves'),
      earlyByteDays: sum('earlyByteDays'),
    };
  });
}

const classesOf = ({ byteDays }: ForecastMonth) => Object.entries(byteDays).map(([name, bytes]) => ({ name, bytes }));

export type MonthPrice = {
  month: string;
  /** Storage by class. */
  byClass: Record<string, number>;
  storage: number;
  transitions: number;
  /** For leaving a class before its minimum time. */
  early: number;
  /** Watching by Intelligent-Tiering. */
  monitoring: number;
  /** Requests, reading and traffic; 0 where they are not asked for. */
  running: number;
  total: number;
};

/**
 * A forecast in money. Requests and traffic stay as they are; what reading costs follows the classes that the bytes lie in, since colder ones charge
 * for it. Safe in a browser.
 * @param running of the library now; null: storing only
 */
export function priceForecast(
  months: ForecastMonth[],
  spans: Span[],
  prices: PriceSheet,
  running: RunningCost | null = null,
): MonthPrice[] {
  const steady = running?.lines.reduce((sum, { name, perMonth }) => sum + (name === 'reading' ? 0 : perMonth), 0) ?? 0;
  const use = running?.use ?? null;
  return months.map((month, index) => {
    const span = spans[index];
    const days = span ? (span.until - span.from) / DAY : 30;
    const byClass: Record<string, number> = {};
    for (const [name, byteDays] of Object.entries(month.billedByteDays))
      byClass[name] = tieredPrice(priceOf(prices, name), byteDays / days);
    const sumOf = (amounts: Record<string, number>, priced: (name: string, amount: number) => number) =>
      Object.entries(amounts).reduce((sum, [name, amount]) => sum + priced(name, amount), 0);
    const storage = sumOf(byClass, (_, amount) => amount);
    const transitions = sumOf(month.moves, (name, count) => (count / 1000) * priceOf(prices, name).transitionPer1000);
    const early = sumOf(month.earlyByteDays, (name, byteDays) => {
      const [first] = priceOf(prices, name).storage;
      return (byteDays / days / GB) * (first?.perGbMonth ?? 0);
    });
    const monitoring = sumOf(
      month.objectDays,
      (name, objectDays) => (objectDays / days / 1000) * priceOf(prices, name).monitoringPer1000,
    );
    const reading = use ? readingPrice(use, classesOf(month), prices) : 0;
    return {
      month: month.month,
      byClass,
      storage,
      transitions,
      early,
      monitoring,
      running: steady + reading,
      total: storage + transitions + early + monitoring + steady + reading,
    };
  });
}
