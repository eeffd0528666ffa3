'use client';

import { announce } from '#components/shell/announce.ts';
import { useShortcut } from '#components/shell/shortcuts.ts';
import { tellFailure, useOperations } from '#components/trash/use-operations.tsx';
import { onDemand } from '#components/ui/on-demand.tsx';
import { api } from '#lib/http/api-client.ts';
import { askUndo, useAskedUndo } from './undo-asked.ts';

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
 * the world has moved on for some of the files. The dialog that asks is here for every other Undo too.
 */
export function UndoKey({ library }: { library: string }) {
  const operations = useOperations(library);
  const asked = useAskedUndo();
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
    if (head.undo?.kind === 'operation' && more.length === 0) {
      announce(`Undoing: ${plainSentence(head)}`);
      await operations.undo(head.undo.id, plainSentence(head));
      return;
    }
    const changes = [head, ...more].flatMap((entry) =>
      entry.undo ? [{ ...entry.undo, sentence: plainSentence(entry) }] : [],
    );
    askUndo({ library, changes });
  };
  useShortcut('undo', () => {
    if (asked) return false;
    undo().catch((error: unknown) => tellFailure('Nothing was undone', error));
  });
  if (!asked) return null;
  return (
    <UndoDialog
      library={asked.library}
      changes={asked.changes}
      nameOf={(id) => asked.changes.find((change) => change.id === id)?.sentence ?? ''}
      onClose={() => askUndo(null)}
    />
  );
}
