'use client';

import { useEffect, useState } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Note } from '#components/ui/note.tsx';
import { Time } from '#components/ui/time.tsx';
import { guardrailIds, guardrailWords } from '#lib/guardrails/guardrails.ts';
import type { GuardrailRunView } from '#lib/guardrails/schema.ts';
import { ApiError, api } from '#lib/http/api-client.ts';

/** Every look and every change, the newest first: by whom, and how things stood after it. */
export function PastChecksDialog({ library, onClose }: { library: string; onClose: () => void }) {
  const [runs, setRuns] = useState<GuardrailRunView[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const load = async (from: string | null) => {
    try {
      const answer = await api('GET /admin/libraries/{library}/guardrails/runs', {
        library,
        limit: 30,
        ...(from ? { cursor: from } : {}),
      });
      setRuns((before) => [...(from ? (before ?? []) : []), ...answer.runs]);
      setCursor(answer.nextCursor);
    } catch (error) {
      setProblem(error instanceof ApiError ? error.detail : String(error));
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for this dialog
  useEffect(() => void load(null), []);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Past checks" width="large">
      {problem && <Note tone="danger">{problem}</Note>}
      {runs?.length === 0 && <p className="text-fg-2">Nothing was checked yet.</p>}
      <ol className="grid">
        {runs?.map((run) => (
          <li key={run.id} className="flex items-center gap-3 border-line py-2 not-first:border-t">
            <span className="min-w-0 flex-1">
              <span className="block">{sentenceOf(run)}</span>
              <span className="block text-meta text-fg-3">
                <Time at={run.at} capital />
                {run.error && `. ${run.error.detail}`}
              </span>
            </span>
            <Outcome run={run} />
          </li>
        ))}
      </ol>
      {cursor && (
        <Button className="mt-3" onClick={() => void load(cursor)}>
          Show older
        </Button>
      )}
    </Dialog>
  );
}

function sentenceOf({ kind, by, guardrails }: GuardrailRunView): string {
  const who = by === null ? 'The schedule' : by.you ? 'You' : by.name;
  const all = guardrails.length === guardrailIds.length;
  const what = all ? 'everything' : guardrails.map((id) => guardrailWords[id].title).join(', ');
  return `${who} ${{ check: 'probed', apply: 'put in force:', revert: 'took back:' }[kind]} ${what}`;
}

function Outcome({ run }: { run: GuardrailRunView }) {
  if (run.state === 'failed') return <Badge tone="danger">Not done</Badge>;
  if (run.state !== 'done') return <Badge>Running</Badge>;
  const { failing, passing } = run;
  return failing.length === 0 ? (
    <Badge tone="success">{passing} hold</Badge>
  ) : (
    <Badge tone="danger">
      {failing.length} {failing.length === 1 ? 'fails' : 'fail'}
    </Badge>
  );
}
