'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { announce } from '#components/shell/announce.ts';
import { reportFetchFailed } from '#components/shell/connection.ts';
import { formatPercent, formatPlural } from '#components/ui/format.ts';
import { onDemand } from '#components/ui/on-demand.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import { ApiError } from '#lib/http/api-client.ts';
import type { UploadSnapshot } from '#lib/uploads/browser/upload-store.ts';
import { uploadEngine, useClashes, useOffers, useUploadSnapshot } from './upload-hooks.ts';

const ClashDialog = onDemand(() => import('./clash-dialog.tsx').then((part) => part.ClashDialog));
const OfferDialog = onDemand(() => import('./offer-dialog.tsx').then((part) => part.OfferDialog));

/**
 * Once, in the layout around the shell, so that uploads go on while pages change. Brings what belongs to no page: the clash dialog,
 * the percent in the tab's title, the warning before leaving while bytes move, announcements and the toast of failures.
 */
export function UploadProvider({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <UploadWatch />
      <Questions />
    </>
  );
}

/** What needs an answer before it is sent. */
function Questions() {
  const clashes = useClashes();
  const offers = useOffers();
  return (
    <>
      {clashes.length > 0 && <ClashDialog />}
      {offers.length > 0 && <OfferDialog />}
    </>
  );
}

function UploadWatch() {
  const snapshot = useUploadSnapshot();
  useSessionsAtStart();
  useTitlePercent(snapshot);
  useLeaveWarning(snapshot.moving);
  useOutcomes(snapshot);
  useStrayDrops();
  return null;
}

/** Asks once which uploads were left unfinished, so that dropping their files again is recognised. */
function useSessionsAtStart() {
  useEffect(() => {
    const engine = uploadEngine();
    if (engine.snapshot().sessions !== null) return;
    engine.refreshSessions().catch((error: unknown) => {
      // Signed out or without any right to upload: there is nothing to continue, and the page itself says the rest.
      if (error instanceof ApiError && error.code !== 'network') return;
      reportFetchFailed();
    });
  }, []);
}

const mark = /^\(\d+\u202f%\) /;

/** Setting the title is a message to the browser's own process: once a second is enough for a tab. */
const titleEveryMs = 1000;

function useTitlePercent({ moving, bytesSent, bytesTotal, revision }: UploadSnapshot) {
  const setAt = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: pages set the title anew; each publication puts the figure back
  useEffect(() => {
    const now = performance.now();
    if (moving && now - setAt.current < titleEveryMs) return;
    const bare = document.title.replace(mark, '');
    const next = moving && bytesTotal > 0 ? `(${formatPercent(bytesSent / bytesTotal)}) ${bare}` : bare;
    if (next === document.title) return;
    setAt.current = now;
    document.title = next;
  }, [moving, bytesSent, bytesTotal, revision]);
}

function useLeaveWarning(moving: boolean) {
  useEffect(() => {
    if (!moving) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [moving]);
}

/** Says once when all is through, and shows why something was not sent. */
function useOutcomes({ idle, total, done, failed, groups }: UploadSnapshot) {
  const before = useRef({ idle: true, failed: 0 });
  useEffect(() => {
    const last = before.current;
    before.current = { idle, failed };
    const inside = groups.failed.filter((item) => item.state === 'failed');
    if (failed > last.failed && inside.length > 0) {
      const first = inside[inside.length - 1];
      const retryable = inside.filter((item) => item.failure?.canRetry).length;
      const title = failed === 1 ? `${first?.name} was not sent.` : `${formatPlural(failed, 'file')} were not sent.`;
      addToast({
        key: 'upload-failed',
        kind: 'error',
        title,
        detail: first?.failure?.sentence,
        requestId: first?.failure?.requestId ?? undefined,
        action:
          retryable > 0
            ? { label: failed === 1 ? 'Retry' : `Retry ${retryable}`, onClick: () => uploadEngine().retryFailed() }
            : undefined,
      });
      announce(title, { urgent: true });
    }
    if (idle && !last.idle && total > 0 && failed === 0) announce(`${formatPlural(done, 'file')} uploaded`);
  }, [idle, total, done, failed, groups]);
}

/** A file dropped beside every drop zone would replace the page by itself. */
function useStrayDrops() {
  useEffect(() => {
    const refuse = (event: DragEvent) => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'none';
    };
    addEventListener('dragover', refuse);
    addEventListener('drop', refuse);
    return () => {
      removeEventListener('dragover', refuse);
      removeEventListener('drop', refuse);
    };
  }, []);
}
