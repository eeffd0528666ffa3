'use client';

import { ChevronsUpDown } from 'lucide-react';
import Link from 'next/link';
import { Mark } from '#components/ui/mark.tsx';
import { Menu } from '#components/ui/menu.tsx';

export interface LibraryLink {
  slug: string;
  name: string;
  href: string;
}

const ROW =
  'flex h-9 w-full min-w-0 items-center gap-2 rounded-2 px-2 text-left text-ui font-semibold tracking-[-0.01em] hover:bg-hover data-popup-open:bg-press rail:justify-center rail:px-0';

/** The mark and the name of the library, 36 px. A menu when there are several, a link to its top when there is one. */
export function LibrarySwitcher({ libraries, current }: { libraries: LibraryLink[]; current?: string }) {
  const here = libraries.find((library) => library.slug === current) ?? libraries[0];
  const face = (
    <>
      <Mark />
      <span className="min-w-0 flex-1 truncate rail:sr-only">{here?.name ?? 'Strata'}</span>
    </>
  );
  if (libraries.length < 2)
    return (
      <Link href={here?.href ?? '/'} className={ROW}>
        {face}
      </Link>
    );
  return (
    <Menu
      label="Library"
      align="start"
      items={libraries.map((library) => ({
        id: library.slug,
        label: library.name,
        href: library.href,
        end: library.slug === here?.slug ? 'Here' : undefined,
      }))}
      trigger={
        <button type="button" className={ROW} aria-label={`Library: ${here?.name}`}>
          {face}
          <ChevronsUpDown className="size-3.5 flex-none text-fg rail:hidden" aria-hidden="true" />
        </button>
      }
    />
  );
}
