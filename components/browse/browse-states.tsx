'use client';

import { CloudAlert, DatabaseZap, FolderOpen, FolderX, Lock, WifiOff } from 'lucide-react';
import { Button, ButtonLink } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ApiError } from '#lib/http/api-client.ts';

/** Nothing is in this folder; it is there and yours. */
export function EmptyFolder({ whyNoUpload, upload }: { whyNoUpload: string | undefined; upload: () => void }) {
  return (
    <EmptyState
      icon={<FolderOpen />}
      title="This folder is empty"
      action={
        <Button onClick={upload} disabledReason={whyNoUpload}>
          Upload
        </Button>
      }
    >
      {whyNoUpload ? 'Nothing has been put here yet.' : 'Drop files here, or press U.'}
    </EmptyState>
  );
}

/** No asset of the chosen kind: the folder itself may be full. */
export function NothingOfKind({ kind, showAll }: { kind: string; showAll: () => void }) {
  return (
    <EmptyState icon={<FolderOpen />} title={`No ${kind} here`} action={<Button onClick={showAll}>Show all</Button>}>
      Folders are not searched for them.
    </EmptyState>
  );
}

/** Unknown, or not yours: the two look the same. */
export function NotYours({ href, what = 'folder' }: { href: string; what?: 'folder' | 'page' }) {
  return (
    <EmptyState
      icon={<Lock />}
      title="Nothing here that you may see"
      action={<ButtonLink href={href}>Go to the library</ButtonLink>}
    >
      The {what} does not exist, or it needs a grant. An admin can give you one.
    </EmptyState>
  );
}

/** It was there a moment ago: its last file went, and a store keeps no empty folders by itself. */
export function FolderGone({ parent }: { parent: string }) {
  return (
    <EmptyState
      icon={<FolderX />}
      title="This folder is no longer there"
      action={<ButtonLink href={parent}>Go to the folder above</ButtonLink>}
    >
      Its last file was moved or put into the trash, and a folder exists while something is in it. Upload here to have
      it again.
    </EmptyState>
  );
}

/** The index does not hold the whole bucket yet, so an empty list says nothing. */
export function StillIndexing() {
  return (
    <EmptyState icon={<DatabaseZap />} title="This bucket is being indexed">
      What is in it appears here as it is found. Nothing of it is missing from the store.
    </EmptyState>
  );
}

/** A call failed and nothing is there to be shown instead. */
export function CallFailed({ error, retry }: { error: unknown; retry: () => void }) {
  if (!(error instanceof ApiError)) throw error;
  const again = <Button onClick={retry}>Try again</Button>;
  if (error.code === 'network')
    return (
      <EmptyState icon={<WifiOff />} title="You are offline" action={again}>
        {error.detail} The page goes on by itself once Strata answers.
      </EmptyState>
    );
  return <Problem code={error.code} detail={error.detail} requestId={error.requestId ?? undefined} action={again} />;
}

const titles: Record<string, string> = {
  store_unavailable: 'The store did not answer',
  database_unavailable: 'The database did not answer',
  forbidden: 'This needs another role',
  rate_limited: 'Too many requests',
};

/** The store or the app failed; files are where they were. */
export function Problem({
  code,
  detail,
  requestId,
  action,
}: {
  code: string;
  detail: string;
  requestId?: string;
  action: React.ReactNode;
}) {
  return (
    <EmptyState
      tone="danger"
      icon={<CloudAlert />}
      title={titles[code] ?? 'This page could not be shown'}
      requestId={requestId}
      action={action}
    >
      {detail} Your files are not affected.
    </EmptyState>
  );
}
