'use client';

import { useQuery } from '@tanstack/react-query';
import { ConfirmDialog } from '#components/auth/confirm-dialog.tsx';
import { errorText } from '#components/auth/tell-error.ts';
import { FieldError } from '#components/ui/field.tsx';
import { formatBytes, formatCount, formatMoney, formatPlural } from '#components/ui/format.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import { api } from '#lib/http/api-client.ts';
import type { LibraryIndex } from '#lib/indexing/schema.ts';
import type { Preparation } from '#lib/renditions/schema.ts';

type Props = { library: LibraryIndex; open: boolean; onOpenChange: (open: boolean) => void };

/** Says how much is read and what that costs, before thumbnails of everything are made. */
export function PrepareDialog({ library, open, onOpenChange }: Props) {
  const { slug } = library;
  const asked = useQuery({
    queryKey: ['preparation', slug],
    queryFn: () => api('GET /admin/libraries/{library}/renditions/preparation', { library: slug }),
    enabled: open,
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
  const plan = asked.data?.plan;
  const confirm = plan ? confirmOf(plan) : null;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Prepare all thumbnails of ${library.name}?`}
      confirm={confirm}
      onConfirm={async () => {
        const { plan: begun } = await api('POST /admin/libraries/{library}/renditions/prepare', { library: slug });
        addToast({
          title: begun.estimated
            ? `Thumbnails of ${library.name} to be made`
            : `${formatPlural(begun.files, 'thumbnail')} of ${library.name} to be made`,
          detail: 'It runs in the background, after everything else. The jobs page shows how far it is.',
        });
      }}
    >
      <p className="mb-3 text-fg-2">Without this, a thumbnail is made when somebody first looks at a folder.</p>
      {asked.isPending && <Skeleton className="h-32 w-full" />}
      {asked.data && <Plan plan={asked.data.plan} own={asked.data.ownPrices} />}
      <FieldError>{asked.error && errorText(asked.error)}</FieldError>
    </ConfirmDialog>
  );
}

/** Null: nothing is left to do. */
function confirmOf({ files, estimated }: Preparation): string | null {
  if (estimated) return files > 0 ? 'Prepare thumbnails' : 'Prepare what is left';
  return files > 0 ? `Prepare ${formatPlural(files, 'thumbnail')}` : null;
}

function Plan({ plan, own }: { plan: Preparation; own: boolean }) {
  if (plan.files === 0) {
    if (plan.estimated)
      return (
        <p className="text-read">
          A sample of this library holds no file that nobody looked into. A few may be left: preparing goes through all
          of them.
        </p>
      );
    return (
      <p className="text-read">
        Every file was looked into already{plan.archived > 0 && ', but for those in an archive'}. Nothing is left to
        prepare.
      </p>
    );
  }
  const about = (text: string) => (plan.estimated ? `about ${text}` : text);
  const rows = [
    ['Files that nobody looked at yet', about(formatCount(plan.files))],
    ['Read from the bucket, at most', about(formatBytes(plan.bytes))],
    ['Requests to the store, at most', about(formatCount(plan.requests))],
    ['Cost of reading and requests', formatMoney(plan.cost)],
    ['Traffic, if the worker runs outside the region', formatMoney(plan.traffic)],
  ];
  return (
    <div className="grid gap-3">
      <dl className="grid tabular-nums">
        {rows.map(([term, value]) => (
          <div key={term} className="flex items-baseline justify-between gap-4 border-b border-line py-1.5">
            <dt className="text-fg-2">{term}</dt>
            <dd className="flex-none text-label">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="text-meta text-fg-3">
        {plan.estimated && 'Estimated from a sample of the library. '}
        {own
          ? 'By the prices of this store.'
          : 'By the list prices of Amazon S3 in us-east-1; another store may charge nothing.'}
        {plan.archived > 0 &&
          ` ${formatPlural(plan.archived, 'file')} in an archive ${plan.archived === 1 ? 'is' : 'are'} left out: they would have to be thawed first.`}
      </p>
    </div>
  );
}
