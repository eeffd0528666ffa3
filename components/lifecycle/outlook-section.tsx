'use client';

import { useMemo } from 'react';
import { formatMoney } from '#components/ui/format.ts';
import { formatDate } from '#components/ui/format-time.ts';
import { Meter } from '#components/ui/meter.tsx';
import { Note } from '#components/ui/note.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { forecastSpans, priceForecast } from '#lib/cost/plan-forecast.ts';
import type { PriceSheet, RunningCost } from '#lib/cost/schema.ts';
import type { Competition } from '#lib/lifecycle/find-competing-rules.ts';
import { DryRunTable } from './dry-run-table.tsx';
import { ForecastChart } from './forecast-chart.tsx';
import type { Outlook } from './use-outlook.ts';

/** What the rules save, and what they do, while they are being edited. */
export function OutlookSection({
  outlook,
  counting,
  competing,
  prices,
  running,
}: {
  outlook: Outlook;
  /** False while a rule has a problem: then nothing is counted. */
  counting: boolean;
  competing: Competition[];
  prices: PriceSheet;
  running: RunningCost | null;
}) {
  const { count, now, asIs, withRules, tagsRead, progress, problem } = outlook;
  const money = useMemo(() => {
    if (!asIs || !withRules) return null;
    const spans = forecastSpans(now);
    return {
      asIs: priceForecast(asIs, spans, prices, running),
      withRules: priceForecast(withRules, spans, prices, running),
    };
  }, [asIs, withRules, now, prices, running]);
  const sum = (months: { total: number }[] = []) => months.reduce((total, month) => total + month.total, 0);
  const saved = money ? sum(money.asIs) - sum(money.withRules) : 0;
  const moving = money?.withRules.reduce((total, month) => total + month.transitions + month.early, 0) ?? 0;
  return (
    <section aria-label="Outlook" className="-mx-4 mt-3 border-t border-line px-4 pt-3 max-sm:mx-0 max-sm:px-0">
      {progress < 1 && counting && problem === null && (
        <Meter value={progress} label="Counting" text="The library is being counted" thin />
      )}
      {problem && (
        <Note tone="danger">
          <b>The count did not come through.</b> {problem}
        </Note>
      )}
      {!counting && (
        <p className="text-meta text-fg-3">The figures are those before the last change; a rule has a problem.</p>
      )}
      {money && count ? (
        <div className="grid grid-cols-[minmax(0,1.4fr)_minmax(260px,1fr)] gap-6 max-md:grid-cols-1">
          <div>
            <p className="flex flex-wrap items-baseline gap-x-2.5">
              <b className={`text-figure tabular-nums ${saved >= 0 ? 'text-success-text' : 'text-danger-text'}`}>
                {formatMoney(Math.abs(saved))}
              </b>
              <span className="text-fg-2">
                {saved >= 0 ? 'saved' : 'more to pay'} in 12 months
                {moving > 0 && `, after ${formatMoney(moving)} of moving fees`}
              </span>
            </p>
            <ForecastChart asIs={money.asIs} withRules={money.withRules} />
            <p className="mt-1 text-meta text-fg-3">
              {prices.name}, prices of {formatDate(`${prices.asOf}T12:00:00Z`)}. {runningWords(running)}
            </p>
          </div>
          <DryRunTable count={count} competing={competing} tagsRead={tagsRead} />
        </div>
      ) : (
        problem === null && <Skeleton className="mt-2 h-60 w-full" />
      )}
    </section>
  );
}

/** What else is in the figures, beside storing and moving. */
function runningWords(running: RunningCost | null): string {
  if (!running) return 'Storage and moving.';
  return running.use
    ? `Storage, moving, ${formatMoney(running.perMonth)} a month of requests and traffic; reading follows the classes.`
    : `Storage, moving and ${formatMoney(running.perMonth)} a month of requests. What is read is said under Cost.`;
}
