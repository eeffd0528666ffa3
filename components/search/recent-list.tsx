'use client';

import { History } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { forgetSearches, useRecentSearches } from './recent-searches.ts';

const ROW =
  'focus-inset flex h-7 w-full items-center gap-2 rounded-inner px-2 text-left text-ui hover:bg-hover max-sm:h-11 max-sm:text-phone-name';

/** On a phone, while nothing is sought yet: the recent searches are the page. */
export function PhoneRecent({ library, pick }: { library: string; pick: (q: string) => void }) {
  const recent = useRecentSearches(library);
  if (recent.length === 0)
    return <p className="py-6 text-center text-phone-meta text-fg-3">Names, tags, cameras and types</p>;
  return <RecentSearches library={library} recent={recent} pick={pick} />;
}

/** What was sought lately; up and down go through it. */
export function RecentSearches({
  library,
  recent,
  pick,
}: {
  library: string;
  recent: readonly string[];
  pick: (q: string) => void;
}) {
  const step = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-recent]')];
    const at = rows.indexOf(document.activeElement as HTMLElement) + by;
    if (at < 0) event.currentTarget.closest('form')?.querySelector('input')?.focus();
    else rows[at]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows go between the buttons in it
    <div onKeyDown={step}>
      <p className="px-2 py-1 text-micro text-fg-3">Recent searches</p>
      {recent.map((q) => (
        <button key={q} type="button" data-recent="" className={ROW} onClick={() => pick(q)}>
          <History className="size-4 flex-none text-fg-3" aria-hidden="true" />
          <bdi className="truncate">{q}</bdi>
        </button>
      ))}
      <button type="button" data-recent="" className={`${ROW} text-fg-2`} onClick={() => forgetSearches(library)}>
        <span className="size-4 flex-none" />
        Forget these
      </button>
    </div>
  );
}
