'use client';

import clsx from 'clsx';
import { CircleAlert, File, Film, FolderOpen, Image, Music, Pause, Play, X } from 'lucide-react';
import Link from 'next/link';
import { browseHref } from '#components/browse/browse-href.ts';
import { useLibraries } from '#components/browse/library-context.tsx';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Meter } from '#components/ui/meter.tsx';
import { MiddleTruncate } from '#components/ui/middle-truncate.tsx';
import { type PartState, PartsBar } from '#components/ui/parts-bar.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { parentFolder } from '#lib/libraries/path-rules.ts';
import type { UploadGuardrail } from '#lib/uploads/browser/failure.ts';
import type { UploadItem } from '#lib/uploads/browser/types.ts';
import { askAboutClash } from './clash-asked.ts';
import { askAboutOffers } from './offer-asked.ts';
import { folderName, rowWords } from './row-words.ts';
import { uploadEngine } from './upload-hooks.ts';

/** One file of the dock: 34 px, in a sheet on a phone 56. The item is live; `revision` says that it may have changed. */
export function TransferRow({ item, now, phone }: { item: UploadItem; now: number; revision: number; phone: boolean }) {
  const folder = folderName(item.path);
  const bad = item.state === 'failed' || item.state === 'clash' || item.state === 'offer';
  return (
    <div
      className={clsx(
        'grid items-center border-t border-line',
        phone
          ? 'h-14 grid-cols-[20px_minmax(0,1fr)_auto] gap-3'
          : 'h-8.5 grid-cols-[20px_minmax(0,1fr)_132px_148px_56px] gap-3 pr-2 pl-4',
      )}
    >
      <KindIcon item={item} />
      <div className="min-w-0">
        <div className="flex min-w-0 items-baseline gap-1">
          <MiddleTruncate name={item.name} className="text-label max-sm:text-phone-name" />
          {folder && (
            <span className="max-w-[50%] flex-none truncate text-fg-3 max-sm:text-phone-meta">
              in <bdi>{folder}</bdi>
            </span>
          )}
        </div>
        {phone && (
          <div className="mt-1 grid gap-1">
            {item.state !== 'done' && !bad && <Progress item={item} />}
            <Words item={item} now={now} />
          </div>
        )}
      </div>
      {!phone && (bad ? <NotSent item={item} /> : <Progress item={item} />)}
      {!phone && <Words item={item} now={now} right />}
      <Actions item={item} phone={phone} />
    </div>
  );
}

function KindIcon({ item }: { item: UploadItem }) {
  const type = item.contentType.split('/')[0];
  const Icon = type === 'image' ? Image : type === 'video' ? Film : type === 'audio' ? Music : File;
  return <Icon className="size-4 text-fg" aria-hidden="true" />;
}

function Progress({ item }: { item: UploadItem }) {
  if (item.state === 'done' || item.state === 'skipped') return <span />;
  const value = item.size > 0 ? item.sent / item.size : item.state === 'verifying' ? 1 : 0;
  const label = `Upload of ${item.name}`;
  if (item.parts && item.parts.length > 1) {
    const states: PartState[] = Array.from(item.parts, (part) =>
      part === 2 ? 'done' : part === 1 ? 'sending' : 'waiting',
    );
    return <PartsBar parts={states} value={value} label={label} />;
  }
  return <Meter value={item.state === 'verifying' ? 1 : value} label={label} className="h-1.5" />;
}

function NotSent({ item }: { item: UploadItem }) {
  return (
    <span
      className={clsx(
        'flex items-center gap-1 text-meta',
        item.state === 'failed' ? 'text-danger-text' : 'text-warning-text',
      )}
    >
      <CircleAlert className="size-3.5" aria-hidden="true" />
      {item.state === 'failed' ? 'Not sent' : 'To decide'}
    </span>
  );
}

