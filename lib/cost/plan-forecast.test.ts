import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRules } from '#lib/lifecycle/compile-rules.ts';
import { DAY, type FateEvent, type FateKey, nextMidnight, planFates } from '#lib/lifecycle/plan-fates.ts';
import type { StoredRule } from '#lib/storage/bucket-lifecycle.ts';
import { addForecasts, forecastSpans, priceForecast } from './plan-forecast.ts';
import { planRunning } from './plan-running.ts';
import { pricesUsEast1 as prices } from './prices-us-east-1.ts';
import { startForecast } from './start-forecast.ts';
import { billedSize, GB, priceOf } from './storage-price.ts';

const now = Date.parse('2026-11-25T15:00:00Z');
const spans = forecastSpans(now);

const key = (name: string, size: number, modified: string): FateKey => ({
  key: name,
  versions: [
    { versionId: name, isDeleteMarker: false, size, modifiedAt: Date.parse(modified), storageClass: 'STANDARD' },
  ],
});

function forecast(keys: FateKey[], ...rules: Omit<StoredRule, 'Status'>[]) {
  const compiled = compileRules(rules.map((rule) => ({ ...rule, Status: 'Enabled' })));
  const sum = startForecast(spans, prices);
  const options = { from: nextMidnight(now), until: spans.at(-1)?.until ?? 0, minimumSize: 'all' as const };
  for (const one of keys) sum.add(one, planFates(one, compiled, options));
  return sum.months();
}

describe('forecastSpans', () => {
  it('are the next twelve calendar months', () => {
    expect(spans.map(({ month }) => month)).toEqual([
      '2026-12',
      '2027-01',
      '2027-02',
      '2027-03',
      '2027-04',
      '2027-05',
      '2027-06',
      '2027-07',
      '2027-08',
      '2027-09',
      '2027-10',
      '2027-11',
    ]);
    expect(spans.map(({ from, until }) => (until - from) / DAY).slice(0, 3)).toEqual([31, 31, 28]);
  });
});

