'use client';

import { useQuery } from '@tanstack/react-query';
import { Dot } from '#components/ui/dot.tsx';
import { formatAgo } from '#components/ui/format-time.ts';
import { indexLine } from './index-line.ts';
import { readFolders, treeKey } from './read-folders.ts';

/** An index that moves is asked about again soon, one that does not every minute. Milliseconds. */
const refreshMs = { indexing: 4_000, behind: 3_000, quiet: 60_000 };

/** How far the index of a library may be trusted. It comes with the top of the tree. */
export function useIndexAge(library: string) {
  const { data } = useQuery({
    queryKey: treeKey(library, ''),
    queryFn: ({ signal }) => readFolders(library, '', signal),
    refetchInterval: ({ state: { data: known } }) => {
      if (known?.index.state === 'indexing') return refreshMs.indexing;
      if (known?.index.differences) return refreshMs.behind;
      return (known?.index.lagSeconds ?? 0) > 1 ? refreshMs.behind : refreshMs.quiet;
    },
  });
  return data?.index ?? null;
}

/** At the foot of the navigation. */
export function IndexStatus({ library }: { library: string }) {
  const index = useIndexAge(library);
  if (!index) return null;
  const { tone, text, at } = indexLine(index);
  return (
    <>
      <Dot tone={tone} />
      <span className="truncate">
        {text}
        {at && ` ${formatAgo(at)}`}
      </span>
    </>
  );
}
