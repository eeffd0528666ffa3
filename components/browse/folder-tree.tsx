'use client';

import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { ChevronDown, ChevronRight, Folder, FolderOpen } from 'lucide-react';
import Link from 'next/link';
import { useParams, useSearchParams } from 'next/navigation';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { navRowClass } from '#components/shell/nav-row.tsx';
import { useDropTarget } from '#components/upload/drop-store.ts';
import type { FolderEntry } from '#lib/assets/schema.ts';
import { foldersAbove } from '#lib/libraries/path-rules.ts';
import { type BrowseOptions, browseHref, pathOfAddress } from './browse-href.ts';
import { shownName } from './entry-key.ts';
import { FolderDashed } from './folder-dashed.tsx';
import { readFolders, treeKey } from './read-folders.ts';

/** Pixels a level, from UI.md "Browse, list and tree". */
const indent = 14;

/** The folders of a library, branch by branch as they are opened. One tab stop; arrows move, open and close. */
export function FolderTree({ library }: { library: string }) {
  const params = useParams<{ library?: string; path?: string[] }>();
  const search = useSearchParams();
  const here = params.library === library ? pathOfAddress(params.path, search.get('path') ?? undefined) : null;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const tree = useRef<HTMLUListElement>(null);

  // The way to the open folder opens by itself; what somebody opened stays open.
  useEffect(() => {
    if (here === null) return;
    setOpen((now) => {
      const way = foldersAbove(here).filter((path) => path !== here);
      return way.every((path) => now.has(path)) ? now : new Set([...now, ...way]);
    });
  }, [here]);

  const toggle = (path: string, to: boolean) =>
    setOpen((now) => {
      const next = new Set(now);
      if (to) next.add(path);
      else next.delete(path);
      return next;
    });

  const options: BrowseOptions = useMemo(() => {
    if (params.library !== library) return {};
    return { ...(search.get('view') === 'grid' ? { view: 'grid' as const } : {}), at: search.get('at') };
  }, [search, params.library, library]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a tree has no element of its own; without roles a list is what it is
    <ul ref={tree} role="tree" aria-label="Folders" onKeyDown={(event) => onTreeKey(event, tree.current, toggle)}>
      <Branch library={library} path="" level={1} here={here} open={open} toggle={toggle} options={options} />
    </ul>
  );
}

type BranchProps = {
  library: string;
  path: string;
  level: number;
  here: string | null;
  open: ReadonlySet<string>;
  toggle: (path: string, to: boolean) => void;
  options: BrowseOptions;
};

function Branch({ library, path, level, here, open, toggle, options }: BranchProps) {
  const { data, isPending, isError, refetch } = useQuery({
    queryKey: treeKey(library, path),
    queryFn: ({ signal }) => readFolders(library, path, signal),
    staleTime: 60_000,
  });
  const pad = { paddingLeft: 8 + (level - 1) * indent };
  if (isError && !data)
    return (
      // A tree without one item is no tree to a reader; the button in it takes the key.
      // biome-ignore lint/a11y/useFocusableInteractive: as above
      <li role="treeitem" aria-selected={false}>
        <button
          type="button"
          className="flex h-7 w-full items-center px-2 text-meta text-fg-3 hover:text-fg"
          style={pad}
          onClick={() => void refetch()}
        >
          Not read. Try again
        </button>
      </li>
    );
  if (isPending) return null;
  const { folders, more } = data;
  if (folders.length === 0 && level === 1)
    return (
      <li role="treeitem" tabIndex={-1} aria-disabled="true" className="px-2 py-1 text-meta text-fg-3">
        No folders yet
      </li>
    );
  return (
    <>
      {folders.map((folder, at) => (
        <Row
          key={folder.path}
          folder={folder}
          // Without a row on the way to the open folder the first one is the way in from outside.
          first={level === 1 && at === 0 && !folders.some((each) => here?.startsWith(each.path))}
          {...{ library, path: folder.path, level, here, open, toggle, options }}
        />
      ))}
      {more && (
        <li role="none" className="flex h-7 items-center px-2 text-meta text-fg-3" style={pad}>
          More are in the folder itself
        </li>
      )}
    </>
  );
}

