'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { onDemand } from '#components/ui/on-demand.tsx';
import { listenToSessionOver, noteSessionOver, sessionOverReason } from './session-over-store.ts';

const SessionOverDialog = onDemand(() => import('./session-over-dialog.tsx').then((part) => part.SessionOverDialog));

/** Asks to sign in again as soon as any query or mutation is refused for want of a session. Nothing on the page is lost before. */
export function SessionOver() {
  const queries = useQueryClient();
  const reason = useSyncExternalStore(listenToSessionOver, sessionOverReason, () => null);
  useEffect(() => {
    const stops = [
      queries.getQueryCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'error') noteSessionOver(event.action.error);
      }),
      queries.getMutationCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'error') noteSessionOver(event.action.error);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [queries]);
  return reason !== null && <SessionOverDialog reason={reason} />;
}
