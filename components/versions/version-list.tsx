'use client';

import { CircleAlert } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { findVersionAt } from '#components/history/moment.ts';
import { useShortcut } from '#components/shell/shortcuts.ts';
import { Button } from '#components/ui/button.tsx';
import { Core } from '#components/ui/core.tsx';
import { type CoreRow, planCore } from '#components/ui/core-plan.ts';
import { formatBytes, formatCount } from '#components/ui/format.ts';
import { Note } from '#components/ui/note.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { usePhone } from '#components/ui/use-media.ts';
import type { AssetDetail } from '#lib/assets/schema.ts';
import { ApiError } from '#lib/http/api-client.ts';
import type { VersionView } from '#lib/versions/schema.ts';
import { fateSentence } from './fate-words.ts';
import { useRestoreVersion } from './use-restore-version.tsx';
import { useVersions } from './use-versions.ts';
import { VersionRow } from './version-row.tsx';
import { consequenceOf, whyNoRestore } from './version-words.ts';

export interface VersionListProps {
  asset: Pick<AssetDetail, 'id' | 'library' | 'path' | 'allowed'>;
  /** Why nothing can be written in this library, in words; null when it can. */
  readOnlyReason?: string | null;
  /** The version under the pointer or focus, so that the picture above can show it; null when there is none. */
  onPeek?: (version: VersionView | null) => void;
  /** Where these versions are, if it is not where the file is now: said where one of them is restored. */
  place?: string;
  /** The moment that is shown: its version is marked. Null: now. */
  at?: string | null;
  /** The head "Versions 5, 64.1 MB"; left out where something else names the list. */
  heading?: boolean;
}

