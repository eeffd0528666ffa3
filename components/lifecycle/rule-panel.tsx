'use client';

import { Copy, Trash2, X } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { SidePanel } from '#components/ui/side-panel.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { RuleChecks } from './rule-checks.tsx';
import { RuleCleanUp } from './rule-clean-up.tsx';
import { RuleDates } from './rule-dates.tsx';
import type { RulePanelProps } from './rule-panel-props.ts';
import { RuleScope } from './rule-scope.tsx';
import { RuleSteps } from './rule-steps.tsx';

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
        <RuleScope {...props} errorOf={errorOf} />
      </div>
      <RuleSteps {...props} part="current" title="Current files" />
      <RuleSteps {...props} part="old" title="Old versions" />
      <RuleCleanUp {...props} />
      <RuleChecks {...props} />
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
