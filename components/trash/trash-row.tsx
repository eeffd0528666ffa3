'use client';

import clsx from 'clsx';
import { RotateCcw } from 'lucide-react';
import Link from 'next/link';
import { browseHref } from '#components/browse/browse-href.ts';
import { shownName } from '#components/browse/entry-key.ts';
import { Preview } from '#components/browse/preview.tsx';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { formatBytes, formatPlural } from '#components/ui/format.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { MiddleTruncate } from '#components/ui/middle-truncate.tsx';
import { Time } from '#components/ui/time.tsx';
import { parentFolder } from '#lib/libraries/path-rules.ts';
import type { TrashEntry } from '#lib/versions/schema.ts';
import { TrashFate } from './trash-fate.tsx';
import { useSwipe } from './use-swipe.ts';

export interface TrashRowProps {
  library: string;
  entry: TrashEntry;
  tabbable: boolean;
  busy: boolean;
  picked: boolean;
  /** Something is chosen already, so the boxes stay visible. */
  picking: boolean;
  onPick: (on: boolean) => void;
  onFocus: () => void;
  onRestore: () => void;
  onLook: () => void;
}

/** What, from where, by whom, when, how much; and the way back. On a phone two lines, and a swipe to the right restores. */
export function TrashRow({ library, entry, tabbable, busy, picked, picking, onPick, ...on }: TrashRowProps) {
  const { onFocus, onRestore, onLook } = on;
  const name = shownName(entry);
  const folder = parentFolder(entry.path);
  const why = entry.allowed.restore ? undefined : 'Only contributors restore files from the trash';
  const who = entry.by ? (entry.by.you ? 'You' : entry.by.name) : 'Another tool';
  const size = formatBytes(entry.size);
  const versions = entry.versionCount > 1 ? `, ${formatPlural(entry.versionCount, 'version')}` : '';
  const swipe = useSwipe(why === undefined && !busy ? onRestore : null);
  const place = (
    <Link
      href={browseHref(library, folder)}
      className="truncate text-fg-2 hover:text-fg hover:underline"
      aria-label={folder === '' ? 'From the top folder' : `From ${folder}`}
    >
      <bdi>{folder === '' ? 'Top folder' : folder}</bdi>
    </Link>
  );
  return (
    <li
      {...swipe.handlers}
      tabIndex={tabbable ? 0 : -1}
      data-id={entry.id}
      aria-label={`${name}, from ${folder || 'the top folder'}, moved to trash by ${who === 'You' ? 'you' : who}`}
      onFocus={onFocus}
      style={swipe.style}
      className={clsx(
        'group focus-inset grid h-11 grid-cols-[36px_minmax(0,1.5fr)_minmax(0,1fr)_128px_216px_auto] items-center gap-3 border-b border-line px-2 text-ui',
        picked ? 'bg-accent-soft' : 'hover:bg-hover',
        'max-md:grid-cols-[36px_minmax(0,1fr)_200px_auto] max-sm:h-16 max-sm:touch-pan-y max-sm:grid-cols-[44px_minmax(0,1fr)_auto] max-sm:px-0',
        '[contain-intrinsic-size:auto_44px] [content-visibility:auto]',
      )}
    >
      <span className="relative grid place-items-center">
        <Preview
          asset={entry}
          className={clsx(
            'h-6 w-9 rounded-1 opacity-70 max-sm:size-11 max-sm:rounded-2 [&_svg]:size-4',
            picking ? 'opacity-20!' : 'sm:group-focus-within:opacity-20! sm:group-hover:opacity-20!',
          )}
        />
        <Checkbox
          aria-label={`Choose ${name}`}
          tabIndex={-1}
          checked={picked}
          onCheckedChange={onPick}
          className={clsx(
            'absolute! inset-0 m-auto',
            !picking && 'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-sm:hidden',
          )}
        />
      </span>
      <span className="min-w-0">
        <button
          type="button"
          tabIndex={-1}
          onClick={onLook}
          aria-label={`Look at ${name}`}
          className="focus-none flex max-w-full text-left text-label hover:underline max-sm:text-phone-name"
        >
          <MiddleTruncate name={name} />
        </button>
        <span className="block truncate text-meta text-fg-3 tabular-nums sm:hidden">
          <Time at={entry.trashedAt} capital plain />, <bdi>{who}</bdi>, <bdi>{folder || 'top folder'}</bdi>
        </span>
      </span>
      <span className="flex min-w-0 text-meta max-md:hidden">{place}</span>
      <span className="truncate text-meta text-fg-3 tabular-nums max-md:hidden" title={`${size}${versions}`}>
        {size}
        {versions}
        {entry.goes && (
          <span className="block truncate">
            <TrashFate goes={entry.goes} />
          </span>
        )}
      </span>
      <span className="flex min-w-0 text-meta text-fg-3 max-sm:hidden">
        <bdi className="truncate" title={who}>
          {who}
        </bdi>
        <span className="flex-none whitespace-pre">
          , <Time at={entry.trashedAt} plain />
        </span>
      </span>
      <span className="flex justify-end max-sm:hidden">
        <Button
          variant="quiet"
          icon={<RotateCcw />}
          busy={busy}
          disabledReason={why}
          onClick={onRestore}
          aria-label={`Restore ${name}`}
        >
          Restore
        </Button>
      </span>
      <span className="sm:hidden">
        <IconButton
          label={`Restore ${name}`}
          icon={<RotateCcw />}
          size="touch"
          disabledReason={busy ? 'Being restored' : why}
          onClick={onRestore}
        />
      </span>
    </li>
  );
}
