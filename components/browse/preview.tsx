'use client';

import clsx from 'clsx';
import { type ReactNode, useState } from 'react';
import type { AssetEntry } from '#lib/assets/schema.ts';
import { contentUrl } from './content-url.ts';
import { kindIcon } from './kind-label.tsx';
import { thumbhashUrl } from './thumbhash-url.ts';

export interface PreviewProps {
  asset: Pick<AssetEntry, 'id' | 'versionId' | 'kind' | 'thumbnailUrl' | 'thumbhash'>;
  /** Where the slot is larger than a thumbnail: the preview comes over it. */
  large?: boolean;
  /** Drawn where nothing can be shown; the icon of the kind by default. */
  fallback?: ReactNode;
  /** The bytes are gone from the store: there is nothing to be shown, and that is drawn. */
  gone?: boolean;
  className?: string;
}

/**
 * What an asset looks like, in a slot that has its size already: first its thumbhash, then the thumbnail that the worker made, straight
 * from the store and only when the slot comes near the screen. Originals are never loaded here.
 */
export function Preview({ asset, large, fallback, gone = false, className }: PreviewProps) {
  const blurred = asset.thumbnailUrl !== null && asset.thumbhash !== null ? thumbhashUrl(asset.thumbhash) : null;
  const [failed, setFailed] = useState<string | null>(null);
  const shown = asset.thumbnailUrl !== null && failed !== asset.thumbnailUrl && !gone;
  return (
    <span
      aria-hidden="true"
      // A data address is made of letters that need no quoting.
      style={blurred && shown ? { backgroundImage: `url(${blurred})` } : undefined}
      className={clsx(
        'photo-ring-after relative block overflow-hidden bg-sunken bg-cover bg-center',
        gone && 'hatch',
        className,
      )}
    >
      {shown ? (
        <>
          <Picture
            key={asset.thumbnailUrl}
            src={asset.thumbnailUrl as string}
            // A page that stood open for hours holds links that have run out: the app knows the new one.
            otherwise={contentUrl(asset, 'thumbnail')}
            onFailed={() => setFailed(asset.thumbnailUrl)}
          />
          {large && <Picture key={asset.versionId} src={contentUrl(asset, 'preview')} />}
        </>
      ) : (
        <span className="absolute inset-0 grid place-items-center text-fg-3">{fallback ?? kindIcon(asset.kind)}</span>
      )}
    </span>
  );
}

/** Fades in over what stands there until it is loaded. */
function Picture({ src, otherwise, onFailed }: { src: string; otherwise?: string; onFailed?: () => void }) {
  const [address, setAddress] = useState(src);
  const [loaded, setLoaded] = useState(false);
  return (
    // biome-ignore lint/performance/noImgElement: next/image would fetch the bytes through the app
    <img
      // A picture from the cache may be complete before React listens.
      ref={(element) => {
        if (element?.complete && element.naturalWidth > 0) setLoaded(true);
      }}
      src={address}
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      onLoad={() => setLoaded(true)}
      onError={() => {
        if (otherwise !== undefined && address !== otherwise) setAddress(otherwise);
        else onFailed?.();
      }}
      className={clsx(
        'absolute inset-0 size-full object-cover transition-opacity duration-quick',
        loaded ? 'opacity-100' : 'opacity-0',
      )}
    />
  );
}
