'use client';

import clsx from 'clsx';
import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useRef, useState } from 'react';
import { differWords } from '#components/history/moment.ts';
import { RestoreToMomentButton } from '#components/history/restore-to-moment-button.tsx';
import { useLookBack } from '#components/history/use-look-back.ts';
import { DragToMove } from '#components/organise/drag-to-move.tsx';
import { usePaste } from '#components/organise/use-paste.ts';
import { FilterRow } from '#components/search/filter-row.tsx';
import { SearchField } from '#components/search/search-field.tsx';
import { useSearching } from '#components/search/use-searching.tsx';
import { Breadcrumb } from '#components/shell/breadcrumb.tsx';
import { Page } from '#components/shell/page.tsx';
import { ContextMenu } from '#components/ui/context-menu.tsx';
import { formatBytes, formatPlural } from '#components/ui/format.ts';
import { formatMoment } from '#components/ui/format-time.ts';
import type { MenuEntry } from '#components/ui/menu-items.ts';
import { onDemand } from '#components/ui/on-demand.tsx';
import { PanelPlace } from '#components/ui/panel-place.tsx';
import { useHydrated, useMedia, usePhone } from '#components/ui/use-media.ts';
import { DropZone } from '#components/upload/drop-zone.tsx';
import { useViewerUrl } from '#components/viewer/use-viewer-url.ts';
import { foldersAbove, nameOf, parentFolder } from '#lib/libraries/path-rules.ts';
import { saveFolder } from './actions/download.tsx';
import { BrowseBar, BrowsePhoneMenu } from './browse-bar.tsx';
import { BrowseContent } from './browse-content.tsx';
import { browseHref } from './browse-href.ts';
import { browsePhoneHeader } from './browse-phone-header.tsx';
import type { BrowseScreenProps } from './browse-screen-props.ts';
import { seedChanges } from './changes.ts';
import { isAsset } from './entry-key.ts';
import { folderMenu } from './folder-menu.tsx';
import { whyNotWritable, whyNoUpload } from './library-context.tsx';
import { PullToRefresh } from './pull-to-refresh.tsx';
import { ReadOnlyBanner } from './read-only-banner.tsx';
import { SelectAll } from './select-all.tsx';
import { isSelected } from './selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useBrowseCommands } from './use-browse-commands.tsx';
import { useBrowseKeys } from './use-browse-keys.ts';
import { useDensity } from './use-density.ts';
import { useEntryHandlers } from './use-entry-handlers.ts';
import { useFolderActions } from './use-folder-actions.tsx';
import { useFolderUrl } from './use-folder-url.ts';
import { useListed } from './use-listed.ts';
import { usePanel } from './use-panel.ts';
import { usePlace } from './use-place.ts';

const loadLookBack = () => import('#components/history/look-back-bar.tsx');
const LookBackBar = onDemand(() => loadLookBack().then((part) => part.LookBackBar));
const LookBackFoot = onDemand(() => loadLookBack().then((part) => part.LookBackFoot));
const DetailsPanel = onDemand(
  () => import('./details-panel.tsx').then((part) => part.DetailsPanel),
  () => <PanelPlace />,
);
const SelectionPanel = onDemand(() => import('./selection-panel.tsx').then((part) => part.SelectionPanel));
const Viewer = onDemand(() => import('#components/viewer/viewer.tsx').then((part) => part.Viewer));

