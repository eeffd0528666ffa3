'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowUpFromLine, CloudAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { FieldError } from '#components/ui/field.tsx';
import { formatBytes, formatPercent } from '#components/ui/format.ts';
import { Meter } from '#components/ui/meter.tsx';
import { MiddleTruncate } from '#components/ui/middle-truncate.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Time } from '#components/ui/time.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import { ApiError } from '#lib/http/api-client.ts';
import { lastName } from '#lib/uploads/browser/item-names.ts';
import { splitSessions } from '#lib/uploads/browser/match-session.ts';
import type { OpenSession } from '#lib/uploads/browser/types.ts';
import { mismatchWords } from './mismatch-words.ts';
import { SmallOnes } from './small-ones.tsx';
import { uploadEngine, useUploadSnapshot } from './upload-hooks.ts';

/** The unfinished uploads of this person that no tab is sending: continue each with its file, or discard it. */
export function ContinueList() {
  const { sessions } = useUploadSnapshot();
  const query = useQuery({
    queryKey: ['uploads', 'open'],
    queryFn: async () => {
      await uploadEngine().refreshSessions();
      return null;
    },
    staleTime: 0,
  });
  if (sessions === null) {
    if (query.error) return <Unreachable error={query.error} retry={() => void query.refetch()} />;
    return (
      <div className="grid gap-px" aria-busy="true">
        <Skeleton className="h-15" />
        <Skeleton className="h-15" />
      </div>
    );
  }
  if (sessions.length === 0)
    return (
      <EmptyState icon={<ArrowUpFromLine />} title="No upload waits to be continued">
        When a page is closed or a computer stops in the middle of an upload, what was sent is kept and listed here.
      </EmptyState>
    );
  const { large, small } = splitSessions(sessions);
  return (
    <div className="grid gap-4">
      {large.length > 0 && (
        <ul aria-label="Uploads to continue" className="rounded-3 inset-shadow-line">
          {large.map((session) => (
            <li key={session.id} className="not-first:border-t not-first:border-line">
              <ContinueRow session={session} />
            </li>
          ))}
        </ul>
      )}
      {small.length > 0 && <SmallOnes sessions={small} />}
    </div>
  );
}

function ContinueRow({ session }: { session: OpenSession }) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState<'choose' | 'discard' | null>(null);
  const name = lastName(session.path);
  const folder = session.path.slice(0, session.path.length - name.length);
  const kept = session.size > 0 ? session.storedBytes / session.size : 0;

  const choose = async (file: File) => {
    setBusy('choose');
    setProblem(null);
    try {
      const result = await uploadEngine().continueWith(session, file);
      if (!result.ok) setProblem(mismatchWords(result.mismatch));
    } catch (error) {
      setProblem(
        error instanceof ApiError
          ? error.detail
          : 'The file cannot be read: it was moved, locked or removed. Choose it again.',
      );
    } finally {
      setBusy(null);
    }
  };
  const discard = async () => {
    setBusy('discard');
    try {
      await uploadEngine().discard(session);
      addToast({ title: `The unfinished upload of ${name} was discarded` });
    } catch (error) {
      setProblem(error instanceof ApiError ? error.detail : String(error));
      setBusy(null);
    }
  };
  return (
    <div className="grid gap-x-4 gap-y-2 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_160px_auto] sm:items-center">
      <div className="min-w-0">
        <MiddleTruncate name={name} className="text-label max-sm:text-phone-name" />
        <p className="truncate text-meta text-fg-3 max-sm:text-phone-meta">
          {formatBytes(session.size)} in <bdi>{folder === '' ? session.library : `${session.library}/${folder}`}</bdi>
        </p>
      </div>
      <div>
        <Meter value={kept} label={`Kept of ${name}`} />
        <p className="mt-1 text-meta text-fg-3 tabular-nums">
          {kept > 0 ? `${formatPercent(kept)} kept` : 'Nothing sent yet'}, until{' '}
          <Time at={session.expiresAt} form="date" plain />
        </p>
      </div>
      <div className="flex gap-2">
        <input
          ref={input}
          type="file"
          hidden
          aria-label={`Choose ${name} again`}
          data-continue={session.id}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            if (file) void choose(file);
          }}
        />
        <Button busy={busy === 'choose'} onClick={() => input.current?.click()}>
          Choose the file again
        </Button>
        <Button variant="quiet" busy={busy === 'discard'} onClick={() => void discard()}>
          Discard
        </Button>
      </div>
      <div className={problem ? 'sm:col-span-3' : 'hidden'}>
        <FieldError>{problem}</FieldError>
      </div>
    </div>
  );
}

function Unreachable({ error, retry }: { error: Error; retry: () => void }) {
  const known = error instanceof ApiError ? error : null;
  return (
    <EmptyState
      tone="danger"
      icon={<CloudAlert />}
      title="The list of unfinished uploads could not be read"
      requestId={known?.requestId ?? undefined}
      action={<Button onClick={retry}>Try again</Button>}
    >
      {known?.detail ?? error.message}
    </EmptyState>
  );
}