function Words({ item, now, right }: { item: UploadItem; now: number; right?: boolean }) {
  const text = rowWords(item, now);
  const mayMend = useLibraries().some(({ slug, rootRole }) => slug === item.library && rootRole === 'admin');
  const className = clsx(
    'truncate text-meta tabular-nums max-sm:text-phone-meta',
    right ? 'text-right' : 'text-left',
    item.state === 'failed' ? 'text-danger-text' : item.state === 'verifying' ? 'text-fg-2' : 'text-fg-3',
  );
  if (item.state !== 'failed' || !item.failure) return <div className={className}>{text}</div>;
  // The reason in full: on hover and focus, and for touch by a press.
  const { sentence, requestId, canRetry, guardrail } = item.failure;
  return (
    <Tooltip label={sentence} side="top">
      <button
        type="button"
        className={clsx(className, 'focus-inset min-w-0 rounded-1')}
        onClick={() =>
          addToast({
            key: `why-${item.id}`,
            kind: 'error',
            title: `${item.name} was not sent.`,
            detail:
              guardrail && mayMend ? (
                <Mend sentence={sentence} library={item.library} guardrail={guardrail} />
              ) : (
                sentence
              ),
            requestId: requestId ?? undefined,
            action: canRetry ? { label: 'Retry', onClick: () => uploadEngine().retry(item) } : undefined,
          })
        }
      >
        {text}
        <span className="sr-only">. {sentence}</span>
      </button>
    </Tooltip>
  );
}

/** For who may mend it: why, and the way to the place where it is mended. */
function Mend({ sentence, library, guardrail }: { sentence: string; library: string; guardrail: UploadGuardrail }) {
  return (
    <>
      {sentence}{' '}
      <Link className="underline" href={`/admin/guardrails?library=${library}&guardrail=${guardrail}`}>
        Open the guardrail
      </Link>
    </>
  );
}

function Actions({ item, phone }: { item: UploadItem; phone: boolean }) {
  const engine = uploadEngine();
  const size = phone ? 'touch' : 'mini';
  const cancel = (
    <IconButton
      size={size}
      label={`Cancel ${item.name}`}
      icon={<X />}
      tooltipSide="top"
      onClick={() =>
        engine.cancel(item).catch((error: Error) =>
          addToast({
            kind: 'error',
            title: `${item.name} was stopped here, but the store keeps its parts for now.`,
            detail: `${error.message} Discard it under Uploads.`,
          }),
        )
      }
    />
  );
  const textButton = (label: string, onClick: () => void) => (
    <Button variant="quiet" className="h-6! px-1.5! text-meta! max-sm:h-11!" onClick={onClick}>
      {label}
    </Button>
  );
  const both = (first: React.ReactNode) => (
    <div className="flex justify-end">
      {first}
      {cancel}
    </div>
  );
  switch (item.state) {
    case 'failed':
      return (
        <div className="flex justify-end">
          {item.failure?.canRetry === false ? cancel : textButton('Retry', () => engine.retry(item))}
        </div>
      );
    case 'clash':
      return <div className="flex justify-end">{textButton('Decide', () => askAboutClash(item))}</div>;
    case 'offer':
      return <div className="flex justify-end">{textButton('Decide', askAboutOffers)}</div>;
    case 'paused':
      return both(
        <IconButton
          size={size}
          label={`Go on with ${item.name}`}
          icon={<Play />}
          tooltipSide="top"
          onClick={() => engine.resume(item)}
        />,
      );
    case 'waiting':
    case 'hashing':
    case 'sending':
      return both(
        <IconButton
          size={size}
          label={`Pause ${item.name}`}
          icon={<Pause />}
          tooltipSide="top"
          onClick={() => engine.pause(item)}
        />,
      );
    case 'verifying':
      return both(null);
    case 'done':
      return (
        <div className="flex justify-end">
          <Tooltip label="Show in folder" side="top">
            <Link
              href={browseHref(item.library, parentFolder(item.path), { asset: item.asset?.id })}
              aria-label={`Show ${item.name} in its folder`}
              className={clsx(
                'grid place-items-center rounded-2 text-fg-2 hover:bg-hover hover:text-fg [&>svg]:size-3.5',
                phone ? 'size-11' : 'size-6',
              )}
            >
              <FolderOpen aria-hidden="true" />
            </Link>
          </Tooltip>
        </div>
      );
    default:
      return <span />;
  }
}
