'use client';

import { Check, CircleAlert, Copy, Info, Plus, Trash2, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { DepthMark } from '#components/ui/dot.tsx';
import { Field } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Menu } from '#components/ui/menu.tsx';
import { PanelSection, SidePanel } from '#components/ui/side-panel.tsx';
import { Switch } from '#components/ui/switch.tsx';
import type { RuleProblem } from '#lib/lifecycle/find-rule-problems.ts';
import type { LifecycleRule } from '#lib/lifecycle/schema.ts';
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
import { RuleDates } from './rule-dates.tsx';
import { setDay } from './set-day.ts';

export interface RulePanelProps {
  rule: LifecycleRule;
  state: 'new' | 'changed' | 'kept';
  problems: RuleProblem[];
  /** Sentences about other rules that act on the same files. */
  competing: string[];
  classes: readonly TransitionClass[];
  abortUploads: boolean;
  onChange: (rule: LifecycleRule) => void;
  onDuplicate: () => void;
  onRemove: () => void;
  onClose: () => void;
}

/** One rule as a form: where it applies, what happens when, and what is to be said about it. */
export function RulePanel(props: RulePanelProps) {
  const { rule, state, onChange, onDuplicate, onRemove, onClose } = props;
  const errorOf = (field: string) => props.problems.find((problem) => problem.field === field)?.text;
  return (
    <SidePanel label={rule.name || 'Rule'} onClose={onClose}>
      <div className="flex items-center gap-1 max-sm:hidden">
        <h2 className="min-w-0 flex-1 truncate text-title">{rule.name || 'Rule'}</h2>
        {state !== 'kept' && <Badge tone="now">{state === 'new' ? 'New' : 'Changed'}</Badge>}
        <IconButton label="Duplicate" icon={<Copy />} onClick={onDuplicate} />
        <IconButton label="Remove rule" icon={<Trash2 />} onClick={onRemove} />
        <IconButton label="Close" keys="Esc" icon={<X />} onClick={onClose} className="-mr-1.5" />
      </div>
      <div className="mt-3 grid gap-3">
        <Field label="Name" error={errorOf('name')}>
          <Input
            value={rule.name}
            maxLength={80}
            onChange={(event) => onChange({ ...rule, name: event.target.value })}
          />
        </Field>
        <Switch label="In force" checked={rule.enabled} onCheckedChange={(enabled) => onChange({ ...rule, enabled })} />
        <Scope {...props} errorOf={errorOf} />
      </div>
      <Steps {...props} part="current" title="Current files" />
      <Steps {...props} part="old" title="Old versions" />
      <CleanUp {...props} />
      <Checks {...props} />
      <RuleDates rule={rule} />
      <div className="mt-4 flex gap-2 sm:hidden">
        <Button icon={<Copy />} onClick={onDuplicate}>
          Duplicate
        </Button>
        <Button icon={<Trash2 />} onClick={onRemove}>
          Remove rule
        </Button>
      </div>
    </SidePanel>
  );
}

const MB = 1024 ** 2;

function Scope({ rule, onChange, errorOf }: RulePanelProps & { errorOf: (field: string) => string | undefined }) {
  const size = (name: 'largerThan' | 'smallerThan', label: string) => (
    <Field label={label} error={errorOf(name)}>
      <Input
        type="number"
        min={0}
        step="any"
        inputMode="decimal"
        placeholder="Any"
        value={rule[name] === null ? '' : String(rule[name] / MB)}
        onChange={({ target: { value } }) =>
          onChange({ ...rule, [name]: value === '' ? null : Math.max(0, Math.round(Number(value) * MB)) })
        }
        trail={<span className="pr-2.5 text-meta text-fg-3">MB</span>}
      />
    </Field>
  );
  return (
    <>
      <Field label="Folder" hint="Everything below it. Empty means the whole library." error={errorOf('prefix')}>
        <Input
          value={rule.prefix}
          placeholder="Everything"
          onChange={(event) => onChange({ ...rule, prefix: event.target.value })}
        />
      </Field>
      <div className="grid grid-cols-2 gap-2">
        {size('largerThan', 'Larger than')}
        {size('smallerThan', 'Smaller than')}
      </div>
      {rule.tags.length > 0 && (
        <div className="flex flex-wrap gap-1.5">
          {rule.tags.map(({ key, value }) => (
            <Badge key={key}>
              {key}={value}
            </Badge>
          ))}
          <p className="w-full text-meta text-fg-3">S3 object tags, as set on the rule elsewhere.</p>
        </div>
      )}
    </>
  );
}

