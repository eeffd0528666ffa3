'use client';

import { Ellipsis, LayoutGrid, List, PanelRight } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { announce } from '#components/shell/announce.ts';
import { Breadcrumb } from '#components/shell/breadcrumb.tsx';
import { Page } from '#components/shell/page.tsx';
import { runShortcut, useShortcut } from '#components/shell/shortcuts.ts';
import { useTrash } from '#components/trash/use-operations.tsx';
import { ContextMenu } from '#components/ui/context-menu.tsx';
import { formatBytes, formatPlural } from '#components/ui/format.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import type { MenuEntry } from '#components/ui/menu-items.ts';
import { Segmented } from '#components/ui/segmented.tsx';
import { useHydrated, useMedia, usePhone } from '#components/ui/use-media.ts';
import { DropZone } from '#components/upload/drop-zone.tsx';
import { UploadButton } from '#components/upload/upload-button.tsx';
import type { Entry, EntrySort } from '#lib/assets/schema.ts';
import { foldersAbove, nameOf, parentFolder } from '#lib/libraries/path-rules.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';
import { browseHref } from './browse-href.ts';
import { seedChanges } from './changes.ts';
import { DetailsPanel } from './details-panel.tsx';
import { EntriesArea } from './entries-area.tsx';
import { type EntryActions, entryMenu, folderMenu } from './entry-actions.tsx';
import { entryKey, isAsset, nameOfEntries } from './entry-key.ts';
import { whyNotWritable, whyNoUpload } from './library-context.tsx';
import { NewFolderDialog } from './new-folder-dialog.tsx';
import { pageSize } from './page-size.ts';
import { ReadOnlyBanner } from './read-only-banner.tsx';
import { howOf } from './selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import { SelectionPanel } from './selection-panel.tsx';
import { SortMenu, sortChoice } from './sort-menu.tsx';
import { useCollection } from './use-collection.ts';
import { useDetailsChoice } from './use-details-choice.ts';
import { type EntriesPage, useEntries } from './use-entries.ts';
import { useFolderUrl } from './use-folder-url.ts';
import { comeFrom, usePlace } from './use-place.ts';

/** A file operation takes this many at most (lib/operations/schema.ts). */
const mostSelected = 10_000;

export interface BrowseScreenProps {
  library: LibraryView;
  path: string;
  /** What the server rendered with. `at`: when, in ms. */
  first: { page: EntriesPage; at: number; sort: EntrySort; kind: string | null };
  /** Where the changes stood before the page was read. */
  changesCursor: string;
  /** By the browser's own word; used until the width is known. */
  phoneHint: boolean;
}

