'use client';

import { useQuery } from '@tanstack/react-query';
import { Dot } from '#components/ui/dot.tsx';
import { formatPercent } from '#components/ui/format.ts';
import { formatAgo } from '#components/ui/format-time.ts';
import { lagWords } from './lag-words.ts';
import { readFolders, treeKey } from './read-folders.ts';

/** Over this the index is late, and the dot says so. */
const lateSeconds = 60;
/** An index that moves is asked about again soon, one that does not every minute. Milliseconds. */
const refreshMs = { indexing: 4_000, behind: 3_000, quiet: 60_000 };

/** How far the index of a library may be trusted. It comes with the top of the tree. */
export function useIndexAge(library: string) {
  const { data } = useQuery({
    queryKey: treeKey(library, ''),
    queryFn: ({ signal }) => readFolders(library, '', signal),
    refetchInterval: ({ state: { data: known } }) => {
      if (known?.index.state === 'indexing') return refreshMs.indexing;
      return (known?.index.lagSeconds ?? 0) > 1 ? refreshMs.behind : refreshMs.quiet;
    },
  });
  return data?.index ?? null;
}

/** At the foot of the navigation. */
export function IndexStatus({ library }: { library: string }) {
  const index = useIndexAge(library);
  if (!index) return null;
  if (index.state === 'indexing')
    return <Line tone="warning">{index.progress ? `${formatPercent(index.progress)} indexed` : 'Being indexed'}</Line>;
  if (index.lagSeconds === null && index.checkedAt) {
    return (
      <Line tone={index.state === 'stale' ? 'warning' : 'success'}>Last checked {formatAgo(index.checkedAt)}</Line>
    );
  }
  const lag = index.lagSeconds ?? 0;
  return <Line tone={lag > lateSeconds ? 'warning' : 'success'}>{lagWords(lag)}</Line>;
}

function Line({ tone, children }: { tone: 'success' | 'warning'; children: React.ReactNode }) {
  return (
    <>
      <Dot tone={tone} />
      <span className="truncate">{children}</span>
    </>
  );
}
