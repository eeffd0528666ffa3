'use client';

import { useEffect, useState } from 'react';
import { useSaving } from '#components/shell/use-saving.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { formatCount, formatPercent, formatPlural } from '#components/ui/format.ts';
import { Input } from '#components/ui/input.tsx';
import { Note } from '#components/ui/note.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { ApiError, api, type OutputOf } from '#lib/http/api-client.ts';
import { ruleNameOf } from '#lib/lifecycle/rule-ids.ts';
import type { LifecycleRule, LifecycleView } from '#lib/lifecycle/schema.ts';
import { DryRunAmounts } from './dry-run-amounts.tsx';
import { JsonDiff } from './json-diff.tsx';
import type { Outlook } from './use-outlook.ts';

type Check = OutputOf<'POST /admin/libraries/{library}/lifecycle/check'>;

export interface ReviewDialogProps {
  library: string;
  rules: LifecycleRule[];
  revision: string;
  /** What the draft would do, counted while one looks. */
  outlook: Outlook;
  onClose: () => void;
  onSaved: (lifecycle: LifecycleView) => void;
}

/** The exact document before and after, what competes, and where live files would expire the typed count. Then one click. */
export function ReviewDialog({ library, rules, revision, outlook, onClose, onSaved }: ReviewDialogProps) {
  const [check, setCheck] = useState<Check | null>(null);
  const [typed, setTyped] = useState('');
  const { busy, problem, setProblem, save } = useSaving();
  useEffect(() => {
    const stop = new AbortController();
    api('POST /admin/libraries/{library}/lifecycle/check', { library, rules }, { signal: stop.signal }).then(
      setCheck,
      (error: unknown) => {
        if (!stop.signal.aborted) setProblem(error instanceof ApiError ? error.detail : String(error));
      },
    );
    return () => stop.abort();
  }, [library, rules, setProblem]);

  const expiring = check?.expiringFiles ?? 0;
  // Files get and lose tags without a new version, so all under the folder are counted.
  const byTags = rules.some(
    ({ enabled, expireAfterDays, tags }) => enabled && expireAfterDays !== null && tags.length > 0,
  );
  const confirmed = expiring === 0 || typed.replaceAll(/[,\s]/g, '') === String(expiring);
  const saveRules = () =>
    save(async () => {
      const confirmedExpiring = expiring === 0 ? undefined : expiring;
      const { lifecycle } = await api('PUT /admin/libraries/{library}/lifecycle', {
        library,
        rules,
        revision,
        confirmedExpiring,
      });
      onSaved(lifecycle);
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Review and save"
      description={
        check
          ? `${formatPlural(check.before.length, 'rule')} before, ${formatCount(check.after.length)} after`
          : undefined
      }
      width="plan"
      footer={
        <>
          <p className="mr-auto text-meta text-fg-3">
            The store runs its rules once a day. Past rules return with one click.
          </p>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={expiring > 0 ? 'danger' : 'primary'}
            busy={busy}
            disabledReason={
              check === null ? 'Being checked' : confirmed ? undefined : `Type ${formatCount(expiring)} to confirm`
            }
            onClick={() => void saveRules()}
          >
            Save {formatPlural(rules.length, 'rule')}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {problem && <Note tone="danger">{problem}</Note>}
        {check?.competing.map(({ rules: [a, b], text }) => (
          <Note key={a + b + text} tone="plain">
            <b>
              {shortName(a)} and {shortName(b)}.
            </b>{' '}
            {text}
          </Note>
        ))}
        {expiring > 0 && (
          <Note tone="danger">
            <b>
              {byTags ? 'Up to ' : ''}
              {formatPlural(expiring, 'live file')} will go to the trash some day by these rules
              {byTags ? ', whatever their tags' : ''}.
            </b>{' '}
            They can be restored from there until a rule for old versions removes them.
            <Field label={`Type ${formatCount(expiring)} to confirm`} className="mt-2">
              <Input value={typed} inputMode="numeric" onChange={(event) => setTyped(event.target.value)} />
            </Field>
          </Note>
        )}
        <section aria-label="Dry run">
          <h3 className="mb-1 text-label text-fg">Dry run</h3>
          {outlook.progress < 1 || !outlook.count ? (
            <p className="text-meta text-fg-3">
              {outlook.problem ??
                `Being counted, ${formatPercent(outlook.progress)} so far. Saving need not wait for it.`}
            </p>
          ) : (
            <DryRunAmounts tally={outlook.count.all} />
          )}
        </section>
        {check ? (
          <JsonDiff before={check.before} after={check.after} />
        ) : (
          !problem && <Skeleton className="h-60 w-full" />
        )}
      </div>
    </Dialog>
  );
}

const shortName = (id: string) => ruleNameOf(id) || 'a rule without a name';
