'use client';

import { ArrowUpFromLine, ChevronDown, ChevronUp, Pause, Play, X } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { BottomSheet } from '#components/ui/bottom-sheet.tsx';
import { Button } from '#components/ui/button.tsx';
import { formatCount } from '#components/ui/format.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Meter } from '#components/ui/meter.tsx';
import { usePhone } from '#components/ui/use-media.ts';
import type { UploadSnapshot } from '#lib/uploads/browser/upload-store.ts';
import { dockWords } from './dock-words.ts';
import { TransferList } from './transfer-list.tsx';
import { uploadEngine, useContinueCount, useUploadSnapshot } from './upload-hooks.ts';

/** The panel of transfers; on a phone a line that opens it. */
export function TransferPanel() {
  const snapshot = useUploadSnapshot();
  const phone = usePhone();
  return phone ? <Pill snapshot={snapshot} /> : <Dock snapshot={snapshot} />;
}

function Dock({ snapshot }: { snapshot: UploadSnapshot }) {
  const [folded, setFolded] = useState(false);
  const words = dockWords(snapshot, Date.now());
  return (
    <section aria-label="Transfers" className="relative border-t border-line-2 bg-sheet shadow-dock">
      <TotalLine snapshot={snapshot} />
      <div className="flex h-10 items-center gap-2.5 pr-2 pl-4">
        <b className="flex-none text-label tabular-nums">{words.title}</b>
        <span className="min-w-0 truncate text-meta text-fg-3 tabular-nums">{words.facts}</span>
        <span className="flex-1" />
        <HeadActions snapshot={snapshot} />
        <IconButton
          label={folded ? 'Unfold' : 'Fold'}
          aria-expanded={!folded}
          icon={folded ? <ChevronUp /> : <ChevronDown />}
          tooltipSide="top"
          onClick={() => setFolded(!folded)}
        />
        {snapshot.idle && snapshot.reading === null && (
          <IconButton label="Clear" icon={<X />} tooltipSide="top" onClick={clearAll} />
        )}
      </div>
      {!folded && <TransferList snapshot={snapshot} phone={false} />}
    </section>
  );
}

function Pill({ snapshot }: { snapshot: UploadSnapshot }) {
  const [open, setOpen] = useState(false);
  const words = dockWords(snapshot, Date.now());
  return (
    <section aria-label="Transfers" className="relative border-t border-line bg-sheet">
      <TotalLine snapshot={snapshot} />
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="focus-inset flex h-13.5 w-full items-center gap-3 px-4 text-left"
      >
        <ArrowUpFromLine className="size-4 flex-none text-fg-2" aria-hidden="true" />
        <span className="min-w-0 flex-1">
          <b className="block truncate text-phone-name tabular-nums">{words.title}</b>
          <small className="block truncate text-meta text-fg-3 tabular-nums">{words.facts}</small>
        </span>
        {snapshot.failed > 0 && <Badge tone="danger">{formatCount(snapshot.failed)} failed</Badge>}
        <ChevronUp className="size-4 flex-none text-fg-2" aria-hidden="true" />
      </button>
      <BottomSheet
        open={open}
        onOpenChange={setOpen}
        title={words.title}
        description={words.facts}
        footer={
          snapshot.idle ? (
            <Button
              onClick={() => {
                setOpen(false);
                clearAll();
              }}
            >
              Clear
            </Button>
          ) : (
            <HeadActions snapshot={snapshot} />
          )
        }
      >
        {open && <TransferList snapshot={snapshot} phone />}
      </BottomSheet>
    </section>
  );
}

/** 2 px on the top edge: all bytes together. */
function TotalLine({ snapshot }: { snapshot: UploadSnapshot }) {
  const value = snapshot.bytesTotal > 0 ? snapshot.bytesSent / snapshot.bytesTotal : snapshot.idle ? 1 : 0;
  if (snapshot.idle) return null;
  return <Meter thin value={value} label="All transfers" className="absolute inset-x-0 -top-px" />;
}

function HeadActions({ snapshot }: { snapshot: UploadSnapshot }) {
  const engine = uploadEngine();
  const { failed, gate, paused } = snapshot;
  const toContinue = useContinueCount() ?? 0;
  const phone = usePhone();
  const stoppable =
    snapshot.groups.waiting.length > paused || snapshot.groups.sending.some((item) => item.state === 'sending');
  return (
    <>
      {failed > 0 && !phone && <Badge tone="danger">{formatCount(failed)} failed</Badge>}
      {toContinue > 0 && !phone && (
        <Link href="/uploads" className="flex-none rounded-1 text-label text-fg-2 underline-offset-2 hover:underline">
          {formatCount(toContinue)} to continue
        </Link>
      )}
      {gate && (
        <Button variant="quiet" className="px-2!" onClick={engine.tryNow}>
          Try now
        </Button>
      )}
      {snapshot.groups.failed.some((item) => item.state === 'failed' && item.failure?.canRetry) && (
        <Button variant="quiet" className="px-2!" onClick={engine.retryFailed}>
          Retry failed
        </Button>
      )}
      {stoppable ? (
        <IconButton label="Pause all" icon={<Pause />} tooltipSide="top" onClick={engine.pauseAll} />
      ) : (
        paused > 0 && <IconButton label="Go on with all" icon={<Play />} tooltipSide="top" onClick={engine.resumeAll} />
      )}
    </>
  );
}

function clearAll() {
  const engine = uploadEngine();
  engine.clearFinished();
  // What failed and is cleared away is given up here; its session stays under Uploads, to be continued or discarded.
  for (const item of engine.snapshot().groups.failed) engine.putAway(item);
  // A list that cannot be had now is asked for again by the Uploads page, which shows the reason.
  engine.refreshSessions().catch(() => undefined);
}
