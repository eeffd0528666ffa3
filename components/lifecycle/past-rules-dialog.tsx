'use client';

import { RotateCcw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { formatPlural } from '#components/ui/format.ts';
import { Note } from '#components/ui/note.tsx';
import { Time } from '#components/ui/time.tsx';
import { ApiError, api } from '#lib/http/api-client.ts';
import type { LifecycleChange, LifecycleRule } from '#lib/lifecycle/schema.ts';
import { JsonDiff } from './json-diff.tsx';

/** Every change made through Strata, with both sides; what held before one returns into the draft with a click. */
export function PastRulesDialog({
  library,
  onClose,
  onTake,
}: {
  library: string;
  onClose: () => void;
  onTake: (rules: LifecycleRule[]) => void;
}) {
  const [changes, setChanges] = useState<LifecycleChange[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  useEffect(() => {
    api('GET /admin/libraries/{library}/lifecycle/changes', { library, limit: 50 }).then(
      (answer) => setChanges(answer.changes),
      (error: unknown) => setProblem(error instanceof ApiError ? error.detail : String(error)),
    );
  }, [library]);
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()} title="Past rules" width="plan">
      {problem && <Note tone="danger">{problem}</Note>}
      {changes?.length === 0 && <p className="text-fg-2">No rules were changed through Strata yet.</p>}
      <ol className="grid gap-3">
        {changes?.map((change) => (
          <li key={change.id} className="rounded-3 border border-line p-3">
            <div className="flex flex-wrap items-center gap-2">
              <span className="min-w-0 flex-1">
                <b className="font-medium">{change.by.you ? 'You' : change.by.name}</b>, <Time at={change.at} />
                <span className="block text-meta text-fg-3">
                  {formatPlural(change.before.length, 'rule')} before, {formatPlural(change.after.length, 'rule')} after
                </span>
              </span>
              <Button variant="quiet" onClick={() => setOpen(open === change.id ? null : change.id)}>
                {open === change.id ? 'Hide the difference' : 'Show the difference'}
              </Button>
              <Button icon={<RotateCcw />} onClick={() => onTake(change.rulesBefore)}>
                Take what was before
              </Button>
            </div>
            {open === change.id && (
              <div className="mt-3">
                <JsonDiff before={change.before} after={change.after} />
              </div>
            )}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
