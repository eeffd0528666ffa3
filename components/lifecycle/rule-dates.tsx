import { DepthMark } from '#components/ui/dot.tsx';
import { formatDate } from '#components/ui/format-time.ts';
import { PanelSection } from '#components/ui/side-panel.tsx';
import { dueAt } from '#lib/lifecycle/plan-fates.ts';
import type { LifecycleRule } from '#lib/lifecycle/schema.ts';
import { classDepths, classLabels } from '#lib/lifecycle/storage-classes.ts';

/** When the steps come for a file that is uploaded now. */
export function RuleDates({ rule }: { rule: LifecycleRule }) {
  const now = Date.now();
  const dates = [
    ...rule.transitions.map(({ days, storageClass }) => ({
      label: classLabels[storageClass],
      depth: classDepths[storageClass],
      at: dueAt(now, days),
    })),
    ...(rule.expireAfterDays === null
      ? []
      : [{ label: 'To trash', depth: null, at: dueAt(now, rule.expireAfterDays) }]),
  ];
  if (dates.length === 0 || !rule.enabled) return null;
  return (
    <PanelSection title="A file uploaded today" className="mt-3">
      <dl className="grid grid-cols-[120px_minmax(0,1fr)] gap-y-1 text-meta tabular-nums">
        {dates.map(({ label, depth, at }) => (
          <div key={label} className="contents">
            <dt className="flex items-center gap-1.5 text-fg-2">
              {depth !== null && <DepthMark depth={depth} />}
              {label}
            </dt>
            <dd>from {formatDate(new Date(at).toISOString())}</dd>
          </div>
        ))}
      </dl>
    </PanelSection>
  );
}
