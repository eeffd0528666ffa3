'use client';

import { RotateCcw } from 'lucide-react';
import { shownName } from '#components/browse/entry-key.ts';
import { kindLabel } from '#components/browse/kind-label.tsx';
import { Preview } from '#components/browse/preview.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { formatBytes } from '#components/ui/format.ts';
import { Time } from '#components/ui/time.tsx';
import { VersionHistory } from '#components/versions/version-history.tsx';
import type { TrashEntry } from '#lib/versions/schema.ts';
import { TrashFate } from './trash-fate.tsx';

export interface TrashLookProps {
  library: string;
  entry: TrashEntry | null;
  busy: boolean;
  onRestore: (entry: TrashEntry) => void;
  onClose: () => void;
}

/** A file in the trash with its history, before it is brought back. */
export function TrashLook({ library, entry, busy, onRestore, onClose }: TrashLookProps) {
  if (!entry) return null;
  const who = entry.by ? (entry.by.you ? 'you' : entry.by.name) : 'another tool';
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={shownName(entry)}
      description={
        <>
          {kindLabel(entry)}, {formatBytes(entry.size)}. Moved to trash by <bdi>{who}</bdi>,{' '}
          <Time at={entry.trashedAt} />
          {entry.goes && (
            <>
              . <TrashFate goes={entry.goes} />
            </>
          )}
        </>
      }
      width="medium"
      footer={
        <Button
          variant="primary"
          size="field"
          icon={<RotateCcw />}
          busy={busy}
          disabledReason={entry.allowed.restore ? undefined : 'Only contributors restore files from the trash'}
          onClick={() => onRestore(entry)}
        >
          Restore from trash
        </Button>
      }
    >
      <Preview asset={entry} large className="h-44 rounded-3 [&_svg]:size-6" />
      <div className="mt-3">
        <VersionHistory
          asset={{
            id: entry.id,
            library,
            path: entry.path,
            allowed: { write: entry.allowed.restore, restoreVersions: entry.allowed.restoreVersions },
          }}
        />
      </div>
    </Dialog>
  );
}
