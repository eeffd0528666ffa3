'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { DepthMark } from '#components/ui/dot.tsx';
import { formatMoney } from '#components/ui/format.ts';
import type { MonthPrice } from '#lib/cost/plan-forecast.ts';
import { classDepths, classLabels, isStorageClass, storageClasses } from '#lib/lifecycle/storage-classes.ts';
import { niceScale } from './nice-scale.ts';

export interface ForecastChartProps {
  asIs: MonthPrice[];
  withRules: MonthPrice[];
}

const WIDTH = 424;
const HEIGHT = 232;
const LEFT = 44;
const RIGHT = 66;
const STEP = (WIDTH - LEFT - RIGHT) / 12;
const BAR = 17;

const monthName = (month: string, form: 'short' | 'long') =>
  new Date(`${month}-15T00:00:00Z`).toLocaleDateString('en-GB', {
    month: form,
    timeZone: 'UTC',
    ...(form === 'long' ? { year: 'numeric' } : {}),
  });

/** Of a month, what is not storing: moving, leaving early, watching, requests and traffic. */
const feesOf = ({ total, byClass }: MonthPrice) =>
  Math.max(0, total - Object.values(byClass).reduce((sum, money) => sum + money, 0));

/** A column a month: what is stored under the new rules as blocks by class, above it hatched what they save; a line for "as is". */
export function ForecastChart({ asIs, withRules }: ForecastChartProps) {
  const [shown, show] = useState<number | null>(null);
  const [asTable, setAsTable] = useState(false);
  const { top, ticks } = niceScale(Math.max(...asIs.map(({ total }) => total), ...withRules.map(({ total }) => total)));
  const y = (money: number) => HEIGHT - (top === 0 ? 0 : (money / top) * (HEIGHT - 20));
  const x = (index: number) => LEFT + index * STEP + (STEP - BAR) / 2;
  const used = storageClasses.filter((name) => withRules.some(({ byClass }) => (byClass[name] ?? 0) > 0));
  const [first, last] = [asIs[0], asIs.at(-1)];
  const lastNew = withRules.at(-1);
  const before = shown === null ? undefined : asIs[shown];
  const after = shown === null ? undefined : withRules[shown];
  if (!first || !last || !lastNew) return null;
  if (asTable) return <ForecastTable asIs={asIs} withRules={withRules} onChart={() => setAsTable(false)} />;
  return (
    <figure>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 22}`}
        className="w-full max-w-140"
        role="img"
        aria-label={`Cost a month from ${monthName(first.month, 'long')} to ${monthName(last.month, 'long')}: as is ${formatMoney(first.total)} to ${formatMoney(last.total)}, with these rules ${formatMoney(withRules[0]?.total ?? 0)} to ${formatMoney(lastNew.total)}`}
      >
        <defs>
          <pattern id="forecast-saved" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <path d="M0 0v5" stroke="var(--success)" strokeWidth="1.3" opacity=".38" />
          </pattern>
        </defs>
        {ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${LEFT} ${y(tick)}H${WIDTH - RIGHT}`} stroke="var(--line)" />
            <text x={LEFT - 8} y={y(tick) + 4} textAnchor="end" className="fill-fg-3 text-micro tabular-nums">
              {tick === 0 ? '0' : formatMoney(tick)}
            </text>
          </g>
        ))}
        {withRules.map((month, index) => {
          const fees = feesOf(month);
          let foot = fees;
          const saved = (asIs[index]?.total ?? 0) - month.total;
          return (
            // By pointer only: the table holds the same for everybody.
            <g key={month.month} onPointerEnter={() => show(index)} onPointerLeave={() => show(null)}>
              <rect x={LEFT + index * STEP} y={0} width={STEP} height={HEIGHT} fill="transparent" />
              {saved > 0 && (
                <rect
                  x={x(index)}
                  y={y(asIs[index]?.total ?? 0)}
                  width={BAR}
                  height={y(month.total) - y(asIs[index]?.total ?? 0)}
                  rx={3}
                  fill="url(#forecast-saved)"
                  stroke={shown === index ? 'var(--text-3)' : 'none'}
                />
              )}
              {y(0) - y(fees) >= 0.5 && (
                <rect
                  x={x(index)}
                  y={y(fees)}
                  width={BAR}
                  height={Math.max(0.5, y(0) - y(fees) - 1)}
                  rx={1}
                  fill="var(--line-2)"
                />
              )}
              {used.toReversed().map((name) => {
                const amount = month.byClass[name] ?? 0;
                const [bottom, head] = [y(foot), y(foot + amount)];
                foot += amount;
                return bottom - head < 0.5 ? null : (
                  <rect
                    key={name}
                    x={x(index)}
                    y={head}
                    width={BAR}
                    height={Math.max(0.5, bottom - head - 1)}
                    rx={1}
                    fill={`var(--depth-${classDepths[name]})`}
                  />
                );
              })}
              {index % 2 === 0 && (
                <text
                  x={x(index) + BAR / 2}
                  y={HEIGHT + 18}
                  textAnchor="middle"
                  className={`text-micro ${shown === index ? 'fill-fg' : 'fill-fg-3'}`}
                >
                  {monthName(month.month, 'short')}
                </text>
              )}
            </g>
          );
        })}
        <polyline
          points={asIs.map((month, index) => `${x(index) + BAR / 2},${y(month.total)}`).join(' ')}
          fill="none"
          stroke="var(--text-2)"
          strokeWidth={1.5}
        />
        <Ends asIs={last.total} withRules={lastNew.total} y={y} />
      </svg>
      <figcaption className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 text-meta text-fg-2">
        {before && after ? (
          <span className="tabular-nums">
            <b className="font-medium text-fg">{monthName(after.month, 'long')}</b>: as is {formatMoney(before.total)},
            with rules {formatMoney(after.total)}
            {after.transitions > 0 && `, ${formatMoney(after.transitions)} of it for moving`}
          </span>
        ) : (
          <>
            {used.map((name) => (
              <span key={name} className="flex items-center gap-1.5 text-micro font-normal">
                <DepthMark depth={classDepths[name]} />
                {isStorageClass(name) ? classLabels[name] : name}
              </span>
            ))}
            <span className="flex items-center gap-1.5 text-micro font-normal">
              <span aria-hidden="true" className="size-2 rounded-[2px] bg-line-2" />
              Fees and requests
            </span>
          </>
        )}
        <Button variant="quiet" className="ml-auto" onClick={() => setAsTable(true)}>
          As a table
        </Button>
      </figcaption>
    </figure>
  );
}

