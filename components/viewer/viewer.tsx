'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import clsx from 'clsx';
import { ChevronLeft, ChevronRight, FileSearch } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { BrowseOptions } from '#components/browse/browse-href.ts';
import { download } from '#components/browse/content-url.ts';
import { isAsset } from '#components/browse/entry-key.ts';
import type { Listing } from '#components/browse/listing.ts';
import type { Collection } from '#components/browse/use-collection.ts';
import { BottomSheet } from '#components/ui/bottom-sheet.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useMedia, usePhone } from '#components/ui/use-media.ts';
import { VersionHistory } from '#components/versions/version-history.tsx';
import { titleOf, whyNoRestore } from '#components/versions/version-words.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';
import type { VersionView } from '#lib/versions/schema.ts';
import { ComparePanel, RestoreFoot } from './compare-panel.tsx';
import type { CompareWay } from './compare-stage.tsx';
import { planStage } from './plan-stage.ts';
import { Stage } from './stage.tsx';
import { useFullScreen } from './use-full-screen.ts';
import { usePreloading } from './use-preloading.ts';
import { useViewed } from './use-viewed.ts';
import type { ViewerUrl } from './use-viewer-url.ts';
import type { ZoomControl } from './use-zoom.ts';
import { VersionStrip } from './version-strip.tsx';
import { ViewerBar } from './viewer-bar.tsx';
import { viewerKeys } from './viewer-keys.ts';
import { ViewerPanel } from './viewer-panel.tsx';

export interface ViewerProps {
  library: LibraryView;
  /** The folder or search that is behind it, in its order. */
  collection: Collection;
  /** Where one is, for "12 of 142 in autumn-lakes". */
  place: string;
  /** The moment whose versions are shown, RFC 3339; null: now. */
  at: string | null;
  options: BrowseOptions;
  url: ViewerUrl;
}