describe('startForecast', () => {
  it('costs the same each month while nothing happens', () => {
    const months = priceForecast(forecast([key('a', GB, '2026-01-01')]), spans, prices);
    for (const month of months) expect(month.total).toBeCloseTo(0.023, 9);
  });

  it('cuts a month where a file moves, and bills the move once', () => {
    // Day 30 after 16 Nov is the run of 17 Dec: 16 of 31 days in Standard.
    const months = priceForecast(
      forecast([key('a', GB, '2026-11-16T12:00:00Z')], { Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }] }),
      spans,
      prices,
    );
    expect(months[0]?.byClass.STANDARD).toBeCloseTo((0.023 * 16) / 31, 9);
    expect(months[0]?.byClass.STANDARD_IA).toBeCloseTo((0.0125 * 15) / 31, 9);
    expect(months[0]?.transitions).toBeCloseTo(0.00001, 9);
    expect(months[1]?.total).toBeCloseTo(0.0125, 9);
  });

  it('bills the rest of the minimum time of what leaves early', () => {
    // Into Glacier on 1 Dec, on to Deep Archive 10 days later: 80 of 90 days are missing.
    const months = forecast([key('a', GB, '2026-11-30T00:00:00Z')], {
      Transitions: [
        { Days: 0, StorageClass: 'GLACIER' },
        { Days: 10, StorageClass: 'DEEP_ARCHIVE' },
      ],
    });
    expect(months[0]?.earlyByteDays.GLACIER).toBeCloseTo((GB + 32768) * 80, 0);
    expect(months[0]?.moves).toEqual({ GLACIER: 1, DEEP_ARCHIVE: 1 });
  });

  it('is free once a version is removed', () => {
    const versions = ['new', 'old'].map((versionId, index) => ({
      versionId,
      isDeleteMarker: false,
      size: GB,
      modifiedAt: Date.parse(index === 0 ? '2026-11-20' : '2026-10-01'),
      storageClass: 'STANDARD',
    }));
    const months = priceForecast(
      forecast([{ key: 'a', versions }], { NoncurrentVersionExpiration: { NoncurrentDays: 1 } }),
      spans,
      prices,
    );
    expect(months[0]?.total).toBeCloseTo(0.023, 9);
  });

  it('comes to what counting day by day comes to', () => {
    const first = spans[0]?.from ?? 0;
    const end = spans.at(-1)?.until ?? 0;
    const days = (end - first) / DAY;
    const event = fc.record({
      day: fc.integer({ min: -40, max: days + 40 }),
      to: fc.constantFrom('GLACIER', 'DEEP_ARCHIVE', null),
    });
    fc.assert(
      fc.property(
        fc.nat(5 * GB),
        fc.uniqueArray(event, { maxLength: 3, selector: ({ day }) => day }),
        (size, drawn) => {
          const one = key('a', size, '2020-01-01');
          const events = drawn
            .toSorted((a, b) => a.day - b.day)
            .map(({ day, to }): FateEvent => {
              const about = { at: first + day * DAY, versionId: 'a', ruleId: 'r' };
              return to === null ? { ...about, action: 'remove' } : { ...about, action: 'move', to };
            });
          const gone = events.findIndex(({ action }) => action === 'remove');
          const done = gone < 0 ? events : events.slice(0, gone + 1);
          const sum = startForecast(spans, prices);
          sum.add(one, done);
          const months = sum.months();
          for (const [index, span] of spans.entries()) {
            const simulated: Record<string, number> = {};
            for (let at = span.from; at < span.until; at += DAY) {
              const last = done.findLast((event) => event.at <= at);
              if (last?.action === 'remove') continue;
              const name = last?.action === 'move' ? last.to : 'STANDARD';
              const billed = billedSize(priceOf(prices, name), size);
              simulated[name] = (simulated[name] ?? 0) + billed.own;
              if (billed.standard > 0) simulated.STANDARD = (simulated.STANDARD ?? 0) + billed.standard;
            }
            const found = months[index]?.billedByteDays ?? {};
            for (const name of ['STANDARD', 'GLACIER', 'DEEP_ARCHIVE'])
              expect(found[name] ?? 0, `${name} in ${span.month}`).toBeCloseTo(simulated[name] ?? 0, 0);
          }
        },
      ),
    );
  });

  it('adds up: two parts are the whole', () => {
    const rule = { Transitions: [{ Days: 60, StorageClass: 'GLACIER' }] };
    const keys = [key('a', GB, '2026-11-01'), key('b', 3 * GB, '2026-06-01'), key('c', 10, '2026-11-20')];
    const whole = priceForecast(forecast(keys, rule), spans, prices);
    const parts = addForecasts(forecast(keys.slice(0, 1), rule), forecast(keys.slice(1), rule));
    expect(priceForecast(parts, spans, prices).map(({ total }) => total.toFixed(9))).toEqual(
      whole.map(({ total }) => total.toFixed(9)),
    );
  });
});

it('adds requests and traffic to each month, and reading as the classes charge for it', () => {
  const running = planRunning(
    {
      measured: { singles: 1000, multiparts: 0, parts: 0, items: 0, copies: 0 },
      versions: 0,
      byClass: [{ name: 'STANDARD', bytes: GB }],
      use: { downloads: 0, bytes: 10 * GB },
      viaCloudFront: false,
    },
    prices,
  );
  const rule = { Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }] };
  const months = forecast([key('a', GB, '2026-01-01')], rule);
  const [first] = priceForecast(months, spans, prices, running);
  // It lies in Standard-IA by then.
  const steady = (1000 * 0.005 + 1000 * 0.0004) / 1000 + 10 * 0.09;
  expect(first?.running).toBeCloseTo(steady + 10 * 0.01, 9);
  expect(first?.total).toBeCloseTo((first?.storage ?? 0) + (first?.running ?? 0), 9);
  expect(priceForecast(months, spans, prices)[0]?.running).toBe(0);
});
