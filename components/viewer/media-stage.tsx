'use client';

import { useRef, useState } from 'react';
import { contentUrl } from '#components/browse/content-url.ts';
import { kindIcon } from '#components/browse/kind-label.tsx';
import { Preview } from '#components/browse/preview.tsx';
import { NoStage } from './no-stage.tsx';
import type { Shown } from './plan-stage.ts';

/**
 * A film or song with the browser's own player, which asks the store for the ranges that it plays. In place of a player that cannot play:
 * why not.
 */
export function MediaStage({ shown, way, download }: { shown: Shown; way: 'video' | 'audio'; download: () => void }) {
  const player = useRef<HTMLMediaElement>(null);
  const reached = useRef(0);
  const tries = useRef(0);
  const [failed, setFailed] = useState(false);
  const address = contentUrl(shown, 'inline');
  const shared = {
    src: address,
    controls: true,
    preload: 'metadata' as const,
    onTimeUpdate: () => {
      reached.current = player.current?.currentTime ?? 0;
      tries.current = 0;
    },
    // The link to the store lives some minutes. A longer film asks once for a new one and goes on where it was.
    onError: () => {
      const element = player.current;
      if (!element) return;
      if (tries.current > 0) {
        setFailed(true);
        return;
      }
      tries.current += 1;
      const playing = !element.paused;
      element.load();
      element.currentTime = reached.current;
      if (!playing) return;
      void element.play().catch(() => {
        // The browser may want a click first; the controls are there.
      });
    },
  };
  if (failed) {
    const why = shown.problem ?? `This browser cannot play ${shown.contentType ?? 'it'}, or the store did not give it.`;
    return <NoStage way="none" why={why} download={download} />;
  }
  if (way === 'video')
    return (
      <div className="absolute inset-0 grid place-items-center px-14 py-7 max-sm:p-0">
        <video
          key={address}
          ref={player as React.RefObject<HTMLVideoElement>}
          {...shared}
          poster={shown.thumbnailUrl === null ? undefined : contentUrl(shown, 'preview')}
          playsInline
          aria-label={shown.name}
          style={shown.width && shown.height ? { aspectRatio: `${shown.width} / ${shown.height}` } : undefined}
          className="max-h-full min-h-0 max-w-full rounded-1 bg-stage shadow-3 max-sm:rounded-none"
        />
      </div>
    );
  return (
    <div className="absolute inset-0 grid place-items-center content-center gap-6 p-7">
      <Preview
        asset={shown}
        large
        fallback={kindIcon('audio')}
        className="size-64 rounded-4 shadow-3 max-sm:size-52 [&_svg]:size-10"
      />
      <audio
        key={address}
        ref={player as React.RefObject<HTMLAudioElement>}
        {...shared}
        aria-label={shown.name}
        className="w-full max-w-120"
      />
    </div>
  );
}
