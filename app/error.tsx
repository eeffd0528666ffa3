'use client';

import { CloudAlert } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

/** A page that could not be made at all. The digest is in the server's log beside the cause. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="grid min-h-full place-items-center">
      <h1 className="sr-only">This page could not be shown</h1>
      <EmptyState
        tone="danger"
        icon={<CloudAlert />}
        title="This page could not be shown"
        {...(error.digest ? { requestId: error.digest } : {})}
        action={<Button onClick={reset}>Try again</Button>}
      >
        Something failed on our side, or the database did not answer. Your files are not affected.
      </EmptyState>
    </main>
  );
}