function Row({ folder, first, ...branch }: BranchProps & { folder: FolderEntry; first: boolean }) {
  const { library, path, level, here, open, toggle, options } = branch;
  const isOpen = open.has(path);
  const current = here === path;
  // Of a folder that is not indexed, and above a grant, it is known only once it was opened whether there is something to open.
  const { data } = useQuery({
    queryKey: treeKey(library, path),
    queryFn: ({ signal }) => readFolders(library, path, signal),
    staleTime: 60_000,
    enabled: isOpen,
  });
  const drop = useDropTarget(path);
  // Tab comes to the open folder, or to the row nearest to it that is drawn.
  const leads = isOpen && data?.folders.some((each) => here?.startsWith(each.path));
  const stop = first || (here?.startsWith(path) === true && (current || !leads));
  const leaf = data === undefined ? folder.holdsFolders === false : data.folders.length === 0;
  const Twist = isOpen ? ChevronDown : ChevronRight;
  const Icon = !folder.indexed ? FolderDashed : isOpen && !leaf ? FolderOpen : Folder;
  return (
    <li role="none">
      <div className="relative">
        <Link
          prefetch={false}
          href={browseHref(library, path, options)}
          role="treeitem"
          aria-level={level}
          aria-expanded={leaf ? undefined : isOpen}
          aria-selected={current}
          aria-current={current ? 'page' : undefined}
          tabIndex={stop ? 0 : -1}
          data-path={path}
          {...drop.props}
          data-over={drop.over || undefined}
          title={shownName(folder)}
          style={{ paddingLeft: 8 + (level - 1) * indent }}
          className={clsx(navRowClass(current), 'focus-inset data-over:inset-ring-2 data-over:inset-ring-accent')}
        >
          <span aria-hidden="true" className="-mr-[3px] -ml-0.5 w-3.5 flex-none" />
          <Icon aria-hidden="true" />
          <bdi className="truncate">{shownName(folder)}</bdi>
        </Link>
        {!leaf && (
          <button
            type="button"
            // The row itself opens by arrow; this is for the pointer.
            tabIndex={-1}
            aria-hidden="true"
            onClick={() => toggle(path, !isOpen)}
            style={{ left: 1 + (level - 1) * indent }}
            className="absolute top-0.5 grid size-6 place-items-center rounded-1 text-fg-3 hover:bg-hover"
          >
            <Twist className="size-3" />
          </button>
        )}
      </div>
      {isOpen && !leaf && (
        // biome-ignore lint/a11y/useSemanticElements: a group of tree items
        <ul role="group">
          <Branch {...branch} level={level + 1} />
        </ul>
      )}
    </li>
  );
}

/** Up and down over what is open; right opens or goes in, left closes or goes out (WAI-ARIA tree pattern). */
export function onTreeKey(
  event: KeyboardEvent,
  tree: HTMLElement | null,
  toggle: (path: string, to: boolean) => void,
): void {
  const item = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=treeitem]') : null;
  if (!tree || !item || event.altKey || event.ctrlKey || event.metaKey) return;
  const items = [...tree.querySelectorAll<HTMLElement>('[role=treeitem]')];
  const at = items.indexOf(item);
  const path = item.dataset.path ?? '';
  const expanded = item.getAttribute('aria-expanded');
  const go = (next: HTMLElement | undefined) => {
    if (!next) return;
    for (const each of items) each.tabIndex = each === next ? 0 : -1;
    next.focus();
  };
  switch (event.key) {
    case 'ArrowDown':
      go(items[at + 1]);
      break;
    case 'ArrowUp':
      go(items[at - 1]);
      break;
    case 'Home':
      go(items[0]);
      break;
    case 'End':
      go(items.at(-1));
      break;
    case 'ArrowRight':
      if (expanded === 'false') toggle(path, true);
      else if (expanded === 'true') go(items[at + 1]);
      break;
    case 'ArrowLeft':
      if (expanded === 'true') toggle(path, false);
      else go(items.findLast((each, index) => index < at && path.startsWith(each.dataset.path ?? '')));
      break;
    default:
      return;
  }
  event.preventDefault();
  event.stopPropagation();
}
