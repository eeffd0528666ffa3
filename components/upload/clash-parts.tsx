'use client';

import { FileIcon } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { api } from '#lib/http/api-client.ts';

/** One of the two files that want the same name. */
export function ClashSide({ title, picture, children }: { title: string; picture: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0">
      {picture}
      <b className="mt-2 block text-label text-fg">{title}</b>
      <span className="block truncate text-meta text-fg-3 tabular-nums">{children}</span>
    </div>
  );
}

export function ClashPicture({ src }: { src: string | null }) {
  const [broken, setBroken] = useState(false);
  return (
    <div className="grid h-28 place-items-center overflow-hidden rounded-2 bg-sunken">
      {src && !broken ? (
        // biome-ignore lint/performance/noImgElement: a local file, or a small rendition that needs no optimiser
        <img src={src} alt="" className="size-full object-cover" onError={() => setBroken(true)} />
      ) : (
        <FileIcon className="size-5 text-fg-3" aria-hidden="true" />
      )}
    </div>
  );
}

/** What a file of the library looks like, where the question is about it. */
export function LibraryPicture({ id }: { id: string | null }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!id) return;
    const stop = new AbortController();
    api('GET /assets/{id}', { id }, { signal: stop.signal }).then(
      ({ asset }) => setUrl(asset.thumbnailUrl),
      // The question can be answered without the picture.
      () => setUrl(null),
    );
    return () => stop.abort();
  }, [id]);
  return <ClashPicture src={url} />;
}
