'use client';

import { useEffect, useState } from 'react';
import { addForecasts } from '#lib/cost/plan-forecast.ts';
import type { ForecastMonth } from '#lib/cost/schema.ts';
import { ApiError, api } from '#lib/http/api-client.ts';
import { addCounts, type DryRunCount, emptyCount } from '#lib/lifecycle/count-fates.ts';
import type { LifecycleRule } from '#lib/lifecycle/schema.ts';

export type Outlook = {
  count: DryRunCount | null;
  /** Of the moment of the forecast, ms since 1970. */
  now: number;
  asIs: ForecastMonth[] | null;
  withRules: ForecastMonth[] | null;
  /** Versions whose S3 object tags decided. */
  tagsRead: number;
  /** 0 to 1; 1 when all is counted. */
  progress: number;
  problem: string | null;
};

const nothing: Outlook = {
  count: null,
  now: 0,
  asIs: null,
  withRules: null,
  tagsRead: 0,
  progress: 0,
  problem: null,
};

/** How long one must hold still before the library is counted again, in ms: grips are dragged. */
const QUIET = 400;

/**
 * What the rules would do and cost, counted part by part while one looks. What was there stays until the new count is through.
 * @param rules null while they have problems: then nothing is counted
 */
export function useOutlook(library: string, rules: LifecycleRule[] | null): Outlook {
  const [outlook, setOutlook] = useState(nothing);
  const wanted = rules === null ? null : JSON.stringify(rules);
  useEffect(() => {
    if (wanted === null) return;
    const stop = new AbortController();
    // What is there is of other rules from now on.
    setOutlook((before) => ({ ...before, progress: 0 }));
    const timer = setTimeout(() => void count(library, JSON.parse(wanted), stop.signal, setOutlook), QUIET);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [library, wanted]);
  return outlook;
}

async function count(
  library: string,
  rules: LifecycleRule[],
  signal: AbortSignal,
  show: (update: (before: Outlook) => Outlook) => void,
): Promise<void> {
  try {
    let sum = emptyCount();
    let money: Pick<Outlook, 'now' | 'asIs' | 'withRules'> = { now: 0, asIs: null, withRules: null };
    let tagsRead = 0;
    let cursor: string | undefined;
    let moneyCursor: string | undefined;
    let left = { count: true, money: true };
    // In turn, part by part: what the store was asked of a version's tags for the one is still remembered for the other.
    while (left.count || left.money) {
      let progress = 0;
      if (left.count) {
        const input = { library, rules, cursor };
        const part = await api('POST /admin/libraries/{library}/lifecycle/dry-run', input, { signal });
        sum = addCounts(sum, part.count);
        tagsRead += part.tagsRead;
        cursor = part.nextCursor ?? undefined;
        progress = part.progress;
      }
      if (left.money) {
        const input = { library, rules, cursor: moneyCursor };
        const part = await api('POST /admin/libraries/{library}/cost/forecast', input, { signal });
        money = {
          now: part.now,
          asIs: money.asIs ? addForecasts(money.asIs, part.asIs) : part.asIs,
          withRules: money.withRules ? addForecasts(money.withRules, part.withRules) : part.withRules,
        };
        moneyCursor = part.nextCursor ?? undefined;
        progress = left.count ? (progress + part.progress) / 2 : part.progress;
      }
      left = { count: cursor !== undefined, money: moneyCursor !== undefined };
      show((before) => ({ ...before, progress: Math.min(progress, 0.99), problem: null }));
    }
    show(() => ({ count: sum, ...money, tagsRead, progress: 1, problem: null }));
  } catch (error) {
    if (signal.aborted) return;
    const problem = error instanceof ApiError ? error.detail : 'The app did not answer.';
    show((before) => ({ ...before, problem }));
    if (!(error instanceof ApiError)) throw error;
  }
}