function Steps({
  rule,
  part,
  title,
  problems,
  classes,
  onChange,
}: RulePanelProps & { part: 'current' | 'old'; title: string }) {
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
  const moveTo = (field: DayField) => (day: number) => onChange(setDay(rule, field, day).rule);
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
                onChange={moveTo({ part, step: index })}
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
                onChange={moveTo({ part, step: 'end' })}
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
    <li className="flex h-9 items-center gap-1.5 pr-1 pl-2.5 max-sm:h-11">
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

function CleanUp({ rule, abortUploads, problems, onChange }: RulePanelProps) {
  const markersByDays = rule.expireAfterDays !== null;
  const error = problems.find(({ field }) => field === 'removeMarkers' || field === 'abortUploadsAfterDays')?.text;
  return (
    <PanelSection title="Clean up" className="mt-3">
      <Switch
        label="Delete markers with nothing beneath"
        hint={markersByDays ? 'Expiring by days takes them away too' : undefined}
        disabled={markersByDays}
        checked={rule.removeMarkers}
        onCheckedChange={(removeMarkers) => onChange({ ...rule, removeMarkers })}
      />
      <Switch
        label="Unfinished uploads"
        hint={abortUploads ? undefined : 'This store does not keep this action; it removes them by itself'}
        disabled={!abortUploads}
        checked={rule.abortUploadsAfterDays !== null}
        onCheckedChange={(on) => onChange({ ...rule, abortUploadsAfterDays: on ? 7 : null })}
      />
      {rule.abortUploadsAfterDays !== null && (
        <div className="flex items-center justify-end gap-1.5">
          <DayInput
            label="Unfinished uploads after"
            value={rule.abortUploadsAfterDays}
            onChange={(day) => onChange({ ...rule, abortUploadsAfterDays: Math.max(1, day) })}
          />
        </div>
      )}
      {error && <p className="text-meta text-danger-text">{error}</p>}
    </PanelSection>
  );
}

/** What is to be said about a rule that S3 would take, beside what is wrong with one that it would not. */
function Checks({ rule, problems, competing }: RulePanelProps) {
  const archive = rule.transitions.find(({ storageClass }) => isArchived(storageClass));
  const lines: { tone: 'ok' | 'warn' | 'info' | 'bad'; text: string }[] = [
    ...problems.map(({ text }) => ({ tone: 'bad' as const, text })),
    ...(problems.length === 0 ? [{ tone: 'ok' as const, text: 'S3 takes this rule as it is.' }] : []),
    ...(archive
      ? [
          {
            tone: 'warn' as const,
            text: `From day ${archive.days} files do not open at once. A thaw takes ${archive.storageClass === 'GLACIER' ? '3 to 5 h' : '12 h'} on AWS.`,
          },
        ]
      : []),
    ...(rule.expireAfterDays === null
      ? []
      : [
          {
            tone: 'warn' as const,
            text: 'Live files go to the trash by this rule. Without a rule for old versions they stay there and are billed.',
          },
        ]),
    ...competing.map((text) => ({ tone: 'info' as const, text })),
  ];
  const icons = {
    ok: <Check className="text-success-text" />,
    warn: <TriangleAlert className="text-warning-text" />,
    info: <Info className="text-fg-3" />,
    bad: <CircleAlert className="text-danger-text" />,
  };
  return (
    <PanelSection title="Checks" className="mt-3">
      <ul className="grid gap-2 text-meta text-fg-2" aria-live="polite">
        {lines.map(({ tone, text }) => (
          <li key={text} className="flex gap-2 [&>svg]:mt-px [&>svg]:size-3.5 [&>svg]:flex-none">
            {icons[tone]}
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}
