'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { pastReason } from '#components/history/moment.ts';
import { useOperations } from '#components/trash/use-operations.tsx';
import { onDemand } from '#components/ui/on-demand.tsx';
import type { Entry } from '#lib/assets/schema.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';
import type { ActionContext } from './actions/action.ts';
import { useDialogSlot } from './actions/use-dialog-slot.tsx';
import { type BrowseOptions, browseHref } from './browse-href.ts';
import { isAsset } from './entry-key.ts';
import type { Collection } from './use-collection.ts';
import type { usePanel } from './use-panel.ts';

const NewFolderDialog = onDemand(() => import('./new-folder-dialog.tsx').then((part) => part.NewFolderDialog));

/** What entries of a folder can be told to do, and what its dialogs do to the screen around them. */
export function useFolderActions(screen: {
  library: LibraryView;
  path: string;
  name: string;
  /** The moment that is shown; null: now. */
  at: string | null;
  options: BrowseOptions;
  collection: Collection;
  panel: ReturnType<typeof usePanel>;
  /** The file in the details panel. */
  assetId: string | null;
  /** Opens a file in the viewer. */
  look: (id: string) => void;
  /** A file or folder that was found is opened. */
  remember: () => void;
}) {
  const { library, path, name, at, options, assetId, look, remember } = screen;
  const { focusEntry } = screen.collection;
  const { show, close, stay } = screen.panel;
  const router = useRouter();
  const operations = useOperations(library.slug);
  const { ask, slot } = useDialogSlot();
  const open = useCallback(
    (entry: Entry) => {
      remember();
      stay();
      if (isAsset(entry)) look(entry.id);
      else router.push(browseHref(library.slug, entry.path, options));
    },
    [look, router, library.slug, options, remember, stay],
  );
  // A dialog that closes gives focus back to where it came from, a frame later; then it goes to what the dialog made.
  const focusAfterDialog = useCallback(
    (key: string) => {
      const focus = () => {
        // Who has gone on to the search meanwhile goes on typing.
        if (!document.activeElement?.matches('input, textarea')) focusEntry(key);
      };
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(focus, 60)));
    },
    [focusEntry],
  );
  const actions: ActionContext = useMemo(
    () => ({
      library,
      folder: path,
      at,
      operations,
      open,
      showDetails: show,
      leave: (entries) => {
        if (entries.some((entry) => isAsset(entry) && entry.id === assetId)) close();
      },
      focusEntry: focusAfterDialog,
      ask,
    }),
    [library, path, at, operations, open, show, assetId, close, focusAfterDialog, ask],
  );
  // Nothing is put into the past, and nothing in it is changed; restoring from it asks the library as it is.
  const changes = useMemo(
    () => (at === null ? actions : { ...actions, library: { ...library, readOnlyReason: pastReason } }),
    [actions, library, at],
  );
  const newFolder = useCallback(
    () =>
      ask((end) => (
        <NewFolderDialog
          library={library}
          path={path}
          where={name}
          open
          onOpenChange={(still) => still || end()}
          onMade={(made) => focusAfterDialog(`f${made}`)}
        />
      )),
    [ask, library, path, name, focusAfterDialog],
  );
  return {
    actions,
    /** The same for what changes the folder itself. */
    changes,
    newFolder,
    /** Where dialogs are drawn. */
    slot,
  };
}
