'use client';

import { useState } from 'react';
import { announce } from '#components/shell/announce.ts';
import { useShortcut } from '#components/shell/shortcuts.ts';
import { tellFailure, useOperations } from '#components/trash/use-operations.tsx';
import { onDemand } from '#components/ui/on-demand.tsx';
import type { ActivityEntry } from '#lib/audit/schema.ts';
import { api } from '#lib/http/api-client.ts';
import { hasUndoConflicts } from './has-undo-conflicts.ts';

const UndoDialog = onDemand(() => import('./undo-dialog.tsx').then((part) => part.UndoDialog));

/** Since when this tab has been open, so that Ctrl+Z takes back what was done here and not last week's work. Survives a reload. */
function openSince(): number {
  const key = 'strata.open-since';
  try {
    const kept = Number(sessionStorage.getItem(key));
    if (kept > 0) return kept;
    sessionStorage.setItem(key, String(Math.floor(performance.timeOrigin)));
  } catch {
    // Storage is barred: since this page was loaded.
  }
  return performance.timeOrigin;
}

/**
 * Ctrl+Z: the newest change of one's own since this tab was opened, whatever page shows. It asks first where uploads came together, and where
 * the world has moved on for some of the files.
 */
export function UndoKey({ library }: { library: string }) {
  const operations = useOperations(library);
  const [asked, setAsked] = useState<{ entry: ActivityEntry; sentence: string }[] | null>(null);
  const undo = async () => {
    const since = openSince();
    const me = await api('GET /me', {});
    const { activity } = await api('GET /libraries/{library}/activity', { library, by: me.id, limit: 50 });
    const own = activity.filter(
      (entry) => entry.undo !== null && entry.type !== 'operation.undone' && Date.parse(entry.at) >= since,
    );
    // The words of every kind of change are no part of the first load.
    const [{ foldActivity }, { plainSentence }] = await Promise.all([
      import('#components/activity/fold.ts'),
      import('#components/activity/sentence.ts'),
    ]);
    const [row] = foldActivity(own);
    if (!row) return announce('Nothing to undo', { urgent: true });
    const { head, more } = row;
    const isOne = head.undo?.kind === 'operation' && more.length === 0;
    if (isOne && head.undo && !(await hasUndoConflicts(library, head.undo.id))) {
      announce(`Undoing: ${plainSentence(head)}`);
      await operations.undo(head.undo.id);
    } else setAsked([head, ...more].map((entry) => ({ entry, sentence: plainSentence(entry) })));
  };
  useShortcut('undo', () => {
    if (asked) return false;
    undo().catch((error: unknown) => tellFailure('Nothing was undone', error));
  });
  if (!asked) return null;
  return (
    <UndoDialog
      library={library}
      changes={asked.flatMap(({ entry }) => entry.undo ?? [])}
      nameOf={(id) => asked.find(({ entry }) => entry.undo?.id === id)?.sentence ?? ''}
      onClose={() => setAsked(null)}
    />
  );
}