/** The open file, over the whole page; nothing while none is open. */
export function Viewer(props: ViewerProps) {
  const { look, close } = props.url;
  const { collection } = props;
  const last = useRef<string | null>(null);
  if (look !== null) last.current = look;
  return (
    <Base.Root
      open={look !== null}
      onOpenChange={(open, details) => {
        // Esc is one of our own keys: it leaves a comparison first.
        if (details.reason === 'escape-key') return details.cancel();
        if (!open) close();
      }}
    >
      <Base.Portal>
        <Base.Popup
          aria-label="Viewer"
          finalFocus={() => {
            // The tile of the file that was looked at last, which may be another one than was opened.
            if (last.current !== null) collection.focusEntry(`a${last.current}`);
            return false;
          }}
          className="focus-none fixed inset-0 z-dialog bg-stage text-ui text-fg transition-opacity duration-quick data-ending-style:opacity-0 data-starting-style:opacity-0"
        >
          {look !== null && <Open {...props} id={look} />}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function Open({ library, collection, place, at, options, url, id }: ViewerProps & { id: string }) {
  const phone = usePhone();
  const wide = useMedia('(width >= 900px)');
  const [panelOn, setPanelOn] = useState(true);
  const [sheet, setSheet] = useState(false);
  const [chosenWay, setWay] = useState<CompareWay>('slider');
  const [zoomText, setZoomText] = useState('Fit');
  const [flipped, setFlipped] = useState(false);
  const control = useRef<ZoomControl | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const screen = useFullScreen();

  const { listing } = collection;
  const index = listing.indexOf(`a${id}`);
  const { before, entry, after, count, number } = neighbours(listing, index);
  const viewed = useViewed(library, id, entry, url, at);
  const { asset, versions, version, against, shown, other } = viewed;
  usePreloading([after, before]);
  useEffect(() => {
    if (index !== -1) listing.need(Math.max(0, index - 2), Math.min(listing.count - 1, index + 2));
  }, [listing, index]);

  const go = (by: 1 | -1) => {
    const next = index + by;
    if (index === -1 || next < listing.folders || next >= listing.count) return;
    const known = listing.at(next);
    if (known && isAsset(known)) return url.go(known.id);
    // Faster than the listing could be read: go on once it is.
    void listing.load(next, next).then(([loaded]) => {
      if (loaded && isAsset(loaded)) url.go(loaded.id);
    });
  };
  const contents = versions.filter((one) => !one.isDeleteMarker && one.removedAt === null);
  const compare = useCallback(() => {
    if (url.against !== null) return url.compare(null);
    const b = version ?? contents[0];
    // With the one before; for the oldest with the one after.
    const a = contents[contents.findIndex((one) => one.versionId === b?.versionId) + 1] ?? contents[0];
    if (a && b && a.versionId !== b.versionId) url.compare(a.versionId, b.versionId);
  }, [url.against, url.compare, version, contents]);
  const pick = (picked: VersionView) => {
    // Without a version in the address it is that of the time that is shown.
    if (against === null) url.show(picked.versionId === viewed.usual?.versionId ? null : picked.versionId);
    else if (picked.versionId !== version?.versionId) url.compare(picked.versionId);
  };

  const stage = shown ? planStage(shown) : null;
  const pictures = stage?.way === 'picture' && other !== null && planStage(other).way === 'picture';
  const way = phone && chosenWay === 'side' ? 'slider' : chosenWay;
  const comparing = against !== null && other !== null;
  const close = () => {
    if (screen.on) return screen.toggle();
    if (url.against !== null) return url.compare(null);
    url.close();
  };
  const onKeyDown = (event: KeyboardEvent) =>
    viewerKeys(event, {
      close,
      go,
      zoom: control.current,
      fullScreen: screen.toggle,
      panel: () => (phone ? setSheet(true) : setPanelOn((on) => !on)),
      compare,
      flip: comparing && pictures ? setFlipped : null,
      restore: () => {
        const wanted = comparing ? against : version;
        if (wanted && !wanted.isCurrent && viewed.right.allowed && !library.readOnlyReason) viewed.restore(wanted);
      },
    });

  // What had the focus in a comparison goes with it; the keys of the viewer must be heard all the same.
  useEffect(() => {
    if (url.against === null && document.activeElement === document.body) frame.current?.focus();
  }, [url.against]);

  if (viewed.gone)
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of what is in it
      <div className="grid size-full" onKeyDown={onKeyDown}>
        <ViewerBar title="Viewer" facts="" onClose={close} />
        <EmptyState icon={<FileSearch />} title="Nothing here that you may see">
          The file does not exist, or it needs a grant.
        </EmptyState>
      </div>
    );
  const showPanel = panelOn && wide && !screen.on;
  const quietFrame = screen.idle && 'opacity-0';
  return (
    <>
      {viewed.asking}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of what is in it */}
      <div
        ref={frame}
        tabIndex={-1}
        className={clsx('focus-none grid size-full', showPanel && 'grid-cols-[minmax(0,1fr)_300px]')}
        onKeyDown={onKeyDown}
        onKeyUp={(event) => event.key === 'b' && setFlipped(false)}
      >
        <div className="flex min-h-0 min-w-0 flex-col">
          <Base.Title className="sr-only">{asset?.name ?? 'Viewer'}</Base.Title>
          <ViewerBar
            title={asset?.name ?? ''}
            at={at}
            facts={index === -1 ? place : `${formatCount(number)} of ${formatCount(count)} in ${place}`}
            className={clsx('transition-opacity duration-panel', quietFrame)}
            onClose={close}
            compare={comparing && pictures ? { way, setWay } : null}
            zoom={
              stage?.way === 'picture' || stage?.way === 'pdf'
                ? { text: zoomText, control, hundred: stage.way === 'picture' }
                : null
            }
            fullScreen={screen}
            download={
              stage?.way === 'archived' || stage?.way === 'gone' || !asset || !shown
                ? null
                : () => download([{ ...asset, versionId: shown.versionId }])
            }
            panel={
              phone
                ? { on: sheet, toggle: () => setSheet(true) }
                : { on: showPanel, toggle: () => setPanelOn(!panelOn) }
            }
          />
          <section aria-label={comparing ? 'Comparison' : 'File'} className="relative min-h-0 flex-1">
            {shown && stage && (
              <Stage
                shown={shown}
                stage={stage}
                compare={
                  comparing && against && version
                    ? {
                        a: { shown: other, caption: captionOf(against) },
                        b: { shown, caption: captionOf(version) },
                        way,
                        flipped,
                      }
                    : null
                }
                control={control}
                onZoom={setZoomText}
                onSwipe={(to) => (to === 'down' ? close() : go(to === 'left' ? 1 : -1))}
                download={() => asset && download([{ ...asset, versionId: shown.versionId }])}
                thaw={
                  version === null || version.isCurrent
                    ? null
                    : {
                        number: version.number,
                        disabledReason: whyNoRestore(version, viewed.right),
                        run: () => viewed.restore(version),
                      }
                }
              />
            )}
            {!comparing && !phone && (
              <>
                <Step side="left" onClick={() => go(-1)} hidden={index === -1 || number <= 1} quiet={screen.idle} />
                <Step side="right" onClick={() => go(1)} hidden={index === -1 || number >= count} quiet={screen.idle} />
              </>
            )}
          </section>
          {!phone && !screen.on && contents.length > 0 && versions.length > 1 && (
            <VersionStrip
              versions={versions}
              shown={version?.versionId ?? ''}
              against={against?.versionId ?? null}
              onPick={pick}
            />
          )}
        </div>
        {showPanel && (
          <aside
            aria-label={comparing ? 'Compare' : 'Details'}
            className="flex min-h-0 flex-col border-l border-line bg-sheet"
          >
            {comparing && against && version ? (
              <ComparePanel
                assetId={id}
                versions={versions}
                a={against}
                b={version}
                setA={(a) => url.compare(a)}
                setB={(b) => url.show(b)}
                right={viewed.right}
                restore={viewed.restore}
                restoring={viewed.restoring}
              />
            ) : (
              <>
                <div className="min-h-0 flex-1 overflow-y-auto p-4">
                  <ViewerPanel
                    library={library}
                    options={options}
                    viewed={viewed}
                    onCompare={contents.length > 1 ? compare : null}
                  />
                </div>
                {version && (
                  <RestoreFoot
                    version={version}
                    versions={versions}
                    right={viewed.right}
                    restore={viewed.restore}
                    restoring={viewed.restoring}
                  />
                )}
              </>
            )}
          </aside>
        )}
        {phone && asset && (
          <BottomSheet open={sheet} onOpenChange={setSheet} title={asset.name} height="tall">
            <ViewerPanel
              library={library}
              options={options}
              viewed={viewed}
              bare
              onCompare={
                contents.length > 1
                  ? () => {
                      setSheet(false);
                      compare();
                    }
                  : null
              }
            />
            {viewed.detail && (
              <div className="mt-3">
                <VersionHistory asset={viewed.detail} readOnlyReason={library.readOnlyReason} />
              </div>
            )}
          </BottomSheet>
        )}
      </div>
    </>
  );
}

