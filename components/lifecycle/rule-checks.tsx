import { Check, CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { PanelSection } from '#components/ui/side-panel.tsx';
import { isArchived } from '#lib/lifecycle/storage-classes.ts';
import type { RulePanelProps } from './rule-panel-props.ts';

/** What is to be said about a rule that S3 would take, beside what is wrong with one that it would not. */
export function RuleChecks({
  rule,
  problems,
  competing,
  notes,
}: Pick<RulePanelProps, 'rule' | 'problems' | 'competing' | 'notes'>) {
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
    ...notes.map((text) => ({ tone: 'info' as const, text })),
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
