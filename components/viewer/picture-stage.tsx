'use client';

import clsx from 'clsx';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { Picture } from './picture.tsx';
import { type Shown, sizeOnStage } from './plan-stage.ts';
import { useSize, useZoom, type ZoomControl } from './use-zoom.ts';
import type { Size } from './zoom-plan.ts';

export interface PictureStageProps {
  shown: Shown;
  original: boolean;
  preview: boolean;
  /** Filled with what buttons and keys call. */
  control: RefObject<ZoomControl | null>;
  onZoom: (text: string) => void;
  onSwipe?: (way: 'left' | 'right' | 'down') => void;
}

/** One picture with zoom and pan. */
export function PictureStage({ shown, original, preview, control, onZoom, onSwipe }: PictureStageProps) {
  const [own, setOwn] = useState<Size | null>(null);
  const size = sizeOnStage(shown) ?? own;
  return (
    <ZoomStage size={size} control={control} onZoom={onZoom} onSwipe={onSwipe}>
      {(drawnPixels) => (
        <Picture
          key={shown.versionId}
          shown={shown}
          original={original}
          preview={preview}
          drawnPixels={drawnPixels}
          onSize={setOwn}
        />
      )}
    </ZoomStage>
  );
}

/** A stage on which a box of the picture's size is zoomed and moved; what is in the box is the caller's. */
export function ZoomStage({
  size,
  control,
  onZoom,
  onSwipe,
  other,
  children,
}: {
  size: Size | null;
  control: RefObject<ZoomControl | null>;
  /** A second stage that shows the same part: it is told of every change. */
  other?: RefObject<ZoomControl | null>;
  onZoom: (text: string) => void;
  onSwipe?: ((way: 'left' | 'right' | 'down') => void) | undefined;
  children: (drawnPixels: number) => ReactNode;
}) {
  const element = useRef<HTMLDivElement>(null);
  const stage = useSize(element);
  const picture = useStable(size);
  const zooming = useZoom(stage, picture, onSwipe, other);
  const { zoom, whole, handlers, wheel } = zooming;
  useEffect(() => {
    control.current = zooming;
  });
  const text = whole || !zoom ? 'Fit' : `${Math.round(zoom.scale * 100 * window.devicePixelRatio)} %`;
  useEffect(() => onZoom(text), [text, onZoom]);
  useEffect(() => {
    const node = element.current;
    node?.addEventListener('wheel', wheel, { passive: false });
    return () => node?.removeEventListener('wheel', wheel);
  }, [wheel]);
  const box = picture && zoom ? { width: picture.width * zoom.scale, height: picture.height * zoom.scale } : null;
  return (
    <div
      ref={element}
      {...handlers}
      className={clsx('absolute inset-0 touch-none overflow-hidden', !whole && 'cursor-grab active:cursor-grabbing')}
    >
      <div
        data-picture=""
        style={
          box && zoom
            ? {
                width: box.width,
                height: box.height,
                transform: `translate(calc(-50% + ${zoom.x}px), calc(-50% + ${zoom.y}px))`,
              }
            : { width: '60%', height: '60%', transform: 'translate(-50%, -50%)' }
        }
        className={clsx('absolute top-1/2 left-1/2 overflow-hidden', whole && 'rounded-1 shadow-3')}
      >
        {children(box ? Math.max(box.width, box.height) * (globalThis.devicePixelRatio ?? 1) : 0)}
      </div>
    </div>
  );
}

/** The same object while its numbers are the same. */
function useStable(size: Size | null): Size | null {
  const [kept, setKept] = useState(size);
  if (kept?.width !== size?.width || kept?.height !== size?.height) setKept(size);
  return kept;
}
