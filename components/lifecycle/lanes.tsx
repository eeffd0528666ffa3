'use client';

import clsx from 'clsx';
import { Lock, Plus } from 'lucide-react';
import { announce } from '#components/shell/announce.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { formatBytes } from '#components/ui/format.ts';
import type { LifecycleView } from '#lib/lifecycle/schema.ts';
import { axisMarks } from './day-axis.ts';
import { LaneBar } from './lane-bar.tsx';
import { placeOf, planForeignLane, planLanes } from './lane-plan.ts';
import { setDay } from './set-day.ts';
import type { LifecycleDraft } from './use-lifecycle-draft.ts';

/** Label 176 and the bar beside it; one above the other on a phone. */
const ROW = 'grid grid-cols-[176px_minmax(0,1fr)] items-center max-sm:grid-cols-1 max-sm:gap-1';

/** Every rule as its lanes, those of others last, in grey and kept. */
export function Lanes({
  draft,
  foreign,
  onAdd,
}: {
  draft: LifecycleDraft;
  foreign: LifecycleView['foreign'];
  onAdd: () => void;
}) {
  return (
    <section aria-label="Rules" className="-mx-4 -mt-3 max-sm:mx-0">
      <Axis />
      <ul className="px-2 max-sm:px-0">
        {draft.rules.map((rule, index) => {
          const lanes = planLanes(rule, placeOf(rule, formatBytes));
          const chosen = draft.chosen === index;
          const broken = draft.problems.some((problem) => problem.rule === index);
          return (
            <li
              // Names may be equal while one types; the place is what a rule is known by here.
              // biome-ignore lint/suspicious/noArrayIndexKey: rules are not moved
              key={index}
              className={clsx('rounded-3', chosen && 'bg-sunken inset-shadow-line')}
            >
              {lanes.map((lane, at) => (
                <div key={lane.part} className={clsx(ROW, 'px-2 py-1.5')}>
                  <button
                    type="button"
                    aria-pressed={chosen}
                    onClick={() => draft.choose(chosen ? null : index)}
                    className="focus-inset min-w-0 rounded-2 pr-3 text-left hover:text-fg"
                  >
                    {at === 0 && (
                      <span className="flex items-center gap-1.5 text-label">
                        <span className={clsx('truncate', !rule.enabled && 'text-fg-3 line-through')}>{rule.name}</span>
                        {rule.expireAfterDays !== null && <Badge tone="warning">Live files</Badge>}
                        {broken && <Badge tone="danger">Check</Badge>}
                        {!rule.enabled && <Badge>Off</Badge>}
                      </span>
                    )}
                    <span className="block truncate text-meta text-fg-3">{lane.about}</span>
                  </button>
                  <LaneBar
                    lane={lane}
                    onDay={
                      chosen
                        ? (field, day) => {
                            const next = setDay(rule, field, day);
                            if (next.resisted) announce(next.resisted);
                            draft.change(index, next.rule);
                          }
                        : undefined
                    }
                  />
                </div>
              ))}
            </li>
          );
        })}
        {foreign.map((rule, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: S3 does not ask for ids
          <li key={index} className={clsx(ROW, 'px-2 py-1.5')}>
            <div className="min-w-0 pr-3">
              <span className="flex items-center gap-1.5 text-label text-fg-2">
                <Lock className="size-3.5 flex-none" aria-label="Kept as it is" />
                <span className="truncate">{rule.id || 'Without a name'}</span>
                {!rule.enabled && <Badge>Off</Badge>}
              </span>
              <span className="block truncate text-meta text-fg-3">{planForeignLane(rule).about}</span>
            </div>
            <LaneBar lane={planForeignLane(rule)} locked />
          </li>
        ))}
      </ul>
      <Button variant="quiet" icon={<Plus />} onClick={onAdd} className="mt-1 ml-2 max-sm:ml-0">
        Add rule
      </Button>
    </section>
  );
}

function Axis() {
  return (
    <div aria-hidden="true" className={clsx(ROW, 'h-7 px-4 text-micro text-fg-3 max-sm:px-2')}>
      <span className="max-sm:hidden">Age of the file</span>
      <span className="relative h-4 tabular-nums">
        {axisMarks.map(({ at, label }, index) => (
          <span
            key={label}
            style={{ left: `${at * 100}%` }}
            className={clsx(
              'absolute whitespace-nowrap',
              index > 1 && (at === 1 ? '-translate-x-full' : '-translate-x-1/2'),
              ['7', '180', '2 years'].includes(label) && 'max-sm:hidden',
            )}
          >
            {label}
          </span>
        ))}
      </span>
    </div>
  );
}
