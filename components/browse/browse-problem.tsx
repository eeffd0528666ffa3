'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { Page } from '#components/shell/page.tsx';
import { Button } from '#components/ui/button.tsx';
import { NotYours, Problem } from './browse-states.tsx';

/** A page whose server side could not be made: not yours, or something is away. */
export function BrowseProblem({ code, detail, requestId }: { code: string; detail: string; requestId: string }) {
  const router = useRouter();
  const [busy, start] = useTransition();
  return (
    <Page title={code === 'not_found' ? 'Not found' : 'Strata'} layout="bare">
      {code === 'not_found' ? (
        <NotYours href="/" />
      ) : (
        <Problem
          code={code}
          detail={detail}
          requestId={requestId}
          action={
            <Button busy={busy} onClick={() => start(() => router.refresh())}>
              Try again
            </Button>
          }
        />
      )}
    </Page>
  );
}