/** The history of one file: the core, and beside it a real list with a row for each band. An admin restores from here. */
export function VersionList({
  asset,
  readOnlyReason = null,
  onPeek,
  place,
  at = null,
  heading = true,
}: VersionListProps) {
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  const { versions, totals, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useVersions(
    asset.id,
  );
  const rows = useMemo(() => planRows(versions, { phone, open }), [versions, phone, open]);

  if (error && versions.length === 0) {
    const detail = error instanceof ApiError ? error.detail : 'Strata did not answer.';
    return (
      <Note tone="danger" icon={<CircleAlert />}>
        <b>The versions could not be read.</b> {detail}{' '}
        <Button size="control" variant="quiet" onClick={() => void refetch()}>
          Try again
        </Button>
      </Note>
    );
  }
  return (
    <section aria-label={place === undefined ? 'Versions' : `Versions at ${place}`}>
      {heading && (
        <h3 className="flex h-8 items-center gap-1.5 text-label font-semibold">
          Versions
          {totals && (
            <span className="text-meta font-normal text-fg-3 tabular-nums">
              {formatCount(totals.versionCount)}, {formatBytes(totals.bytes)}
            </span>
          )}
        </h3>
      )}
      {isPending ? (
        <LateSkeleton />
      ) : (
        <Rows
          asset={asset}
          rows={rows}
          versions={versions}
          readOnlyReason={readOnlyReason}
          phone={phone}
          onPeek={onPeek}
          place={place}
          then={at === null ? null : findVersionAt(versions, at)}
          onOpen={() => setOpen(true)}
          more={open && hasNextPage ? { load: () => void fetchNextPage(), busy: isFetchingNextPage } : null}
        />
      )}
    </section>
  );
}

type Planned = { core: CoreRow; version: VersionView | null };

/** A row of the list for each band of the core. What is gone from the store is hatched like a marker, and never left out. */
function planRows(versions: VersionView[], options: { phone: boolean; open: boolean }): Planned[] {
  const byId = new Map(versions.map((version, at) => [idOf(version, at), version]));
  const core = planCore(
    versions.map((version, at) => ({
      id: idOf(version, at),
      isDeleteMarker: version.isDeleteMarker || version.removedAt !== null,
      validFrom: version.validFrom,
      validTo: version.validTo,
      thumbnailUrl: version.thumbnailUrl,
    })),
    options,
  );
  return core.map((row) => ({ core: row, version: byId.get(row.id) ?? null }));
}

/** A `null` version that was overwritten is there twice, once as gone; an id in a drawing holds no odd characters. */
const idOf = (version: VersionView, at: number) =>
  version.removedAt === null ? `v${version.versionId.replace(/[^\w.-]/g, '_')}` : `gone${at}`;

interface RowsProps {
  asset: VersionListProps['asset'];
  rows: Planned[];
  versions: VersionView[];
  readOnlyReason: string | null;
  phone: boolean;
  onPeek: VersionListProps['onPeek'];
  place: string | undefined;
  /** What stood there at the moment that is shown. */
  then: VersionView | null;
  onOpen: () => void;
  more: { load: () => void; busy: boolean } | null;
}

function Rows({ asset, rows, versions, readOnlyReason, phone, onPeek, place, then, onOpen, more }: RowsProps) {
  const list = useRef<HTMLOListElement>(null);
  const [active, setActive] = useState(0);
  const [peeked, setPeeked] = useState<VersionView | null>(null);
  const right = { allowed: asset.allowed.restoreVersions, path: asset.path, readOnlyReason };

  const where = place === undefined ? '' : `, at ${place}`;
  const consequence = (version: VersionView) => consequenceOf(version, versions) + where;
  const { restore, busy, dialog } = useRestoreVersion({ library: asset.library, assetId: asset.id, versions, where });

  const peek = (version: VersionView | null) => {
    setPeeked(version);
    onPeek?.(version && !version.isDeleteMarker && version.removedAt === null ? version : null);
  };
  const focused = () => {
    const at = list.current?.contains(document.activeElement) ? active : -1;
    return rows[at]?.version ?? null;
  };
  useShortcut('restore', () => {
    const version = focused();
    if (!version || version.isDeleteMarker) return false;
    if (whyNoRestore(version, right) === undefined) restore(version);
    return true;
  });

  const go = (at: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, at));
    setActive(next);
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: rows.length - 1 };
    const to = moves[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  useEffect(() => {
    if (active >= rows.length) setActive(Math.max(0, rows.length - 1));
  }, [active, rows.length]);

  return (
    <>
      {dialog}
      <div className="mt-1 flex">
        <Core rows={rows.map((row) => row.core)} width={phone ? 60 : 48} />
        <ol ref={list} className="ml-2.5 min-w-0 flex-1" onKeyDown={onKeyDown} onPointerLeave={() => peek(null)}>
          {rows.map(({ core, version }, at) =>
            version ? (
              <VersionRow
                key={core.id}
                assetId={asset.id}
                version={version}
                then={version === then}
                height={core.height}
                phone={phone}
                tabbable={at === active}
                busy={busy === version.versionId}
                consequence={consequence(version)}
                whyNoRestore={whyNoRestore(version, right)}
                onRestore={() => restore(version)}
                onPeek={() => peek(version)}
                onFocus={() => {
                  setActive(at);
                  peek(version);
                }}
              />
            ) : (
              <li key={core.id} className="flex items-center" style={{ height: core.height }}>
                <Button
                  variant="quiet"
                  onClick={onOpen}
                  tabIndex={at === active ? 0 : -1}
                  onFocus={() => setActive(at)}
                >
                  {formatCount(core.count)} older
                </Button>
              </li>
            ),
          )}
        </ol>
      </div>
      {more && (
        <Button className="mt-1" variant="quiet" busy={more.busy} onClick={more.load}>
          Show older versions
        </Button>
      )}
      {/* What will happen to it, and what a click would do: said before, in a place that is always kept free for it. */}
      <div aria-hidden="true" className="mt-1.5 h-8 text-meta text-fg-3 max-sm:hidden">
        <p className="truncate" title={peeked?.goes ? fateSentence(peeked.goes) : undefined}>
          {peeked?.goes && `${fateSentence(peeked.goes)}.`}
        </p>
        <p className="truncate">
          {peeked && !peeked.isDeleteMarker && !peeked.isCurrent
            ? (whyNoRestore(peeked, right) ?? consequence(peeked))
            : null}
        </p>
      </div>
    </>
  );
}

/** In its final geometry; under 150 ms nothing is shown at all. */
function LateSkeleton() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="mt-1 flex gap-2.5" aria-busy="true">
      {late && (
        <>
          <Skeleton className="h-27 w-12 rounded-3 max-sm:w-15" />
          <div className="grid flex-1 content-start gap-2 pt-2">
            <Skeleton className="h-4 w-3/5" />
            <Skeleton className="h-4 w-4/5" />
          </div>
        </>
      )}
    </div>
  );
}
