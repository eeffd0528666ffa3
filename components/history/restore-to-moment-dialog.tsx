'use client';

import { CircleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { formatPlural } from '#components/ui/format.ts';
import { formatAgo, formatMoment } from '#components/ui/format-time.ts';
import { Note } from '#components/ui/note.tsx';
import type { LibraryView } from '#lib/libraries/schema.ts';
import type { ThawWish } from '#lib/operations/schema.ts';
import { planRestoreCost } from '#lib/restore/plan-restore-cost.ts';
import { tiersFor } from '#lib/restore/thaw-offers.ts';
import { planFacts } from './plan-facts.ts';
import { chosenOf, firstChoice, isDoable } from './restore-choice.ts';
import { KindBar, kindRows } from './restore-kinds.tsx';
import { RestorePlanBody } from './restore-plan-body.tsx';
import { RestoreReport, RestoreRunning, useRestoreRun } from './restore-run.tsx';
import { checkedSentence, costSentence, effectSentence, kindSwatches, type ShownKind } from './restore-words.ts';
import { useRestorePlan } from './use-restore-plan.ts';

export interface RestoreToMomentAsked {
  library: LibraryView;
  /** Files, and folders ("a/b/") with all that is or ever was below them; "" is the library. */
  paths: readonly string[];
  /** How they are called: "autumn-lakes", "3 files". */
  what: string;
  /** RFC 3339 */
  at: string;
}

type Props = RestoreToMomentAsked & { close: () => void };

/** Milliseconds after which a comparison with the store is old, and is made again before anything is changed. */
const stale = 60_000;

/**
 * Bringing a past moment back: what that does, kind by kind and file by file, what is left out of it, what it costs; then its course, and what
 * came of it. The plan is frozen: what is started is what was shown.
 */
export function RestoreToMomentDialog({ library, paths, what, at, close }: Props) {
  const { made, error, keep, recheck } = useRestorePlan(library.slug, paths, at);
  const run = useRestoreRun(library.slug);
  const [choice, setChoice] = useState(firstChoice);
  const [wish, setWish] = useState<ThawWish>({ tier: 'Standard', days: 3 });
  const [starting, setStarting] = useState(false);
  const [moved, setMoved] = useState(false);
  const now = useSeconds(made?.check != null && run.operation === null);

  const kinds = made?.plan.kinds ?? [];
  const chosen = kinds.map((kind) => ({ ...kind, chosen: chosenOf(choice, kind) }));
  const archived = kinds.find(({ kind }) => kind === 'thaw');
  const tiers = tiersFor(archived?.classes.map(({ storageClass }) => storageClass) ?? []);
  const thaw: ThawWish = tiers.includes(wish.tier) ? wish : { ...wish, tier: tiers[0] ?? 'Standard' };
  const cost = made ? planRestoreCost(chosen, made.plan.rates, thaw) : null;
  const files = cost?.files ?? 0;
  const total = kinds.reduce((sum, { kind, count }) => sum + (isDoable(kind) ? count : 0), 0);
  const rows = made ? kindRows(kinds, made.plan.unchanged, choice) : [];

  const start = async () => {
    if (!made?.check) return;
    setStarting(true);
    setMoved(false);
    const old = Date.now() - new Date(made.check.checkedAt).getTime() > stale;
    const found = old ? await recheck(made) : 'same';
    if (found !== 'same') {
      setStarting(false);
      setMoved(found === 'moved');
      setChoice(firstChoice);
      return;
    }
    const thawing = chosen.some(({ kind, chosen: { count } }) => kind === 'thaw' && count > 0);
    if (await run.start(made.operation.id, choice, kinds, thawing ? thaw : null)) keep();
    setStarting(false);
  };

  const running = run.operation !== null;
  const facts = run.operation && run.ended ? planFacts(rows, chosen, run.operation) : null;
  const checked = made?.check ? formatAgo(made.check.checkedAt, now) : '';
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (open) return;
        run.handOver();
        close();
      }}
      title={
        <>
          Restore <bdi>{what}</bdi> to {formatMoment(at)}
        </>
      }
      description={
        running
          ? run.sentence
          : error
            ? 'There is no plan.'
            : made
              ? checkedSentence(made.check, checked, total)
              : 'Comparing then and now'
      }
      width="plan"
      footer={
        run.operation ? (
          run.ended ? (
            <RestoreReport run={run} close={close} />
          ) : (
            <RestoreRunning run={run} />
          )
        ) : (
          <>
            <p className="mr-auto min-w-0 flex-1 basis-80 text-meta leading-[17px] text-fg-2 tabular-nums">
              {cost && (
                <>
                  {effectSentence(Object.fromEntries(chosen.map(({ kind, chosen: { count } }) => [kind, count])))}{' '}
                  {costSentence(cost)}{' '}
                  {files > 0 && <b className="font-medium text-fg">Nothing is lost, and you can undo this.</b>}
                </>
              )}
            </p>
            <DialogClose render={<Button size="field">Cancel</Button>} />
            <Button
              size="field"
              variant="past"
              busy={starting}
              disabledReason={whyNotYet(made?.check != null, error !== null, total, files)}
              onClick={() => void start()}
            >
              {files === 0 ? 'Restore' : `Restore ${formatPlural(files, 'file')}`}
            </Button>
          </>
        )
      }
    >
      {error && (
        <Note tone="danger" icon={<CircleAlert />}>
          <b>The plan could not be made.</b> {error.detail}
          {error.requestId && <code className="mt-1 block font-mono text-micro text-fg-3">{error.requestId}</code>}
        </Note>
      )}
      {!error && (
        <>
          {moved && (
            <Note tone="warning" icon={<CircleAlert />} className="mb-3">
              <b>The store has changed since the plan was made.</b> This is the new plan; nothing was restored.
            </Note>
          )}
          <KindBar parts={facts ?? barOf(made ? rows : [{ kind: 'unchanged', count: 1 }])} />
          <RestorePlanBody
            made={made}
            rows={rows}
            chosen={chosen}
            choice={choice}
            onChoice={setChoice}
            thaw={thaw}
            onThaw={setWish}
            run={run}
            facts={facts}
          />
        </>
      )}
    </Dialog>
  );
}

const barOf = (rows: readonly { kind: ShownKind; count: number }[]) =>
  rows.map(({ kind, count }) => ({ key: kind, count, swatch: kindSwatches[kind] }));

function whyNotYet(checked: boolean, failed: boolean, total: number, files: number): string | undefined {
  if (failed) return 'There is no plan to run';
  if (!checked) return 'Comparing with the store';
  if (total === 0) return 'Everything is as it was';
  return files === 0 ? 'No file is chosen' : undefined;
}

/** The time, each second, while something shows how long ago it was. */
function useSeconds(on: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!on) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [on]);
  return now;
}
