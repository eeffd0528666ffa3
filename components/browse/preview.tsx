'use client';

import clsx from 'clsx';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { AssetEntry } from '#lib/assets/schema.ts';
import { contentUrl, previewOf } from './content-url.ts';
import { kindIcon } from './kind-label.tsx';

export interface PreviewProps {
  asset: AssetEntry;
  /** Bytes of an original that may be loaded here. */
  most: number;
  /** Drawn where nothing can be shown; the icon of the kind by default. */
  fallback?: ReactNode;
  className?: string;
}

/**
 * What an asset looks like, in a slot that has its size already: the picture or a frame of the film, loaded from the store when the slot
 * comes near the screen. The address redirects to the store, so that no byte of it passes the app.
 */
export function Preview({ asset, most, fallback, className }: PreviewProps) {
  const slot = useRef<HTMLSpanElement>(null);
  const near = useNear(slot);
  const address = contentUrl(asset, 'inline');
  // Kept with its address: a picture from the cache may be there before an effect could reset the state of the one before.
  const [seen, setSeen] = useState<{ address: string; state: 'shown' | 'failed' } | null>(null);
  const state = seen?.address === address ? seen.state : 'waiting';
  const setState = (next: 'shown' | 'failed') => setSeen({ address, state: next });
  const kind = state === 'failed' ? null : previewOf(asset, most);
  const fade = clsx(
    'absolute inset-0 size-full object-cover transition-opacity duration-quick',
    state === 'shown' ? 'opacity-100' : 'opacity-0',
  );
  return (
    <span ref={slot} aria-hidden="true" className={clsx('relative block overflow-hidden bg-sunken', className)}>
      {(kind === null || state !== 'shown') && (
        <span className="absolute inset-0 grid place-items-center text-fg-3">{fallback ?? kindIcon(asset.kind)}</span>
      )}
      {near && kind === 'picture' && (
        // biome-ignore lint/performance/noImgElement: next/image would fetch the bytes through the app
        <img
          src={address}
          alt=""
          decoding="async"
          draggable={false}
          onLoad={() => setState('shown')}
          onError={() => setState('failed')}
          className={fade}
        />
      )}
      {near && kind === 'film' && (
        <video
          // The first frames of many films are black.
          src={`${address}#t=0.5`}
          preload="metadata"
          muted
          playsInline
          disablePictureInPicture
          tabIndex={-1}
          onLoadedData={() => setState('shown')}
          onError={() => setState('failed')}
          className={fade}
        />
      )}
      <span className="photo-ring pointer-events-none absolute inset-0 rounded-[inherit]" />
    </span>
  );
}

/** True once an element came within two screens; what was loaded stays. */
function useNear(element: React.RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!element.current || near) return;
    const observer = new IntersectionObserver(
      (seen) => {
        if (seen.some((each) => each.isIntersecting)) setNear(true);
      },
      { rootMargin: '400px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, near]);
  return near;
}