/** The file at a place of a listing and those beside it; folders, which stand first, are not counted. */
function neighbours(listing: Listing, index: number) {
  const assetAt = (at: number) => {
    const entry = index === -1 ? undefined : listing.at(at);
    return entry && isAsset(entry) ? entry : null;
  };
  return {
    before: assetAt(index - 1),
    entry: assetAt(index),
    after: assetAt(index + 1),
    number: index - listing.folders + 1,
    count: listing.count - listing.folders,
  };
}

/** "Version 3", "Version 5, current" */
const captionOf = (version: VersionView) => `${titleOf(version)}${version.isCurrent ? ', current' : ''}`;

function Step({
  side,
  onClick,
  hidden,
  quiet,
}: {
  side: 'left' | 'right';
  onClick: () => void;
  hidden: boolean;
  quiet: boolean;
}) {
  if (hidden) return null;
  return (
    <span
      className={clsx(
        'absolute top-1/2 -mt-4 transition-opacity duration-panel',
        side === 'left' ? 'left-3' : 'right-3',
        quiet && 'opacity-0',
      )}
    >
      <IconButton
        label={side === 'left' ? 'Previous file' : 'Next file'}
        keys={side === 'left' ? 'Left' : 'Right'}
        icon={side === 'left' ? <ChevronLeft /> : <ChevronRight />}
        onClick={onClick}
        className="size-8! rounded-full! bg-stage! text-fg-2 hover:text-fg [&>svg]:size-5!"
      />
    </span>
  );
}
