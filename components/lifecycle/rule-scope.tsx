'use client';

import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import type { RulePanelProps } from './rule-panel-props.ts';
import { RuleTags } from './rule-tags.tsx';

const MB = 1024 ** 2;

/** Where a rule applies: folder, size, and tags that were set on it elsewhere. */
export function RuleScope({
  rule,
  onChange,
  errorOf,
}: Pick<RulePanelProps, 'rule' | 'onChange'> & { errorOf: (field: string) => string | undefined }) {
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
      <RuleTags tags={rule.tags} onChange={(tags) => onChange({ ...rule, tags })} errorOf={errorOf} />
    </>
  );
}
