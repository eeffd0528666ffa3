'use client';

import type { AssetEntry } from '#lib/assets/schema.ts';
import { contentUrl } from './content-url.ts';
import { kindIcon } from './kind-label.tsx';
import { Preview } from './preview.tsx';

/** The picture; a film and a sound with the browser's own player. */
export function AssetLook({ asset, gone = false }: { asset: AssetEntry; gone?: boolean }) {
  const slot = 'h-34 w-full rounded-3 max-sm:h-52';
  const address = contentUrl(asset, 'inline');
  if (asset.kind === 'video' && asset.size > 0 && !gone)
    return (
      // biome-ignore lint/a11y/useMediaCaption: the film is the user's own; there is no caption track
      <video
        key={address}
        src={address}
        controls
        // The picture that the worker took; without one the film's own first.
        poster={asset.thumbnailUrl ?? undefined}
        preload={asset.thumbnailUrl ? 'none' : 'metadata'}
        playsInline
        className={`${slot} bg-stage object-contain`}
      />
    );
  if (asset.kind === 'audio' && asset.size > 0 && !gone)
    return (
      <div className={`${slot} grid place-items-center gap-2 bg-sunken p-3 text-fg-3 inset-shadow-line [&>svg]:size-6`}>
        {kindIcon('audio')}
        {/* biome-ignore lint/a11y/useMediaCaption: as above */}
        <audio key={address} src={address} controls preload="metadata" className="h-8 w-full" />
      </div>
    );
  return (
    <Preview
      asset={asset}
      large
      gone={gone}
      className={slot}
      fallback={<span className="[&>svg]:size-6 [&>svg]:stroke-[1.6]">{kindIcon(asset.kind)}</span>}
    />
  );
}
