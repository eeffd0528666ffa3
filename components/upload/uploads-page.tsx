'use client';

import { Page } from '#components/shell/page.tsx';
import { formatPlural } from '#components/ui/format.ts';
import { ContinueList } from './continue-list.tsx';
import { useContinueCount } from './upload-hooks.ts';

/** `/uploads`: what was left unfinished, to be continued or discarded. What runs is in the dock below. */
export function UploadsPage() {
  const count = useContinueCount();
  return (
    <Page title="Uploads" facts={count ? `${formatPlural(count, 'upload')} to continue` : undefined} layout="column">
      {count !== null && count > 0 && (
        <p className="mb-3 text-fg-2">
          What was sent is kept. Choose the same file again, or drop it anywhere, and only what is missing is sent.
        </p>
      )}
      <ContinueList />
    </Page>
  );
}
