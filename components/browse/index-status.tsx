'use client';

import { useQuery } from '@tanstack/react-query';
import { Dot } from '#components/ui/dot.tsx';
import { formatAgo } from '#components/ui/format-time.ts';
import { readFolders, treeKey } from './read-folders.ts';

/** At the foot of the navigation: how far the index may be trusted. It comes with the top of the tree. */
export function IndexStatus({ library }: { library: string }) {
  const { data } = useQuery({
    queryKey: treeKey(library, ''),
    queryFn: ({ signal }) => readFolders(library, '', signal),
  });
  const index = data?.index;
  if (!index) return null;
  if (index.state === 'indexing') return <Line tone="warning">Being indexed</Line>;
  if (index.state === 'stale' && index.checkedAt)
    return <Line tone="warning">Last checked {formatAgo(index.checkedAt)}</Line>;
  return <Line tone="success">Index live</Line>;
}

function Line({ tone, children }: { tone: 'success' | 'warning'; children: React.ReactNode }) {
  return (
    <>
      <Dot tone={tone} />
      <span className="truncate">{children}</span>
    </>
  );
}
