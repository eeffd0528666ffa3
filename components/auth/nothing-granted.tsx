'use client';

import { Library, LogOut, RotateCw, UserRound } from 'lucide-react';
import { Button, ButtonLink } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { signOutHere } from './sign-out.ts';

/** Somebody who is signed in and may see nothing: says so, and leaves a way to look again, to their account, and out. */
export function NothingGranted({ email }: { email: string }) {
  return (
    <EmptyState
      icon={<Library />}
      title="Nothing is granted to you yet"
      action={
        <>
          <Button icon={<RotateCw />} onClick={() => location.reload()}>
            Look again
          </Button>
          <ButtonLink variant="quiet" icon={<UserRound />} href="/account">
            Account
          </ButtonLink>
          <Button variant="quiet" icon={<LogOut />} onClick={() => void signOutHere()}>
            Sign out
          </Button>
        </>
      }
    >
      You are signed in as {email}. An admin gives you a folder or a whole library; then it is here.
    </EmptyState>
  );
}
