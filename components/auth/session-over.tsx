'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { listenToSessionOver, noteSessionOver, sessionOverReason } from './session-over-store.ts';
import { goToSignIn } from './sign-out.ts';

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
  return (
    <Dialog
      open={reason !== null}
      title="You are signed out"
      role="alertdialog"
      width="small"
      sticky
      hideClose
      footer={
        <Button size="field" variant="primary" onClick={goToSignIn}>
          Sign in
        </Button>
      }
    >
      <p className="text-read">{reason} You come back to this page.</p>
    </Dialog>
  );
}
