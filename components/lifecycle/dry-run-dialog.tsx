import { Dialog } from '#components/ui/dialog.tsx';
import { formatBytes, formatCount } from '#components/ui/format.ts';
import { formatDate } from '#components/ui/format-time.ts';
import type { DryRunCount, DryRunSample } from '#lib/lifecycle/count-fates.ts';
import type { Competition } from '#lib/lifecycle/find-competing-rules.ts';
import { ruleNameOf, wholeRuleId } from '#lib/lifecycle/rule-ids.ts';
import { nameOfClass } from '#lib/lifecycle/storage-classes.ts';
import { DryRunAmounts } from './dry-run-amounts.tsx';
import { planRulesOfDryRun } from './plan-dry-run-rows.ts';

/** Every rule of the bucket that does something within a year: how much by when, some files, and what it competes with. */
export function DryRunDialog({
  count,
  competing,
  open,
  onOpenChange,
}: {
  count: DryRunCount;
  competing: Competition[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const rules = planRulesOfDryRun(count);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Dry run, rule by rule"
      description={`${formatCount(count.scanned.versions)} versions of ${formatCount(count.scanned.keys)} files, ${formatBytes(count.scanned.bytes)}`}
      width="plan"
    >
      <div className="grid gap-5">
        {rules.length > 1 && (
          <section aria-label="All together">
            <h3 className="text-label text-fg">All together</h3>
            <DryRunAmounts tally={count.all} />
          </section>
        )}
        {rules.map(({ id, tally }) => (
          <section key={id} aria-label={nameOf(id)}>
            <h3 className="text-label text-fg">{nameOf(id)}</h3>
            <DryRunAmounts tally={tally} />
            {othersOf(id, competing).map((text) => (
              <p key={text} className="mt-1.5 text-meta">
                {text}
              </p>
            ))}
            <ul aria-label="Samples" className="mt-1.5 grid gap-1 text-meta">
              {count.samples
                .filter(({ ruleId }) => wholeRuleId(ruleId) === id)
                .map((sample) => (
                  <li key={`${sample.path}${sample.versionId}${sample.action}${sample.to}`}>
                    <bdi className="text-fg [overflow-wrap:anywhere]">{sample.path}</bdi>
                    <span className="text-fg-3">, {sentence(sample)}</span>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

const nameOf = (id: string) => ruleNameOf(id) || 'A rule without a name';

/** Sentences about the rules that act on the same files. */
function othersOf(id: string, competing: Competition[]): string[] {
  const found = competing.flatMap(({ rules, text }) => {
    const [one = '', other = ''] = rules.map(wholeRuleId);
    if (one !== id && other !== id) return [];
    return [`Competes with ${nameOf(one === id ? other : one)}. ${text}`];
  });
  return [...new Set(found)];
}

function sentence({ action, to, at, bytes }: DryRunSample): string {
  const what = {
    move: `goes to ${nameOfClass(to ?? '')}`,
    expire: 'goes to the trash',
    remove: 'is removed for good',
    'remove-marker': 'loses its delete marker',
  }[action];
  return `${formatBytes(bytes)}, ${what} on ${formatDate(new Date(at).toISOString())}`;
}
