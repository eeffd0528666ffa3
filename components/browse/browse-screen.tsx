'use client';

import { useRouter } from 'next/navigation';
import { type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { FilterRow } from '#components/search/filter-row.tsx';
import { PhoneSearchHeader } from '#components/search/phone-search.tsx';
import { PhoneRecent } from '#components/search/recent-list.tsx';
import { SearchArea } from '#components/search/search-area.tsx';
import { SearchField } from '#components/search/search-field.tsx';
import { useSearching } from '#components/search/use-searching.tsx';
import { Breadcrumb } from '#components/shell/breadcrumb.tsx';
import { Page } from '#components/shell/page.tsx';
import { runShortcut } from '#components/shell/shortcuts.ts';
import { useOperations } from '#components/trash/use-operations.tsx';
import { ContextMenu } from '#components/ui/context-menu.tsx';
import { formatBytes, formatPlural } from '#components/ui/format.ts';
import type { MenuEntry } from '#components/ui/menu-items.ts';
import { useHydrated, useMedia, usePhone } from '#components/ui/use-media.ts';
import { DropZone } from '#components/upload/drop-zone.tsx';
import type { Entry, EntrySort } from '#lib/assets/schema.ts';
import { foldersAbove, nameOf, parentFolder } from '#lib/libraries/path-rules.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';
import type { ActionContext } from './actions/action.ts';
import { actionMenu } from './actions/action-menu.ts';
import { chosenOf } from './actions/chosen.ts';
import { useDialogSlot } from './actions/use-dialog-slot.tsx';
import { BrowseBar, BrowsePhoneMenu } from './browse-bar.tsx';
import { browseHref } from './browse-href.ts';
import { seedChanges } from './changes.ts';
import { DetailsPanel } from './details-panel.tsx';
import { EntriesArea } from './entries-area.tsx';
import { entryKey, isAsset } from './entry-key.ts';
import { folderMenu } from './folder-menu.tsx';
import { whyNotWritable, whyNoUpload } from './library-context.tsx';
import { NewFolderDialog } from './new-folder-dialog.tsx';
import { pageSize } from './page-size.ts';
import { ReadOnlyBanner } from './read-only-banner.tsx';
import { howOf } from './selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import { SelectionPanel } from './selection-panel.tsx';
import { useBrowseKeys } from './use-browse-keys.ts';
import { useCollection } from './use-collection.ts';
import { type EntriesPage, useEntries } from './use-entries.ts';
import { useFolderUrl } from './use-folder-url.ts';
import { focusPanelSoon, usePanel } from './use-panel.ts';
import { usePlace } from './use-place.ts';

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
  const { sort, view, kind, asset: assetId, setAsset } = url;
  const hydrated = useHydrated();
  const narrow = usePhone();
  const phone = hydrated ? narrow : phoneHint;
  const wide = useMedia('(width >= 1200px)');
  // Kept as state: what is drawn inside is told when the element is there, and children come before their parent.
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const scroller = useMemo(() => ({ current: element }), [element]);
  useEffect(() => seedChanges(library.slug, changesCursor), [library.slug, changesCursor]);

  const name = path === '' ? library.name : nameOf(path) || '(no name)';
  const options = useMemo(() => ({ view, sort }), [view, sort]);
  const here = browseHref(library.slug, path, options);
  const searching = useSearching({ library: library.slug, folder: path, folderName: name, sort, here });
  // While one searches the kind is a filter of the search.
  const ownKind = searching.isOpen ? null : kind;
  const sameAsServer = first.sort === sort && first.kind === ownKind;
  const listing = useEntries({ library: library.slug, path, sort, kind: ownKind }, sameAsServer ? first : null);
  const query = searching.asked ? searching.search : listing;
  const collection = useCollection(query.entries, `${library.slug}/${path}${searching.asked ? '?search' : ''}`);
  const { chosen, focusEntry, selection } = collection;
  usePlace(searching.address, scroller, collection);

  const operations = useOperations(library.slug);
  const { ask, slot } = useDialogSlot();
  const panel = usePanel(url, collection, phone);
  const notWritable = whyNotWritable(library, path);
  const noUpload = whyNoUpload(library, path);

  const { show, close } = panel;
  const { remember } = searching;
  const open = useCallback(
    (entry: Entry) => {
      remember();
      if (isAsset(entry)) {
        show(entry);
        if (!phone) focusPanelSoon();
      } else router.push(browseHref(library.slug, entry.path, options));
    },
    [show, router, library.slug, options, phone, remember],
  );
  const actions: ActionContext = useMemo(
    () => ({
      library,
      folder: path,
      operations,
      open,
      showDetails: show,
      leave: (entries) => {
        if (entries.some((entry) => isAsset(entry) && entry.id === assetId)) close();
      },
      focusEntry,
      ask,
    }),
    [library, path, operations, open, show, assetId, close, focusEntry, ask],
  );

  const choosing = phone && chosen.count > 0;
  const press = useCallback(
    (event: MouseEvent, entry: Entry) => {
      if (phone) {
        if (choosing) collection.select(entryKey(entry), 'toggle');
        else open(entry);
        return;
      }
      const how = howOf(event);
      collection.select(entryKey(entry), how);
      if (how === 'only' && isAsset(entry) && (panel.shown || (wide && panel.wanted))) setAsset(entry.id);
    },
    [phone, choosing, collection, open, panel.shown, wide, panel.wanted, setAsset],
  );

  // The other view draws its entries anew, and focus goes with it.
  const shownView = useRef(view);
  useEffect(() => {
    if (shownView.current === view) return;
    shownView.current = view;
    if (selection.focus !== null) focusEntry(selection.focus);
  }, [view, selection.focus, focusEntry]);

  const newFolder = useCallback(
    () =>
      ask((end) => (
        <NewFolderDialog
          library={library}
          path={path}
          where={name}
          open
          onOpenChange={(still) => still || end()}
          onMade={(made) => focusEntry(`f${made}`)}
        />
      )),
    [ask, library, path, name, focusEntry],
  );
  useBrowseKeys({ context: actions, collection, url, panel, options, wide, newFolder: notWritable ? null : newFolder });

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

  const enterResults = () => {
    searching.remember();
    if (collection.keys[0]) focusEntry(collection.keys[0]);
  };
  const totals = searching.isOpen ? null : listing.last?.totals;
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
      newFolder,
      whyNotWritable: notWritable,
      selectAll: query.entries.length > 0 ? collection.all : null,
    });
  const menuAt = (target: Element | null): MenuEntry[] => {
    const key = target?.closest<HTMLElement>('[data-entry]')?.dataset.entry;
    const entry = key === undefined ? undefined : query.entries[collection.indexOf(key)];
    if (!entry || key === undefined) return target?.closest('[data-own-menu]') ? [] : ownMenu();
    if (selection.selected.has(key)) return actionMenu(chosen, actions);
    collection.select(key, 'only');
    return actionMenu(chosenOf([entry]), actions);
  };
  const showBar = chosen.count > 1 || (chosen.count === 1 && (!panel.shown || phone));
  const partly = hasNextPage && chosen.count === query.entries.length && chosen.count > 1;

  const shared = {
    collection,
    scroller,
    phone,
    options,
    actions,
    open,
    press,
    more,
    choosing,
    label: searching.asked ? 'Results' : name,
    longPress: (entry: Entry) => collection.select(entryKey(entry), 'toggle'),
  };

  return (
    <Page
      title={name}
      crumbs={
        searching.isOpen ? (
          !phone && (
            <SearchField {...searching.field} library={library.slug} onEnter={enterResults} onClose={searching.close} />
          )
        ) : (
          <Breadcrumb crumbs={crumbs} />
        )
      }
      phoneHeader={
        searching.isOpen && phone ? (
          <PhoneSearchHeader
            {...searching.field}
            onEnter={enterResults}
            onClose={searching.close}
            filters={searching.filters}
            clear={searching.clearFilters}
            show={searching.show}
          />
        ) : undefined
      }
      {...(searching.asked ? { tabTitle: `Search in ${name}` } : {})}
      facts={facts}
      layout="bare"
      refreshing={query.isRefetching}
      banner={
        <>
          <ReadOnlyBanner library={library} />
          {searching.isOpen && (
            <FilterRow filters={searching.filters} clear={searching.clearFilters} result={searching.result} />
          )}
        </>
      }
      {...(path === ''
        ? {}
        : { back: { href: browseHref(library.slug, parentFolder(path), options), label: 'Folder above' } })}
      actions={
        <BrowseBar
          url={url}
          library={library.slug}
          path={path}
          noUpload={noUpload}
          panelShown={panel.shown}
          toggleDetails={panel.toggle}
          searching={searching.isOpen}
          toggleSearch={searching.toggle}
        />
      }
      phoneActions={<BrowsePhoneMenu url={url} name={name} folderItems={ownMenu} />}
      panel={
        assetId === null ? null : chosen.count > 1 && !phone ? (
          <SelectionPanel chosen={chosen} actions={actions} onClose={close} />
        ) : (
          <DetailsPanel
            library={library}
            id={assetId}
            entry={query.entries.filter(isAsset).find(({ id }) => id === assetId) ?? null}
            actions={actions}
            options={options}
            onClose={close}
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
          {searching.asked ? (
            <SearchArea
              {...shared}
              library={library.slug}
              folder={path}
              names={{ folder: name, library: library.name }}
              url={url}
              search={searching.search}
              searchUrl={searching.url}
              home={browseHref(library.slug, '')}
            />
          ) : searching.isOpen && phone ? (
            <PhoneRecent library={library.slug} pick={searching.field.onType} />
          ) : (
            <EntriesArea {...shared} library={library} path={path} url={url} query={listing} noUpload={noUpload} />
          )}
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
      {slot}
      {searching.dialog}
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
