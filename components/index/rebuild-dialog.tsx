'use client';

import { useQueryClient } from '@tanstack/react-query';
import { formatPlural } from '#components/ui/format.ts';
import { TypedConfirmDialog } from '#components/ui/typed-confirm-dialog.tsx';
import { api } from '#lib/http/api-client.ts';
import type { LibraryIndex } from '#lib/indexing/schema.ts';
import { indexKey } from './use-index.ts';

type Props = { library: LibraryIndex; open: boolean; onOpenChange: (open: boolean) => void };

/** Says what a rebuild drops, what it gives back, and what not. */
export function RebuildDialog({ library, open, onOpenChange }: Props) {
  const queries = useQueryClient();
  return (
    <TypedConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Rebuild the index of ${library.name}?`}
      description="For an index that is broken. Differences are found and repaired by a check, which drops nothing."
      warning={
        <>
          <b>{formatPlural(library.assetCount, 'file is', 'files are')} dropped from the index and listed anew.</b>{' '}
          Files in the bucket are not touched. Until it is done folders come from the store, search finds only a part,
          and links to single files stop working.
        </>
      }
      phrase={library.slug}
      confirm="Rebuild the index"
      onConfirm={async () => {
        await api('POST /admin/libraries/{library}/index/rebuild', { library: library.slug, confirm: library.slug });
        await queries.invalidateQueries({ queryKey: indexKey });
      }}
    >
      <ul className="grid list-disc gap-1 pl-4 text-fg-2">
        <li>Files, versions, folders and their counts come back as the bucket has them.</li>
        <li>Tags, activity, uploads, previews and people stay as they are.</li>
        <li>Versions that were destroyed are not remembered afterwards: the bucket no longer tells of them.</li>
      </ul>
    </TypedConfirmDialog>
  );
}
