'use client';

import { CircleAlert, Plus, Trash2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { DepthMark } from '#components/ui/dot.tsx';
import { Field } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Menu } from '#components/ui/menu.tsx';
import { PanelSection } from '#components/ui/side-panel.tsx';
import {
  classDepths,
  classLabels,
  isArchived,
  type TransitionClass,
  transitionClasses,
} from '#lib/lifecycle/storage-classes.ts';
import { DayInput } from './day-input.tsx';
import type { DayField } from './lane-plan.ts';
import { planNextStep } from './plan-next-step.ts';
import type { RulePanelProps } from './rule-panel-props.ts';
import { setDay } from './set-day.ts';

/** What happens to current files, or to old versions, and when. */
export function RuleSteps({
  rule,
  part,
  title,
  problems,
  classes,
  onChange,
}: Pick<RulePanelProps, 'rule' | 'problems' | 'classes' | 'onChange'> & { part: 'current' | 'old'; title: string }) {
  const steps = part === 'current' ? rule.transitions : rule.oldVersions.transitions;
  const end = part === 'current' ? rule.expireAfterDays : rule.oldVersions.removeAfterDays;
  const put = (next: { days: number; storageClass: TransitionClass; keepNewest?: number | null }[]) =>
    onChange(
      part === 'current'
        ? { ...rule, transitions: next.map(({ days, storageClass }) => ({ days, storageClass })) }
        : {
            ...rule,
            oldVersions: { ...rule.oldVersions, transitions: next.map((one) => ({ keepNewest: null, ...one })) },
          },
    );
  const putEnd = (days: number | null) =>
    onChange(
      part === 'current'
        ? { ...rule, expireAfterDays: days, removeMarkers: days === null ? rule.removeMarkers : false }
        : {
            ...rule,
            oldVersions: {
              ...rule.oldVersions,
              removeAfterDays: days,
              keepNewest: days === null ? null : rule.oldVersions.keepNewest,
            },
          },
    );
  const path = part === 'current' ? 'transitions' : 'oldVersions.transitions';
  const errors = problems.filter(({ field }) => field.startsWith(path) && field !== 'transitions');
  const dayOf = (field: DayField) => ({
    reasonOf: (day: number) => setDay(rule, field, day).resisted,
    onChange: (day: number) => onChange(setDay(rule, field, day).rule),
  });
  const last = steps.at(-1)?.storageClass ?? 'STANDARD';
  return (
    <PanelSection title={title} className="mt-3">
      <ol className="divide-y divide-line rounded-3 border border-line">
        <StepRow mark={1} label="Standard" aside={part === 'current' ? 'from the start' : 'once replaced or deleted'} />
        {steps.map(({ storageClass }, index) => (
          <StepRow
            key={storageClass}
            mark={classDepths[storageClass]}
            label={classLabels[storageClass]}
            day={
              <DayInput
                label={`${classLabels[storageClass]} after`}
                value={steps[index]?.days ?? 0}
                {...dayOf({ part, step: index })}
              />
            }
            onRemove={() => put(steps.filter((_, at) => at !== index))}
          />
        ))}
        {end !== null && (
          <StepRow
            label={part === 'current' ? 'To trash' : 'Removed for good'}
            danger={part === 'current'}
            day={
              <DayInput
                label={part === 'current' ? 'To trash after' : 'Removed for good after'}
                value={end}
                {...dayOf({ part, step: 'end' })}
              />
            }
            onRemove={() => putEnd(null)}
          />
        )}
      </ol>
      {part === 'old' && end !== null && (
        <Field label="Newest that always stay" className="mt-2">
          <Input
            type="number"
            min={0}
            max={100}
            placeholder="None"
            value={rule.oldVersions.keepNewest ?? ''}
            onChange={({ target: { value } }) => {
              const count = Math.round(Number(value));
              const keepNewest = count >= 1 ? Math.min(100, count) : null;
              onChange({ ...rule, oldVersions: { ...rule.oldVersions, keepNewest } });
            }}
          />
        </Field>
      )}
      {errors.map(({ field, text }) => (
        <p key={field + text} className="mt-2 flex gap-2 text-meta text-danger-text">
          <CircleAlert className="mt-px size-3.5 flex-none" aria-hidden="true" />
          {text}
        </p>
      ))}
      <Menu
        label={`Add a step for ${title.toLowerCase()}`}
        trigger={
          <Button variant="quiet" icon={<Plus />} className="mt-1 -ml-2">
            Add step
          </Button>
        }
        items={[
          ...transitionClasses.map((name) => {
            const next = planNextStep(steps, end, name, classes);
            return {
              id: name,
              label: classLabels[name],
              icon: <DepthMark depth={classDepths[name]} />,
              disabledReason: next.reason ?? undefined,
              onSelect: () => next.step && put([...steps, next.step]),
            };
          }),
          { kind: 'line' as const },
          {
            id: 'end',
            label: part === 'current' ? 'Move to trash' : 'Remove for good',
            icon: <Trash2 />,
            disabledReason: end === null ? undefined : 'It is there already',
            onSelect: () => putEnd(Math.max(30, (steps.at(-1)?.days ?? 0) + (isArchived(last) ? 180 : 60))),
          },
        ]}
      />
    </PanelSection>
  );
}

type StepRowProps = {
  mark?: number;
  label: string;
  aside?: string;
  danger?: boolean;
  day?: ReactNode;
  onRemove?: () => void;
};

function StepRow({ mark, label, aside, danger, day, onRemove }: StepRowProps) {
  return (
    <li className="flex min-h-9 flex-wrap items-center gap-1.5 pr-1 pl-2.5 max-sm:min-h-11">
      {mark === undefined ? (
        <Trash2 className="size-3.5 flex-none text-fg-3" aria-hidden="true" />
      ) : (
        <DepthMark depth={mark} />
      )}
      <span className={`min-w-0 flex-1 truncate ${danger ? 'text-danger-text' : ''}`}>{label}</span>
      {aside && <span className="pr-2 text-meta text-fg-3">{aside}</span>}
      {day}
      {onRemove && <IconButton size="mini" label={`Remove ${label}`} icon={<X />} onClick={onRemove} />}
    </li>
  );
}
