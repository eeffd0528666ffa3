'use client';

import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { goToSignIn } from './sign-out.ts';

/** The session is over: nothing but signing in again leads on from here. */
export function SessionOverDialog({ reason }: { reason: string }) {
  return (
    <Dialog
      open
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
