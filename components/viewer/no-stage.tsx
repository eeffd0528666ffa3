'use client';

import { Archive, CircleSlash, Download, FileQuestion, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Spinner } from '#components/ui/spinner.tsx';

/** The way out of an archive class for an older version. */
export type ThawOffer = { number: number | null; disabledReason: string | undefined; run: () => void };

/** In place of a picture: why there is none, and what can be done. */
export function NoStage({
  way,
  why,
  download,
  thaw = null,
}: {
  way: 'none' | 'making' | 'archived' | 'gone';
  why: string;
  download: () => void;
  thaw?: ThawOffer | null;
}) {
  const button = (
    <Button icon={<Download />} onClick={download}>
      Download
    </Button>
  );
  return (
    <div className="absolute inset-0 grid place-items-center">
      {way === 'making' ? (
        <EmptyState icon={<Spinner size={20} />} title="The preview is in the making" action={button}>
          It appears here as soon as it is there.
        </EmptyState>
      ) : way === 'gone' ? (
        <EmptyState icon={<CircleSlash />} title="This version is gone">
          Its bytes were removed from the store, by a lifecycle rule or by somebody. That it stood here is still known.
        </EmptyState>
      ) : way === 'archived' ? (
        <EmptyState icon={<Archive />} title="This version is archived" action={thaw && thawButton(thaw)}>
          Its bytes lie in an archive class, from which they must be thawed before they can be looked at or downloaded.
        </EmptyState>
      ) : (
        <EmptyState icon={<FileQuestion />} title="No preview" action={button}>
          {why}
        </EmptyState>
      )}
    </div>
  );
}

function thawButton({ number, disabledReason, run }: ThawOffer): ReactNode {
  return (
    <Button icon={<RotateCcw />} disabledReason={disabledReason} onClick={run}>
      Thaw and restore version {number}
    </Button>
  );
}
