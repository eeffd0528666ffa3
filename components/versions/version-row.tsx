'use client';

import clsx from 'clsx';
import { Download, Ellipsis, Eye, Hourglass, RotateCcw, Trash2 } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { formatBytes } from '#components/ui/format.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import type { MenuEntry } from '#components/ui/menu-items.ts';
import { Spinner } from '#components/ui/spinner.tsx';
import { Time } from '#components/ui/time.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { isInlineType } from '#lib/assets/inline-types.ts';
import type { VersionView } from '#lib/versions/schema.ts';
import { fateBadge, fateSentence } from './fate-words.ts';
import { factsOf, originOf, sourceOf, titleOf, whoMade } from './version-words.ts';

export interface VersionRowProps {
  assetId: string;
  version: VersionView;
  /** Of the band beside it, in px. */
  height: number;
  phone: boolean;
  tabbable: boolean;
  busy: boolean;
  /** It stood there at the moment that is shown. */
  then?: boolean;
  /** "Adds version 6 with the bytes of version 3" */
  consequence: string;
  whyNoRestore: string | undefined;
  onRestore: () => void;
  onPeek: () => void;
  onFocus: () => void;
}

/** One version or deletion: what, how large, who and when; hover or focus puts its actions in place of the size. */
export function VersionRow(props: VersionRowProps) {
  const { version, height, tabbable, onPeek, onFocus } = props;
  const gone = version.removedAt !== null;
  return (
    <li
      tabIndex={tabbable ? 0 : -1}
      aria-label={factsOf(version)}
      data-version={version.versionId}
      onPointerEnter={onPeek}
      onFocus={onFocus}
      className="group focus-inset flex items-center rounded-2"
      style={{ height }}
    >
      <div className="flex h-[calc(100%-4px)] min-w-0 flex-1 flex-col justify-center rounded-2 px-2 group-focus-within:bg-hover group-hover:bg-hover">
        {version.isDeleteMarker || gone ? (
          <MarkerLine version={version} then={props.then} />
        ) : (
          <VersionLines {...props} />
        )}
      </div>
    </li>
  );
}

/** 32 px: a deletion, or a version whose bytes are gone. */
function MarkerLine({ version, then }: { version: VersionView; then: boolean | undefined }) {
  return (
    <p className="flex items-center gap-1.5 text-meta text-fg-3">
      <Trash2 aria-hidden="true" className="size-3 flex-none" />
      <span className="min-w-0 flex-1 truncate">
        {version.removedAt === null ? <bdi>{titleOf(version)}</bdi> : `${titleOf(version)}, gone from the store`}
      </span>
      {then && <Badge tone="past">Then</Badge>}
      <FateBadge goes={version.goes} />
      <Time at={version.removedAt ?? version.modifiedAt} form="date" plain />
    </p>
  );
}

function VersionLines(props: VersionRowProps) {
  const { version, phone } = props;
  return (
    <>
      <p className="flex items-center gap-1.5 text-label max-sm:text-phone-name">
        <span className="truncate">{titleOf(version)}</span>
        {version.isCurrent && <Badge tone="now">Current</Badge>}
        {props.then && <Badge tone="past">Then</Badge>}
        <span className={clsx('contents', !phone && 'group-focus-within:hidden group-hover:hidden')}>
          <FateBadge goes={version.goes} />
        </span>
        <span className="flex-1" />
        <span
          className={clsx(
            'flex-none text-meta font-normal whitespace-nowrap text-fg-3 tabular-nums',
            !phone && 'group-focus-within:hidden group-hover:hidden',
            props.busy && 'hidden',
          )}
        >
          {formatBytes(version.size)}
        </span>
        {props.busy ? <Spinner size={12} /> : phone ? <RowMenu {...props} /> : <RowActions {...props} />}
      </p>
      <p className="truncate text-meta text-fg-3 max-sm:text-phone-meta">
        <bdi>{whoMade(version)}</bdi>, <Time at={version.modifiedAt} plain />
        {version.restoredFrom && `, ${sourceOf(version)}`}
        {version.origin && (
          <span title={originOf(version.origin, version.cause)}>, {originOf(version.origin, version.cause)}</span>
        )}
      </p>
    </>
  );
}

/** That it will go and when; by which rule is in the tooltip, and in the name of the row. */
function FateBadge({ goes }: { goes: VersionView['goes'] }) {
  const words = fateBadge(goes);
  if (words === null || goes === null) return null;
  return (
    <span title={fateSentence(goes)} className="flex-none">
      <Badge icon={<Hourglass aria-hidden="true" />}>{words}</Badge>
    </span>
  );
}

const action = 'grid size-6 place-items-center rounded-2 text-fg-2 hit hover:bg-press hover:text-fg';

function address(props: VersionRowProps, as: 'inline' | 'attachment'): string {
  return `/api/v1/assets/${props.assetId}/content?${new URLSearchParams({ versionId: props.version.versionId, as })}`;
}

function RowActions(props: VersionRowProps) {
  const { version, consequence, whyNoRestore, onRestore } = props;
  const name = `version ${version.number}`;
  return (
    <span className="-my-1 -mr-1 hidden flex-none items-center group-focus-within:flex group-hover:flex">
      {isInlineType(version.contentType) && (
        <Tooltip label={`Look at ${name}`}>
          <a
            href={address(props, 'inline')}
            target="_blank"
            rel="noreferrer"
            aria-label={`Look at ${name}`}
            className={action}
          >
            <Eye aria-hidden="true" className="size-3.5" />
          </a>
        </Tooltip>
      )}
      <Tooltip label={`Download ${name}`}>
        <a href={address(props, 'attachment')} download="" aria-label={`Download ${name}`} className={action}>
          <Download aria-hidden="true" className="size-3.5" />
        </a>
      </Tooltip>
      {!version.isCurrent && (
        <IconButton
          label={`Restore ${name}. ${consequence}`}
          icon={<RotateCcw />}
          size="mini"
          keys="r"
          disabledReason={whyNoRestore}
          onClick={onRestore}
        />
      )}
    </span>
  );
}

/** A phone has no hover: the same actions behind "...". */
function RowMenu(props: VersionRowProps) {
  const { version, consequence, whyNoRestore, onRestore } = props;
  const items = (): MenuEntry[] => [
    ...(isInlineType(version.contentType)
      ? [{ id: 'look', label: 'Look', icon: <Eye />, href: address(props, 'inline'), external: true }]
      : []),
    { id: 'download', label: 'Download', icon: <Download />, href: address(props, 'attachment'), external: true },
    ...(version.isCurrent
      ? []
      : [
          {
            id: 'restore',
            // A sheet has no tooltip: the consequence is the label.
            label: `Restore: ${consequence.charAt(0).toLowerCase()}${consequence.slice(1)}`,
            icon: <RotateCcw />,
            disabledReason: whyNoRestore,
            onSelect: onRestore,
          },
        ]),
  ];
  const label = titleOf(version);
  return (
    <Menu
      items={items}
      label={label}
      trigger={<IconButton label={`Actions for ${label}`} icon={<Ellipsis />} size="mini" />}
    />
  );
}
