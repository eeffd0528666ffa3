'use client';

import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { ChevronDown, ChevronRight, Folder, HardDrive } from 'lucide-react';
import { useRef, useState } from 'react';
import { shownName } from '#components/browse/entry-key.ts';
import { onTreeKey } from '#components/browse/folder-tree.tsx';
import { readFolders, treeKey } from '#components/browse/read-folders.ts';
import { foldersAbove } from '#lib/libraries/path-rules.ts';

/** Pixels a level; as in the tree of the navigation. */
const indent = 14;

export interface FolderPickerProps {
  library: { slug: string; name: string };
  value: string;
  onChange: (path: string) => void;
  /** Why a folder cannot be chosen, in words. */
  whyNot: (path: string) => string | undefined;
}

/** The folders of a library to choose one from. One tab stop; arrows move, open and close, Enter and Space choose. */
export function FolderPicker({ library, value, onChange, whyNot }: FolderPickerProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(['', ...foldersAbove(value)]));
  const tree = useRef<HTMLDivElement>(null);
  const toggle = (path: string, to: boolean) =>
    setOpen((now) => {
      const next = new Set(now);
      if (to) next.add(path);
      else next.delete(path);
      return next;
    });
  return (
    <div
      ref={tree}
      role="tree"
      aria-label="Folders of the library"
      onKeyDown={(event) => onTreeKey(event, tree.current, toggle)}
      className="max-h-72 min-h-48 overflow-y-auto rounded-3 p-1 inset-ring inset-ring-line-2"
    >
      <Row
        {...{ library, path: '', name: library.name, level: 1, value, onChange, whyNot, open, toggle }}
        icon={<HardDrive aria-hidden="true" />}
      />
    </div>
  );
}

type RowProps = FolderPickerProps & {
  path: string;
  name: string;
  level: number;
  icon: React.ReactNode;
  /** Whether there are folders in it, as the list that it stands in says; undefined: it does not. */
  holdsFolders?: boolean | undefined;
  open: ReadonlySet<string>;
  toggle: (path: string, to: boolean) => void;
};

function Row({ path, name, level, icon, holdsFolders, ...rest }: RowProps) {
  const { library, value, onChange, whyNot, open, toggle } = rest;
  const isOpen = open.has(path);
  const { data } = useQuery({
    queryKey: treeKey(library.slug, path),
    queryFn: ({ signal }) => readFolders(library.slug, path, signal),
    staleTime: 60_000,
    enabled: isOpen,
  });
  const leaf = data === undefined ? holdsFolders === false : data.folders.length === 0;
  const reason = whyNot(path);
  const chosen = value === path;
  const Twist = isOpen ? ChevronDown : ChevronRight;
  const choose = () => {
    if (!reason) onChange(path);
  };
  return (
    <div role="none">
      <div className="relative">
        <div
          role="treeitem"
          aria-level={level}
          aria-expanded={leaf ? undefined : isOpen}
          aria-selected={chosen}
          aria-disabled={reason ? true : undefined}
          tabIndex={chosen || (value === '' && path === '') ? 0 : -1}
          data-path={path}
          title={reason}
          onClick={choose}
          onDoubleClick={() => toggle(path, !isOpen)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== ' ') return;
            event.preventDefault();
            choose();
          }}
          style={{ paddingLeft: 22 + (level - 1) * indent }}
          className={clsx(
            'focus-inset flex h-7 cursor-default items-center gap-2 rounded-2 pr-2 text-ui max-sm:h-11 [&>svg]:size-4 [&>svg]:flex-none [&>svg]:text-fg-3',
            chosen ? 'bg-accent-soft text-accent-text inset-ring inset-ring-accent-line' : 'hover:bg-hover',
            reason && 'text-fg-3 opacity-60',
          )}
        >
          {icon}
          <bdi className="truncate">{name}</bdi>
        </div>
        {!leaf && (
          <button
            type="button"
            tabIndex={-1}
            aria-hidden="true"
            onClick={() => toggle(path, !isOpen)}
            style={{ left: 1 + (level - 1) * indent }}
            className="absolute top-0.5 grid size-6 place-items-center rounded-1 text-fg-3 hover:bg-hover max-sm:top-2.5"
          >
            <Twist className="size-3" />
          </button>
        )}
      </div>
      {isOpen && data && !leaf && (
        // biome-ignore lint/a11y/useSemanticElements: a group of tree items
        <div role="group">
          {data.folders.map((folder) => (
            <Row
              key={folder.path}
              {...rest}
              path={folder.path}
              name={shownName(folder)}
              level={level + 1}
              icon={<Folder aria-hidden="true" />}
              holdsFolders={folder.holdsFolders}
            />
          ))}
          {data.more && (
            <div
              role="none"
              className="flex h-7 items-center px-2 text-meta text-fg-3"
              style={{ paddingLeft: 22 + level * indent }}
            >
              More are in the folder itself
            </div>
          )}
        </div>
      )}
    </div>
  );
}
