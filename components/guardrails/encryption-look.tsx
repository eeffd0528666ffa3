'use client';

import { Lock, Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { wordsOf } from '#components/trash/operation-words.ts';
import { tellFailure, useOperations } from '#components/trash/use-operations.tsx';
import { Button } from '#components/ui/button.tsx';
import { formatCount, formatPlural } from '#components/ui/format.ts';
import { Meter } from '#components/ui/meter.tsx';
import { api } from '#lib/http/api-client.ts';

/** Ids in one operation, at most (lib/operations/schema.ts). */
const mostAtOnce = 10_000;

type Found = { looked: number; total: number; differing: { id: string; path: string }[]; done: boolean };

/** The files that are here already: a setting for new ones does not touch them. Each is asked for; what differs is encrypted anew. */
export function EncryptionLook({ library }: { library: string }) {
  const operations = useOperations(library);
  const [found, setFound] = useState<Found | null>(null);
  const [busy, setBusy] = useState(false);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);

  const look = async () => {
    stop.current?.abort();
    const own = new AbortController();
    stop.current = own;
    let sum: Found = { looked: 0, total: 0, differing: [], done: false };
    let cursor: string | null = null;
    setFound(sum);
    try {
      do {
        const part: { looked: number; total: number; differing: Found['differing']; nextCursor: string | null } =
          await api(
            'POST /admin/libraries/{library}/encryption/look',
            { library, ...(cursor ? { cursor } : {}) },
            { signal: own.signal },
          );
        cursor = part.nextCursor;
        sum = {
          looked: sum.looked + part.looked,
          total: part.total,
          differing: [...sum.differing, ...part.differing].slice(0, mostAtOnce),
          done: cursor === null,
        };
        setFound(sum);
        // An operation takes so many; the rest comes with the next look.
      } while (cursor !== null && sum.differing.length < mostAtOnce);
      setFound({ ...sum, done: true });
    } catch (error) {
      if (own.signal.aborted) return;
      setFound(null);
      tellFailure('Not every file could be looked at', error);
    }
  };
  const encrypt = async (ids: string[]) => {
    setBusy(true);
    await operations.run(
      { type: 'reencrypt', selection: { ids } },
      wordsOf('reencrypt', formatPlural(ids.length, 'file')),
    );
    setBusy(false);
    await look();
  };

  const differing = found?.differing ?? [];
  return (
    <section aria-labelledby="files-here" className="grid min-w-0 gap-1.5">
      <div className="flex min-h-7 items-center gap-2">
        <h3 id="files-here" className="flex-none text-label">
          Files that are here
        </h3>
        <p role="status" className="min-w-0 flex-1 text-meta text-fg-3 tabular-nums">
          {found && sentenceOf(found)}
        </p>
        <Button icon={<Search />} busy={found !== null && !found.done} onClick={() => void look()}>
          {found?.done ? 'Look again' : 'Look at every file'}
        </Button>
      </div>
      {found && !found.done && (
        <Meter value={found.total ? found.looked / found.total : 0} label="Files looked at" className="h-1.5" />
      )}
      {found?.done && differing.length > 0 && (
        <div className="rounded-3 border border-line p-3">
          <ul className="text-meta text-fg-2">
            {differing.slice(0, 5).map(({ id, path }) => (
              <li key={id} className="truncate">
                <bdi>{path}</bdi>
              </li>
            ))}
            {differing.length > 5 && <li className="text-fg-3">and {formatCount(differing.length - 5)} more</li>}
          </ul>
          <div className="mt-3 flex flex-wrap items-center gap-2">
            <Button icon={<Lock />} busy={busy} onClick={() => void encrypt(differing.map(({ id }) => id))}>
              Encrypt {formatPlural(differing.length, 'file')} anew
            </Button>
            <p className="min-w-0 flex-1 text-meta text-fg-3">
              Adds a version with the same bytes to each, in Standard. Older versions stay as they are. It cannot be
              undone: it would only bring back the same bytes.
            </p>
          </div>
        </div>
      )}
      {!found && (
        <p className="text-fg-2">The setting is for new files. Those that came before keep the encryption they have.</p>
      )}
    </section>
  );
}

function sentenceOf({ looked, total, differing, done }: Found): string {
  if (!done) return `${formatCount(looked)} of ${formatCount(total)}`;
  const of = formatPlural(looked, 'file');
  return differing.length === 0 ? `${of}, all as wanted` : `${of}, ${formatCount(differing.length)} not as wanted`;
}
