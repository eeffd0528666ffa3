'use client';

import { PanelSection } from '#components/ui/side-panel.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { DayInput } from './day-input.tsx';
import type { RulePanelProps } from './rule-panel-props.ts';

type RuleCleanUpProps = Pick<RulePanelProps, 'rule' | 'abortUploads' | 'problems' | 'onChange'>;

/** Leftovers that a rule takes away: lonely delete markers and unfinished uploads. */
export function RuleCleanUp({ rule, abortUploads, problems, onChange }: RuleCleanUpProps) {
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
        <div className="flex flex-wrap items-center justify-end gap-1.5">
          <DayInput
            label="Unfinished uploads after"
            value={rule.abortUploadsAfterDays}
            reasonOf={(day) => (day < 1 ? 'A day is the least.' : null)}
            onChange={(day) => onChange({ ...rule, abortUploadsAfterDays: Math.max(1, day) })}
          />
        </div>
      )}
      {error && <p className="text-meta text-danger-text">{error}</p>}
    </PanelSection>
  );
}