/** A folder: bar, folders and files as list or grid, selection bar, details. */
export function BrowseScreen({ library, path, first, changesCursor, phoneHint, usualView }: BrowseScreenProps) {
  const router = useRouter();
  const url = useFolderUrl(usualView);
  const { sort, view, givenView, kind, asset: assetId, setAsset } = url;
  const hydrated = useHydrated();
  const narrow = usePhone();
  const phone = hydrated ? narrow : phoneHint;
  const wide = useMedia('(width >= 1200px)');
  // Kept as state: what is drawn inside is told when the element is there, and children come before their parent.
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const scroller = useMemo(() => ({ current: element }), [element]);
  useEffect(() => seedChanges(library.slug, changesCursor), [library.slug, changesCursor]);

  const name = path === '' ? library.name : nameOf(path) || '(no name)';
  // Before all else that takes Esc.
  const lookBack = useLookBack(library.slug, path);
  const { at, differs } = lookBack;
  const options = useMemo(() => ({ view: givenView, sort, at, differs }), [givenView, sort, at, differs]);
  // The place in a list is the same at every moment.
  const here = browseHref(library.slug, path, { view: givenView, sort });
  const searching = useSearching({ library: library.slug, folder: path, folderName: name, sort, here, at });
  // While one searches the kind is a filter of the search.
  const ownKind = searching.isOpen ? null : kind;
  const { query, past, listing, collection } = useListed({
    ...{ library, path, first, sort, at, differs },
    kind: ownKind,
    search: searching.search,
  });
  const { chosen, goTo, selection } = collection;
  const [density] = useDensity();
  usePlace(searching.address, scroller, collection);

  const panel = usePanel(url, collection, phone);
  const viewer = useViewerUrl();
  // Once it was open it stays, so that it can close as it opened.
  const viewed = useRef(false);
  if (viewer.look !== null) viewed.current = true;
  const { actions, changes, newFolder, slot } = useFolderActions({
    ...{ library, path, name, at, options, collection, panel, assetId },
    look: viewer.open,
    remember: searching.remember,
  });
  const notWritable = whyNotWritable(changes.library, path);
  const noUpload = whyNoUpload(changes.library, path);
  const paste = usePaste(changes);

  const choosing = phone && chosen.count > 0;
  const handlers = useEntryHandlers({
    collection,
    actions,
    phone,
    choosing,
    chosen: (entry) => {
      if (!isAsset(entry)) return;
      if (panel.shown) setAsset(entry.id);
      else if (wide && panel.wanted) panel.showSoon(entry);
    },
  });

  // The other view draws its entries anew, and focus goes with it.
  const shownView = useRef(view);
  useEffect(() => {
    if (shownView.current === view) return;
    shownView.current = view;
    if (selection.focus !== null) goTo(selection.focus.index);
  }, [view, selection.focus, goTo]);

  useBrowseCommands(chosen, actions, name);
  useBrowseKeys({ context: actions, collection, url, panel, options, wide, newFolder: notWritable ? null : newFolder });

  const enterResults = () => {
    searching.remember();
    // Those that are on their way are gone to once they are there.
    if (listing.count > 0 || searching.search.typing || searching.search.isFetching) goTo(0);
  };
  const totals = searching.isOpen ? null : at === null ? query.head?.totals : past.counts?.total;
  const facts = !totals?.assetCount
    ? undefined
    : `${formatPlural(totals.assetCount, 'item')}, ${formatBytes(totals.bytes ?? 0)}`;
  const lookingBack = (moment: string) => ({
    lookBack: { ...lookBack, at: moment },
    differs: differWords(past.counts),
    restore: <RestoreToMomentButton library={library} paths={[path]} what={name} at={moment} />,
  });
  const crumbs = (path === '' ? [''] : ['', ...foldersAbove(path), path]).map((each) => ({
    label: each === '' ? library.name : nameOf(each) || '(no name)',
    href: browseHref(library.slug, each, options),
    drop: { 'data-drop-folder': each },
  }));
  const ownMenu = (): MenuEntry[] =>
    folderMenu({
      save: at === null ? null : () => saveFolder(actions),
      upload: !phone && !noUpload,
      newFolder,
      whyNotWritable: notWritable,
      paste,
      selectAll: listing.count > 0 ? collection.all : null,
    });
  const menuAt = (target: Element | null): MenuEntry[] => {
    const key = target?.closest<HTMLElement>('[data-entry]')?.dataset.entry;
    const index = key === undefined ? -1 : listing.indexOf(key);
    if (index === -1) return target?.closest('[data-own-menu]') ? [] : ownMenu();
    if (!collection.isSelected(index)) collection.select(index, 'only');
    return handlers.menu(index);
  };
  const showBar = chosen.count > 1 || (chosen.count === 1 && ((!panel.shown && !panel.coming) || phone));
  const shownEntry = listing.at(listing.indexOf(`a${assetId}`));

  const shared = {
    collection,
    handlers,
    scroller,
    phone,
    options,
    density,
    choosing,
    label: searching.asked ? 'Results' : name,
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
        phone
          ? browsePhoneHeader({
              searching,
              enterResults,
              at,
              name,
              facts,
              differs: differWords(past.counts),
              lookBack,
              url,
              ownMenu,
            })
          : undefined
      }
      {...(searching.asked ? { tabTitle: `Search in ${name}` } : {})}
      facts={facts}
      {...(at !== null && !searching.asked ? { tabTitle: formatMoment(at).split(',')[0] ?? name } : {})}
      above={at !== null && !phone && <LookBackBar {...lookingBack(at)} />}
      layout="bare"
      refreshing={
        searching.asked ? searching.search.isRefetching : at === null ? query.refreshing : past.isPlaceholderData
      }
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
          lookBack={lookBack}
          save={() => saveFolder(actions)}
        />
      }
      phoneActions={<BrowsePhoneMenu url={url} name={name} folderItems={ownMenu} lookBack={lookBack} />}
      panel={
        assetId === null ? null : chosen.count > 1 && !phone ? (
          <SelectionPanel chosen={chosen} actions={actions} onClose={panel.close} />
        ) : (
          <DetailsPanel
            library={library}
            id={assetId}
            entry={shownEntry?.type === 'asset' ? shownEntry : null}
            actions={actions}
            options={options}
            onClose={panel.close}
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
          className={clsx(
            'focus-none relative flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-y-contain [overflow-anchor:none] scroll-pb-16 px-4 pb-20 max-sm:px-3',
            // Rows do not move when the length of the folder is known and a scrollbar comes.
            '[scrollbar-gutter:stable]',
            // The foot of the past is higher than the tabs in whose place it stands.
            at !== null && 'max-sm:scroll-pb-50 max-sm:pb-50',
          )}
        >
          <BrowseContent
            {...shared}
            {...{ library, path, name, at, searching, lookBack, query, past, url, noUpload }}
          />
        </div>
      </ContextMenu>
      {phone && !searching.asked && (
        <PullToRefresh scroller={scroller} refresh={at === null ? query.refetch : past.refetch} />
      )}
      {at !== null && phone && !showBar && <LookBackFoot {...lookingBack(at)} />}
      {showBar && (
        <SelectionBar
          chosen={chosen}
          actions={actions}
          clear={collection.clear}
          note={<SelectAll collection={collection} />}
        />
      )}
      {slot}
      {viewed.current && (
        <Viewer
          library={library}
          collection={collection}
          place={searching.asked ? 'the results' : name}
          at={at}
          options={options}
          url={viewer}
        />
      )}
      {searching.dialog}
      <DragToMove
        context={changes}
        collection={{
          chosen,
          isChosen: (key) => isSelected(selection, key, listing.indexOf(key), listing.folders),
          entryOf: (key) => listing.at(listing.indexOf(key)),
        }}
        onSpring={(into) => router.push(browseHref(library.slug, into, options))}
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
