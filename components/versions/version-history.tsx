'use client';

import { FolderInput } from 'lucide-react';
import Link from 'next/link';
import { browseHref } from '#components/browse/browse-href.ts';
import { Time } from '#components/ui/time.tsx';
import { parentFolder } from '#lib/libraries/path-rules.ts';
import type { EarlierPlace } from '#lib/versions/schema.ts';
import { useVersions } from './use-versions.ts';
import { VersionList, type VersionListProps } from './version-list.tsx';

/** The versions of a file, and below them those that it had where it was before it was moved, as far as its moves go and one may look. */
export function VersionHistory({ seen = [], ...props }: VersionListProps & { seen?: readonly string[] }) {
  const { asset, onPeek: _, ...rest } = props;
  const { earlier } = useVersions(asset.id);
  const known = [...seen, asset.id];
  return (
    <>
      <VersionList {...props} />
      {/* A file that went there and back has been told already. */}
      {earlier && !known.includes(earlier.id) && (
        <section aria-label={`Before it was moved from ${earlier.path}`} className="mt-1 border-t border-line pt-2">
          <EarlierLine library={asset.library} earlier={earlier} />
          <VersionHistory
            {...rest}
            asset={{ ...earlier, library: asset.library }}
            place={earlier.path}
            heading={false}
            seen={known}
          />
        </section>
      )}
    </>
  );
}

/** "Until 12 Nov 10:31 at press/boats.jpg"; leads there, to the moment before. */
export function EarlierLine({ library, earlier }: { library: string; earlier: EarlierPlace }) {
  const at = new Date(Date.parse(earlier.until) - 1_000).toISOString();
  const href = `${browseHref(library, parentFolder(earlier.path), { at })}&look=${earlier.id}`;
  return (
    <p className="flex items-baseline gap-1.5 text-meta text-fg-2">
      <FolderInput aria-hidden="true" className="size-3.5 flex-none translate-y-0.5 text-past-text" />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        Until <Time at={earlier.until} plain /> at{' '}
        <Link href={href} className="rounded-1 underline underline-offset-2">
          <bdi>{earlier.path}</bdi>
        </Link>
      </span>
    </p>
  );
}