/** A folder: bar, folders and files as list or grid, selection bar, details. */
export function BrowseScreen({ library, path, first, changesCursor, phoneHint }: BrowseScreenProps) {
  const router = useRouter();
  const url = useFolderUrl();
  const { sort, view, kind } = url;
  const hydrated = useHydrated();
  const narrow = usePhone();
  const phone = hydrated ? narrow : phoneHint;
  const wide = useMedia('(width >= 1200px)');
  // Kept as state: what is drawn inside is told when the element is there, and children come before their parent.
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const scroller = useMemo(() => ({ current: element }), [element]);
  useEffect(() => seedChanges(library.slug, changesCursor), [library.slug, changesCursor]);

  const sameAsServer = first.sort === sort && first.kind === kind;
  const query = useEntries({ library: library.slug, path, sort, kind }, sameAsServer ? first : null);
  const collection = useCollection(query.entries, `${library.slug}/${path}`);
  const { chosen, focusEntry, selection } = collection;
  const options = useMemo(() => ({ view, sort }), [view, sort]);
  const here = browseHref(library.slug, path, options);
  usePlace(here, scroller, collection);

  const trash = useTrash(library.slug);
  const [making, setMaking] = useState(false);
  const [detailsOn, setDetailsOn] = useDetailsChoice();
  const notWritable = whyNotWritable(library, path);
  const noUpload = whyNoUpload(library, path);
  const name = path === '' ? library.name : nameOf(path) || '(no name)';

  const assetId = url.asset;
  const showPanel = assetId !== null;
  const { setAsset } = url;
  const stepped = useRef(false);
  const closePanel = useCallback(() => {
    // On a phone opening was a step of its own; an address that came with an open file had none.
    if (stepped.current) router.back();
    else setAsset(null);
    stepped.current = false;
    if (selection.focus !== null) focusEntry(selection.focus);
  }, [router, setAsset, selection.focus, focusEntry]);

  const openDetails = useCallback(
    (entry: Entry) => {
      if (!isAsset(entry)) return;
      stepped.current = phone;
      setAsset(entry.id, phone);
    },
    [setAsset, phone],
  );
  const open = useCallback(
    (entry: Entry) => {
      if (isAsset(entry)) {
        openDetails(entry);
        if (!phone) focusPanelSoon();
      } else router.push(browseHref(library.slug, entry.path, options));
    },
    [openDetails, router, library.slug, options, phone],
  );
  const actions: EntryActions = useMemo(
    () => ({
      open,
      showDetails: openDetails,
      trash: (entries) => {
        // What goes to the trash is not looked at any longer.
        if (entries.some((entry) => isAsset(entry) && entry.id === assetId)) closePanel();
        void trash(
          entries.every(isAsset) ? { ids: entries.map(({ id }) => id) } : { paths: entries.map((entry) => entry.path) },
          nameOfEntries(entries),
        );
      },
      whyNoTrash: (entries) => entries.map((entry) => whyNotWritable(library, entry.path)).find(Boolean),
    }),
    [open, openDetails, trash, library, assetId, closePanel],
  );

  const choosing = phone && selection.selected.size > 0;
  const press = useCallback(
    (event: MouseEvent, entry: Entry) => {
      if (phone) {
        if (choosing) collection.select(entryKey(entry), 'toggle');
        else open(entry);
        return;
      }
      const how = howOf(event);
      collection.select(entryKey(entry), how);
      if (how === 'only' && isAsset(entry) && (showPanel || (wide && detailsOn))) setAsset(entry.id);
    },
    [phone, choosing, collection, open, showPanel, wide, detailsOn, setAsset],
  );

  // The panel follows the choice, however it was made.
  const [only] = chosen;
  const onlyId = chosen.length === 1 && only && isAsset(only) ? only.id : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the choice changes, not when the address does
  useEffect(() => {
    if (onlyId !== null && showPanel && assetId !== onlyId && !phone) setAsset(onlyId);
  }, [onlyId]);

  // The other view draws its entries anew, and focus goes with it.
  const shownView = useRef(view);
  useEffect(() => {
    if (shownView.current === view) return;
    shownView.current = view;
    if (selection.focus !== null) focusEntry(selection.focus);
  }, [view, selection.focus, focusEntry]);

  const toggleDetails = useCallback(() => {
    if (showPanel) {
      setDetailsOn(false);
      closePanel();
      return;
    }
    setDetailsOn(true);
    const entry = query.entries[collection.indexOf(selection.focus ?? collection.tabStop ?? '')];
    if (entry) openDetails(entry);
  }, [showPanel, setDetailsOn, closePanel, query.entries, collection, selection.focus, openDetails]);

  const goUp = useCallback(() => {
    if (path === '') return;
    const parent = browseHref(library.slug, parentFolder(path), options);
    comeFrom(parent, `f${path}`);
    router.push(parent);
  }, [path, library.slug, options, router]);

  useShortcut('parent', path === '' ? null : goUp);
  useShortcut('newFolder', notWritable ? null : () => setMaking(true));
  useShortcut('view', () => url.setView(view === 'list' ? 'grid' : 'list'));
  useShortcut('details', toggleDetails);
  useShortcut('quickLook', query.entries.length > 0 ? toggleDetails : null);
  useShortcut('selectAll', query.entries.length > 0 ? collection.all : null);
  useShortcut(
    'trash',
    query.entries.length === 0
      ? null
      : () => {
          // What is chosen; without a choice the entry that has focus.
          const key = document.activeElement?.closest<HTMLElement>('[data-entry]')?.dataset.entry;
          const focused = key === undefined ? undefined : query.entries[collection.indexOf(key)];
          const entries = chosen.length > 0 ? chosen : focused ? [focused] : [];
          if (entries.length === 0) return false;
          const reason = actions.whyNoTrash(entries);
          if (reason) announce(reason, { urgent: true });
          else actions.trash(entries);
        },
  );
  useShortcut('clear', () => {
    if (showPanel && !wide) return closePanel();
    if (selection.selected.size > 0) return collection.clear();
    if (showPanel) return closePanel();
    return false;
  });

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const loadAll = async () => {
    let last = await fetchNextPage();
    while (last.hasNextPage && (last.data?.pages.length ?? 0) * pageSize < mostSelected)
      last = await last.fetchNextPage();
    setTimeout(() => runShortcut('selectAll'), 50);
  };

  const totals = query.last?.totals;
  const facts = !totals?.assetCount
    ? undefined
    : `${formatPlural(totals.assetCount, 'item')}, ${formatBytes(totals.bytes ?? 0)}`;
  const crumbs = (path === '' ? [''] : ['', ...foldersAbove(path), path]).map((each) => ({
    label: each === '' ? library.name : nameOf(each) || '(no name)',
    href: browseHref(library.slug, each, options),
    drop: { 'data-drop-folder': each },
  }));
  const upload: MenuEntry[] = noUpload
    ? []
    : [{ id: 'upload', label: 'Upload', keys: 'u', onSelect: () => void runShortcut('upload') }];
  const ownMenu = (): MenuEntry[] =>
    folderMenu({
      upload: phone ? [] : upload,
      newFolder: () => setMaking(true),
      whyNotWritable: notWritable,
      selectAll: query.entries.length > 0 ? collection.all : null,
    });
  const menuAt = (target: Element | null): MenuEntry[] => {
    const key = target?.closest<HTMLElement>('[data-entry]')?.dataset.entry;
    const entry = key === undefined ? undefined : query.entries[collection.indexOf(key)];
    if (!entry || key === undefined) return target?.closest('[data-own-menu]') ? [] : ownMenu();
    if (selection.selected.has(key)) return entryMenu(chosen, actions);
    collection.select(key, 'only');
    return entryMenu([entry], actions);
  };
  const showBar = chosen.length > 1 || (chosen.length === 1 && (!showPanel || phone));
  const partly = hasNextPage && selection.selected.size === query.entries.length && selection.selected.size > 1;

  return (
    <Page
      title={name}
      crumbs={<Breadcrumb crumbs={crumbs} />}
      facts={facts}
      layout="bare"
      refreshing={query.isRefetching}
      banner={<ReadOnlyBanner library={library} />}
      {...(path === ''
        ? {}
        : { back: { href: browseHref(library.slug, parentFolder(path), options), label: 'Folder above' } })}
      actions={
        <>
          <SortMenu sort={sort} setSort={url.setSort} />
          <Segmented
            label="View"
            iconsOnly
            value={view}
            onChange={url.setView}
            segments={[
              { value: 'grid', label: 'Grid', icon: <LayoutGrid aria-hidden="true" />, keys: 'g' },
              { value: 'list', label: 'List', icon: <List aria-hidden="true" />, keys: 'g' },
            ]}
          />
          <IconButton label="Details" keys="i" icon={<PanelRight />} pressed={showPanel} onClick={toggleDetails} />
          <span aria-hidden="true" className="mx-0.5 h-4 w-px bg-line-2" />
          <UploadButton library={library.slug} folder={path} disabledReason={noUpload ?? null} />
        </>
      }
      phoneActions={
        <Menu
          label={name}
          items={() => [
            ...ownMenu(),
            { kind: 'line' },
            {
              id: 'view',
              label: view === 'list' ? 'Show as grid' : 'Show as list',
              icon: view === 'list' ? <LayoutGrid /> : <List />,
              onSelect: () => url.setView(view === 'list' ? 'grid' : 'list'),
            },
            { kind: 'line' },
            sortChoice(sort, url.setSort),
          ]}
          trigger={<IconButton label="More" icon={<Ellipsis />} size="touch" />}
        />
      }
      panel={
        !showPanel ? null : chosen.length > 1 && !phone ? (
          <SelectionPanel chosen={chosen} actions={actions} onClose={closePanel} />
        ) : (
          <DetailsPanel
            library={library}
            id={assetId}
            entry={query.entries.filter(isAsset).find(({ id }) => id === assetId) ?? null}
            actions={actions}
            options={options}
            onClose={closePanel}
          />
        )
      }
    >
      <ContextMenu label={name} items={menuAt}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a click on empty space lets go of the choice, as Esc does */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the key of it */}
        <div
          ref={setElement}
          data-browse-scroller=""
          tabIndex={-1}
          onClick={(event) => {
            if (!(event.target as Element).closest('[data-entry], button, a, input')) collection.clear();
          }}
          className="focus-none relative flex min-h-0 flex-1 flex-col overflow-y-auto scroll-pb-16 px-4 pb-20 max-sm:px-3"
        >
          <EntriesArea
            {...{
              library,
              path,
              url,
              query,
              collection,
              scroller,
              phone,
              options,
              actions,
              open,
              press,
              more,
              choosing,
              noUpload,
            }}
            label={name}
            longPress={(entry) => collection.select(entryKey(entry), 'toggle')}
          />
        </div>
      </ContextMenu>
      {showBar && (
        <SelectionBar
          chosen={chosen}
          actions={actions}
          clear={collection.clear}
          note={
            partly ? (
              <button type="button" onClick={() => void loadAll()} className="rounded-1 underline underline-offset-2">
                {formatPlural(query.entries.length, 'entry', 'entries')} loaded. Select the rest too
              </button>
            ) : undefined
          }
        />
      )}
      <NewFolderDialog
        library={library}
        path={path}
        where={name}
        open={making}
        onOpenChange={setMaking}
        onMade={(made) => focusEntry(`f${made}`)}
      />
      <DropZone
        library={library.slug}
        folder={path}
        folderName={name}
        disabledReason={noUpload ?? null}
        onSpring={(into) => router.push(browseHref(library.slug, into, options))}
      />
    </Page>
  );
}

/** After Enter the keyboard goes on in the panel. */
function focusPanelSoon(): void {
  setTimeout(() => document.querySelector<HTMLElement>('[data-region=panel]')?.focus(), 60);
}
