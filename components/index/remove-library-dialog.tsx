'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { formatPlural } from '#components/ui/format.ts';
import { addToast } from '#components/ui/toast-store.ts';
import { TypedConfirmDialog } from '#components/ui/typed-confirm-dialog.tsx';
import { api } from '#lib/http/api-client.ts';
import type { LibraryIndex } from '#lib/indexing/schema.ts';
import { indexKey } from './use-index.ts';

type Props = { library: LibraryIndex; open: boolean; onOpenChange: (open: boolean) => void };

/** Says what goes with a library and what stays, before anything does. */
export function RemoveLibraryDialog({ library, open, onOpenChange }: Props) {
  const queries = useQueryClient();
  const router = useRouter();
  return (
    <TypedConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Remove ${library.name} from Strata?`}
      warning={
        <>
          <b>Nobody sees this library in Strata any more.</b> Its index of {formatPlural(library.assetCount, 'file')}{' '}
          and all grants in it go. Nothing in the bucket {library.bucket} is touched.
        </>
      }
      phrase={library.slug}
      confirm="Remove the library"
      onConfirm={async () => {
        await api('DELETE /admin/libraries/{library}', { library: library.slug, confirm: library.slug });
        addToast({ title: `${library.name} was removed`, detail: `The bucket ${library.bucket} is as it was.` });
        await queries.invalidateQueries({ queryKey: indexKey });
        // The frame shows the libraries that are left.
        router.refresh();
      }}
    >
      <ul className="grid list-disc gap-1 pl-4 text-fg-2">
        <li>Tags, activity and who uploaded what are kept, and are there again when the same place is added again.</li>
        <li>The people who had access need new grants then.</li>
      </ul>
    </TypedConfirmDialog>
  );
}
