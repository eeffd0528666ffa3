'use client';

import clsx from 'clsx';
import Link from 'next/link';
import { createContext, type ReactNode, useContext } from 'react';
import { type BrowseOptions, browseHref } from '#components/browse/browse-href.ts';
import { matchRanges } from '#lib/search/match-ranges.ts';
import type { SoughtWord } from '#lib/search/plan-words.ts';

/** What was sought and where, for entries that are drawn as results: their match stands out and they say where they are. */
export type Found = { words: readonly SoughtWord[]; scope: string; top: string };

const context = createContext<Found | null>(null);

export const FoundProvider = context.Provider;

/** Null where entries are those of a folder. */
export function useFound(): Found | null {
  return useContext(context);
}

/** A name with what was sought in 600. */
export function FoundName({
  name,
  words,
  className,
}: {
  name: string;
  words: readonly SoughtWord[];
  className?: string;
}) {
  return (
    <bdi title={name} className={clsx('block truncate whitespace-pre font-normal', className)}>
      {marked(name, words)}
    </bdi>
  );
}

/** Where a result is, below what was searched: its folder, with what was sought in 600. */
export function FoundPlace({
  path,
  found,
  href,
}: {
  path: string;
  found: Found;
  href: { library: string; options: BrowseOptions };
}) {
  const trimmed = path.endsWith('/') ? path.slice(0, -1) : path;
  const folder = trimmed.slice(0, trimmed.lastIndexOf('/') + 1);
  const below = folder.startsWith(found.scope) ? folder.slice(found.scope.length) : folder;
  const shown = below === '' ? found.top : below.slice(0, -1);
  return (
    <Link
      prefetch={false}
      href={browseHref(href.library, folder, href.options)}
      tabIndex={-1}
      title={`Show in ${folder || found.top}`}
      onClick={(event) => event.stopPropagation()}
      className="block w-fit max-w-full truncate text-meta leading-4 whitespace-pre text-fg-3 hover:underline max-sm:pointer-events-none max-sm:text-phone-meta"
    >
      <bdi>{marked(shown, below === '' ? [] : found.words)}</bdi>
    </Link>
  );
}

function marked(text: string, words: readonly SoughtWord[]): ReactNode {
  const ranges = matchRanges(text, words);
  if (ranges.length === 0) return text;
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    if (start > at) parts.push(text.slice(at, start));
    parts.push(
      <mark key={start} className="bg-transparent font-semibold text-fg">
        {text.slice(start, end)}
      </mark>,
    );
    at = end;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}
