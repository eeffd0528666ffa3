'use client';

import { useState } from 'react';
import { foldActivity } from '#components/activity/fold.ts';
import { plainSentence } from '#components/activity/sentence.ts';
import { announce } from '#components/shell/announce.ts';
import { useShortcut } from '#components/shell/shortcuts.ts';
import { tellFailure, useOperations } from '#components/trash/use-operations.tsx';
import type { ActivityEntry } from '#lib/audit/schema.ts';
import { api } from '#lib/http/api-client.ts';
import { UndoDialog } from './undo-dialog.tsx';

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

/** Ctrl+Z: the newest change of one's own since this tab was opened, whatever page shows. Uploads that came together are asked about first. */
export function UndoKey({ library }: { library: string }) {
  const operations = useOperations(library);
  const [asked, setAsked] = useState<ActivityEntry[] | null>(null);
  const undo = async () => {
    const since = openSince();
    const me = await api('GET /me', {});
    const { activity } = await api('GET /libraries/{library}/activity', { library, by: me.id, limit: 50 });
    const own = activity.filter(
      (entry) => entry.undo !== null && entry.type !== 'operation.undone' && Date.parse(entry.at) >= since,
    );
    const [row] = foldActivity(own);
    if (!row) return announce('Nothing to undo', { urgent: true });
    const { head, more } = row;
    if (head.undo?.kind === 'operation' && more.length === 0) {
      announce(`Undoing: ${plainSentence(head)}`);
      await operations.undo(head.undo.id);
    } else setAsked([head, ...more]);
  };
  useShortcut('undo', () => {
    if (asked) return false;
    undo().catch((error: unknown) => tellFailure('Nothing was undone', error));
  });
  if (!asked) return null;
  return (
    <UndoDialog
      library={library}
      changes={asked.flatMap((entry) => entry.undo ?? [])}
      nameOf={(id) => asked.filter((entry) => entry.undo?.id === id).map(plainSentence)[0] ?? ''}
      onClose={() => setAsked(null)}
    />
  );
}
