'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import clsx from 'clsx';
import { FileSearch } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { BrowseOptions } from '#components/browse/browse-href.ts';
import { download } from '#components/browse/content-url.ts';
import { isAsset } from '#components/browse/entry-key.ts';
import type { Collection } from '#components/browse/use-collection.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatCount } from '#components/ui/format.ts';
import { useMedia, usePhone } from '#components/ui/use-media.ts';
import { titleOf, whyNoRestore } from '#components/versions/version-words.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';
import type { VersionView } from '#lib/versions/schema.ts';
import type { CompareWay } from './compare-stage.tsx';
import { neighbours } from './neighbours.ts';
import { planStage } from './plan-stage.ts';
import { Stage } from './stage.tsx';
import { StepButton } from './step-button.tsx';
import { useFullScreen } from './use-full-screen.ts';
import { usePreloading } from './use-preloading.ts';
import { useViewed } from './use-viewed.ts';
import type { ViewerUrl } from './use-viewer-url.ts';
import type { ZoomControl } from './use-zoom.ts';
import { VersionStrip } from './version-strip.tsx';
import { ViewerAside } from './viewer-aside.tsx';
import { ViewerBar } from './viewer-bar.tsx';
import { viewerKeys } from './viewer-keys.ts';
import { ViewerSheet } from './viewer-sheet.tsx';

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

/** One file over the whole page: bar, stage, history and panel, and the keys of them. */
export function OpenViewer({ library, collection, place, at, options, url, id }: ViewerProps & { id: string }) {
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

  // What had the focus may go with a comparison, or with the facts of the file before; the keys of the viewer must be heard all the same.
  useEffect(() => {
    if (url.against === null && document.activeElement === document.body) frame.current?.focus();
  });

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
                <StepButton
                  side="left"
                  onClick={() => go(-1)}
                  hidden={index === -1 || number <= 1}
                  quiet={screen.idle}
                />
                <StepButton
                  side="right"
                  onClick={() => go(1)}
                  hidden={index === -1 || number >= count}
                  quiet={screen.idle}
                />
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
        {showPanel && <ViewerAside {...{ library, id, options, url, viewed, comparing, contents, compare }} />}
        {phone && asset && (
          <ViewerSheet
            {...{ library, options, viewed, contents, compare }}
            name={asset.name}
            open={sheet}
            onOpenChange={setSheet}
          />
        )}
      </div>
    </>
  );
}

/** "Version 3", "Version 5, current" */
const captionOf = (version: VersionView) => `${titleOf(version)}${version.isCurrent ? ', current' : ''}`;
