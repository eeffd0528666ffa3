'use client';

import { Archive, CircleSlash, Download, FileQuestion } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Spinner } from '#components/ui/spinner.tsx';

/** In place of a picture: why there is none, and what can be done. */
export function NoStage({
  way,
  why,
  download,
}: {
  way: 'none' | 'making' | 'archived' | 'gone';
  why: string;
  download: () => void;
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
        <EmptyState icon={<Archive />} title="This version is archived">
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
