'use client';

import { type ReactNode, useState } from 'react';
import { useOperations } from '#components/trash/use-operations.tsx';
import { onDemand } from '#components/ui/on-demand.tsx';
import { isArchived } from '#lib/lifecycle/storage-classes.ts';
import type { VersionView } from '#lib/versions/schema.ts';
import { consequenceOf, nextNumber } from './version-words.ts';

const ThawVersionDialog = onDemand(() => import('./thaw-version-dialog.tsx').then((part) => part.ThawVersionDialog));

export type RestoreVersion = {
  /** Restores it, or asks about the thaw first where it lies in an archive class. Once at a time. */
  restore: (version: VersionView) => void;
  /** Id of the version that is being restored. */
  busy: string | null;
  /** The question about the thaw while it is asked: to be drawn where no key of the page is heard through it. */
  dialog: ReactNode;
};

/**
 * Making an older version of one file current again, from wherever it is shown.
 * @param where added to what is said: ", at old/place.jpg" where the file is not there any more
 * @param onRestored once it is the current version
 */
export function useRestoreVersion({
  library,
  assetId,
  versions,
  where = '',
  onRestored,
}: {
  library: string;
  assetId: string;
  versions: VersionView[];
  where?: string;
  onRestored?: () => void;
}): RestoreVersion {
  const operations = useOperations(library);
  const [busy, setBusy] = useState<string | null>(null);
  const [thawing, setThawing] = useState<VersionView | null>(null);
  const wordsFor = ({ number }: VersionView) => ({
    doing: `Restoring version ${number}`,
    done: `Version ${number} restored as version ${nextNumber(versions)}${where}`,
    notDone: `Version ${number} was not restored`,
  });
  const run = async (version: VersionView) => {
    setBusy(version.versionId);
    const params = { versionId: version.versionId };
    const done = await operations.run(
      { type: 'restore-version', selection: { ids: [assetId] }, params },
      wordsFor(version),
    );
    setBusy(null);
    if (done?.state === 'succeeded') onRestored?.();
  };
  return {
    restore: (version) => {
      if (busy !== null) return;
      if (isArchived(version.storageClass)) setThawing(version);
      else void run(version);
    },
    busy,
    dialog: thawing && (
      <ThawVersionDialog
        library={library}
        assetId={assetId}
        versionId={thawing.versionId}
        name={`Version ${thawing.number}`}
        consequence={consequenceOf(thawing, versions) + where}
        words={wordsFor(thawing)}
        close={() => setThawing(null)}
      />
    ),
  };
}
