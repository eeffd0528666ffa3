'use client';

import { CloudAlert } from 'lucide-react';
import { Page } from '#components/shell/page.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

/** A page inside the frame that could not be made. Navigation and transfers go on. */
export default function FramedError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Page title="Not shown" layout="bare">
      <EmptyState
        tone="danger"
        icon={<CloudAlert />}
        title="This page could not be shown"
        {...(error.digest ? { requestId: error.digest } : {})}
        action={<Button onClick={reset}>Try again</Button>}
      >
        Something failed on our side, or the database did not answer. Your files are not affected.
      </EmptyState>
    </Page>
  );
}
