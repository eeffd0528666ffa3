'use client';

import clsx from 'clsx';
import { useState } from 'react';
import { contentUrl } from '#components/browse/content-url.ts';
import { thumbhashUrl } from '#components/browse/thumbhash-url.ts';
import type { Shown } from './plan-stage.ts';

export interface PictureProps {
  shown: Shown;
  /** What there is to load (`planStage`). */
  original: boolean;
  preview: boolean;
  /** Device pixels across which it is drawn now: beyond those of the preview the original is worth its bytes. */
  drawnPixels: number;
  onSize?: (size: { width: number; height: number }) => void;
  className?: string;
}

/** Longest side of a preview, px (lib/renditions/rendition-key.ts). */
const previewPixels = 1_600;

/**
 * A picture in the box around it: the thumbnail upscaled at once, over it the preview, over that the original where its pixels are seen.
 * Each comes in over the one before, so that nothing is blank in between.
 */
export function Picture({ shown, original, preview, drawnPixels, onSize, className }: PictureProps) {
  const blurred = shown.thumbhash ? thumbhashUrl(shown.thumbhash) : null;
  const [wanted, setWanted] = useState(false);
  // Once asked for it stays, so that zooming out and in again does not flicker.
  const needed = original && (!preview || wanted || drawnPixels > previewPixels * 1.1);
  if (needed && !wanted) setWanted(true);
  const layers = [
    shown.thumbnailUrl,
    preview ? contentUrl(shown, 'preview') : null,
    needed ? contentUrl(shown, 'inline') : null,
  ].filter((each) => each !== null);
  return (
    <span
      className={clsx('absolute inset-0 block bg-cover bg-center', !blurred && 'checker', className)}
      style={blurred ? { backgroundImage: `url(${blurred})` } : undefined}
    >
      {layers.map((address, at) => (
        <Layer
          key={address}
          address={address}
          alt={at === layers.length - 1 ? shown.name : ''}
          checkered={at > 0 || shown.thumbnailUrl === null}
          onSize={onSize}
        />
      ))}
    </span>
  );
}

function Layer({
  address,
  alt,
  checkered,
  onSize,
}: {
  address: string;
  alt: string;
  checkered: boolean;
  onSize: PictureProps['onSize'];
}) {
  const [state, setState] = useState<'waiting' | 'loaded' | 'failed'>('waiting');
  if (state === 'failed') return null;
  return (
    // biome-ignore lint/performance/noImgElement: straight from the store
    <img
      src={address}
      alt={alt}
      draggable={false}
      decoding="async"
      onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => {
        setState('loaded');
        onSize?.({ width, height });
      }}
      onError={() => setState('failed')}
      className={clsx(
        'absolute inset-0 size-full transition-opacity duration-quick select-none',
        state === 'loaded' ? 'opacity-100' : 'opacity-0',
        state === 'loaded' && checkered && 'checker',
      )}
    />
  );
}
