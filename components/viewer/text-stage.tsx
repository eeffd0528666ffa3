'use client';

import { useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { formatBytes } from '#components/ui/format.ts';
import { Note } from '#components/ui/note.tsx';
import { mostTextBytes, type Shown } from './plan-stage.ts';
import { readText } from './read-text.ts';

export function useText(shown: Pick<Shown, 'id' | 'versionId' | 'size'>) {
  return useQuery({
    queryKey: ['text', shown.id, shown.versionId],
    queryFn: ({ signal }) => readText(shown, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
  });
}

/** A text as it stands, Markdown and code too. */
export function TextStage({ shown, why }: { shown: Shown; why: string | null }) {
  const { data, error } = useText(shown);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there
    <div tabIndex={0} className="absolute inset-0 overflow-auto px-14 py-5 max-sm:px-3 max-sm:py-3" data-keys="own">
      <div className="mx-auto max-w-220 rounded-2 bg-sheet p-5 shadow-2 inset-ring inset-ring-line max-sm:p-3">
        {why && (
          <Note icon={<FileText />} className="mb-4">
            {why}
          </Note>
        )}
        {error ? (
          <p className="text-fg-2">The text could not be read. {error.message}</p>
        ) : (
          <pre className="type-code min-h-40 text-fg [overflow-wrap:anywhere] whitespace-pre-wrap select-text">
            <bdi>{data ?? ''}</bdi>
          </pre>
        )}
        {shown.size > mostTextBytes && (
          <Note className="mt-4">
            The first {formatBytes(mostTextBytes)} of {formatBytes(shown.size)}. Download it to read all of it.
          </Note>
        )}
      </div>
    </div>
  );
}