/** The two last values, kept apart where they would lie on each other. */
function Ends({ asIs, withRules, y }: { asIs: number; withRules: number; y: (money: number) => number }) {
  const lower = Math.min(HEIGHT - 14, Math.max(y(withRules), 44));
  const upper = Math.max(10, Math.min(y(asIs), lower - 30));
  const put = (at: number, money: number, words: string) => (
    <g>
      <text x={WIDTH - RIGHT + 8} y={at + 2} className="fill-fg text-label tabular-nums">
        {formatMoney(money).replace('under ', '< ')}
      </text>
      <text x={WIDTH - RIGHT + 8} y={at + 15} className="fill-fg-3 text-micro">
        {words}
      </text>
    </g>
  );
  return (
    <>
      {put(upper, asIs, 'as is')}
      {put(lower, withRules, 'with rules')}
    </>
  );
}

/** The last four are what a month with these rules is the sum of. */
const HEADS = ['Month', 'As is', 'With rules', 'Saves', 'Storing', 'Moving', 'Leaving early', 'Requests'];

function ForecastTable({ asIs, withRules, onChart }: ForecastChartProps & { onChart: () => void }) {
  const csv = () => {
    const rows = withRules.map((month, index) =>
      [
        month.month,
        asIs[index]?.total,
        month.total,
        month.storage + month.monitoring,
        month.transitions,
        month.early,
        month.running,
      ].join(','),
    );
    const text = [
      'month,as is,with rules,of it storing,of it moving,of it leaving early,of it requests and traffic',
      ...rows,
    ].join('\n');
    return `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`;
  };
  return (
    <div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section aria-label="Forecast" tabIndex={0} className="focus-inset max-h-64 overflow-auto rounded-2">
        <table className="w-full border-collapse text-meta whitespace-nowrap tabular-nums">
          <thead>
            <tr className="text-micro text-fg-3">
              {HEADS.map((head, index) => (
                <th
                  key={head}
                  className={`sticky top-0 h-6 bg-sheet font-medium ${index === 0 ? 'text-left' : 'pl-3 text-right'}`}
                >
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {withRules.map((month, index) => (
              <tr key={month.month} className="border-t border-line">
                <th scope="row" className="h-6.5 text-left font-normal">
                  {monthName(month.month, 'long')}
                </th>
                <td className="pl-3 text-right">{formatMoney(asIs[index]?.total ?? 0)}</td>
                <td className="pl-3 text-right">{formatMoney(month.total)}</td>
                <td className="pl-3 text-right">{formatMoney((asIs[index]?.total ?? 0) - month.total)}</td>
                {[month.storage + month.monitoring, month.transitions, month.early, month.running].map((part, at) => (
                  <td key={HEADS[4 + at]} className="pl-3 text-right text-fg-3">
                    {formatMoney(part)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className="mt-2 flex justify-end gap-2">
        <a
          href={csv()}
          download="forecast.csv"
          className="flex items-center gap-1.5 rounded-2 px-2 text-label text-fg-2 hover:bg-hover"
        >
          <Download className="size-4" aria-hidden="true" />
          CSV
        </a>
        <Button variant="quiet" onClick={onChart}>
          As a chart
        </Button>
      </div>
    </div>
  );
}
