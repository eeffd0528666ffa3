'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { tellFailure } from '#components/trash/use-operations.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { Note } from '#components/ui/note.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import { ApiError, api } from '#lib/http/api-client.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';

/** Before the versioning of a bucket is switched on: what changes by it. */
export function SwitchVersioningDialog({
  library,
  open,
  onOpenChange,
}: {
  library: LibraryView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    try {
      await api('POST /admin/libraries/{library}/versioning', { library: library.slug });
      addToast({ title: `Versioning of ${library.bucket} is on` });
      onOpenChange(false);
      router.refresh();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      tellFailure('Versioning was not switched on', error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Switch versioning on for ${library.bucket}?`}
      footer={
        <>
          <DialogClose render={<Button size="field">Cancel</Button>} />
          <Button size="field" variant="primary" busy={busy} onClick={() => void submit()}>
            Switch versioning on
          </Button>
        </>
      }
    >
      <dl className="grid grid-cols-[96px_1fr] gap-y-1.5 rounded-3 p-3 inset-shadow-line-2">
        <dt className="text-fg-3">Now</dt>
        <dd className="text-fg">
          {library.versioning === 'off'
            ? 'Off: a replaced or deleted file is lost'
            : 'Suspended: new writes replace what was there'}
        </dd>
        <dt className="text-fg-3">After</dt>
        <dd className="text-fg">Enabled: every replaced or deleted file stays as a version</dd>
      </dl>
      <Note className="mt-3">
        <b>It can be suspended later, never removed.</b> Older versions are billed like files. What is in the bucket now
        is not touched.
      </Note>
    </Dialog>
  );
}
