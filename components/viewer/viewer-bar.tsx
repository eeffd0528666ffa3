'use client';

import clsx from 'clsx';
import {
  ArrowLeft,
  Columns2,
  Contrast,
  Download,
  Info,
  Maximize,
  Minimize,
  Minus,
  PanelRight,
  Plus,
  SquareSplitHorizontal,
} from 'lucide-react';
import type { RefObject } from 'react';
import { formatMoment } from '#components/ui/format-time.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { MiddleTruncate } from '#components/ui/middle-truncate.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { usePhone } from '#components/ui/use-media.ts';
import type { CompareWay } from './compare-stage.tsx';
import type { ZoomControl } from './use-zoom.ts';

export interface ViewerBarProps {
  title: string;
  facts: string;
  /** The moment that is shown, where it is not now. */
  at?: string | null;
  onClose: () => void;
  /** While two pictures are compared. */
  compare?: { way: CompareWay; setWay: (way: CompareWay) => void } | null;
  zoom?: { text: string; control: RefObject<ZoomControl | null>; hundred: boolean } | null;
  fullScreen?: { on: boolean; toggle: () => void };
  download?: (() => void) | null;
  panel?: { on: boolean; toggle: () => void };
  className?: string;
}

/** Where one is, how it is shown, and what can be done; 48 px, 52 on a phone. */
export function ViewerBar({
  title,
  facts,
  at = null,
  onClose,
  compare,
  zoom,
  fullScreen,
  download,
  panel,
  className,
}: ViewerBarProps) {
  const phone = usePhone();
  return (
    <header className={clsx('flex h-12 flex-none items-center gap-2 px-2.5 max-sm:h-13 max-sm:px-1', className)}>
      <IconButton label="Back" keys="Esc" icon={<ArrowLeft />} onClick={onClose} className="mr-0.5" />
      <div className="min-w-0 flex-1 basis-0">
        <h1 className="text-label leading-4.5 max-sm:text-phone-name">
          <MiddleTruncate name={title} />
        </h1>
        <p className="truncate text-meta text-fg-2 tabular-nums">
          {at !== null && <b className="font-semibold text-past-text">As of {formatMoment(at)}. </b>}
          {facts}
        </p>
      </div>
      {compare && (
        <Segmented
          label="Way to compare"
          value={compare.way}
          onChange={compare.setWay}
          iconsOnly={phone}
          segments={[
            ...(phone
              ? []
              : [{ value: 'side' as const, label: 'Side by side', icon: <Columns2 aria-hidden="true" /> }]),
            { value: 'slider', label: 'Slider', icon: <SquareSplitHorizontal aria-hidden="true" /> },
            { value: 'difference', label: 'Difference', icon: <Contrast aria-hidden="true" /> },
          ]}
        />
      )}
      <div className="flex min-w-0 flex-1 basis-0 items-center justify-end gap-0.5 max-sm:flex-none">
        {zoom && !phone && (
          <>
            <IconButton label="Zoom out" keys="-" icon={<Minus />} onClick={() => zoom.control.current?.smaller()} />
            <button
              type="button"
              onClick={() => zoom.control.current?.[zoom.text === 'Fit' && zoom.hundred ? 'hundred' : 'fit']()}
              aria-label={zoom.text === 'Fit' ? 'Zoom: fits. Show at 100 %' : `Zoom: ${zoom.text}. Fit`}
              className="h-7 w-13 rounded-2 text-center text-fg-2 tabular-nums hover:bg-hover hover:text-fg"
            >
              {zoom.text}
            </button>
            <IconButton label="Zoom in" keys="+" icon={<Plus />} onClick={() => zoom.control.current?.larger()} />
            <span className="w-2" />
          </>
        )}
        {fullScreen && !phone && (
          <IconButton
            label={fullScreen.on ? 'Leave full screen' : 'Full screen'}
            keys="f"
            icon={fullScreen.on ? <Minimize /> : <Maximize />}
            onClick={fullScreen.toggle}
          />
        )}
        {download && <IconButton label="Download" icon={<Download />} onClick={download} />}
        {panel && !fullScreen?.on && (
          <IconButton
            label="Details"
            keys="i"
            icon={phone ? <Info /> : <PanelRight />}
            pressed={phone ? undefined : panel.on}
            onClick={panel.toggle}
            className={phone ? undefined : 'max-md:hidden'}
          />
        )}
      </div>
    </header>
  );
}
