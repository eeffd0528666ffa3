'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { wordsOf } from '#components/trash/operation-words.ts';
import { useOperations } from '#components/trash/use-operations.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { formatBytes, formatCount, formatPlural } from '#components/ui/format.ts';
import { formatMoment } from '#components/ui/format-time.ts';
import { Note } from '#components/ui/note.tsx';
import { ApiError, api } from '#lib/http/api-client.ts';
import { planRestoreWords } from './plan-restore-words.ts';
import type { RestoreToMomentButtonProps } from './restore-to-moment-button.tsx';

type Props = Pick<RestoreToMomentButtonProps, 'library' | 'paths' | 'what' | 'at'> & { close: () => void };

/** What a restore to a moment would do, counted from the index, before it is done. The plan is frozen: what is started is what was shown. */
export function RestoreToMomentDialog({ library, paths, what, at, close }: Props) {
  const operations = useOperations(library.slug);
  const [planId] = useState(() => crypto.randomUUID());
  const { data, error } = useQuery({
    queryKey: ['restore-plan', planId],
    queryFn: async () => {
      const { operation } = await api('POST /libraries/{library}/operations', {
        library: library.slug,
        type: 'restore-to-time',
        selection: { paths: [...paths] },
        params: { at },
        dryRun: true,
        clientId: planId,
      });
      return operation;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const told = data ? planRestoreWords(data.plan) : null;
  const start = () => {
    if (!data || !told) return;
    close();
    void operations.follow(
      () => api('POST /operations/{id}/start', { id: data.id }),
      wordsOf('restore-to-time', formatPlural(told.files, 'file')),
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || close()}
      title={
        <>
          Restore <bdi>{what}</bdi> to {formatMoment(at)}
        </>
      }
      description={told ? 'Nothing has changed yet.' : error ? 'There is no plan.' : 'Comparing then and now'}
      width="large"
      footer={
        <>
          <DialogClose render={<Button size="field">Cancel</Button>} />
          <Button
            size="field"
            variant="past"
            disabledReason={
              told === null
                ? error
                  ? 'There is no plan to run'
                  : 'Comparing then and now'
                : told.files === 0
                  ? 'Everything is as it was'
                  : undefined
            }
            onClick={start}
          >
            {told === null || told.files === 0 ? 'Restore' : `Restore ${formatPlural(told.files, 'file')}`}
          </Button>
        </>
      }
    >
      {error && (
        <Note tone="danger" icon={<CircleAlert />}>
          <b>The plan could not be made.</b> {error instanceof ApiError ? error.detail : 'Strata did not answer.'}
        </Note>
      )}
      {told && (
        <>
          <dl className="grid rounded-3 inset-ring inset-ring-line">
            {told.kinds.map(({ id, label, detail, count, swatch }) => (
              <div key={id} className="flex items-center gap-2.5 border-line px-3 py-2 not-first:border-t">
                <span aria-hidden="true" className={`h-8 w-1 flex-none rounded-1 ${swatch}`} />
                <dt className="min-w-0 flex-1 text-label text-fg">
                  {label}
                  <span className="block text-meta font-normal text-fg-3">{detail}</span>
                </dt>
                <dd className="font-semibold text-fg tabular-nums">{formatCount(count)}</dd>
              </div>
            ))}
          </dl>
          <p className="mt-3 text-meta">
            {told.bytesToCopy > 0 && `${formatBytes(told.bytesToCopy)} are copied inside the store. `}
            <span className="font-medium text-fg">Nothing is lost, and you can undo this.</span>
          </p>
        </>
      )}
    </Dialog>
  );
}
