'use client';

import { useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { FieldError } from '#components/ui/field.tsx';
import { formatBytes, formatPlural } from '#components/ui/format.ts';
import { Time } from '#components/ui/time.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import { ApiError } from '#lib/http/api-client.ts';
import type { OpenSession } from '#lib/uploads/browser/types.ts';
import { uploadEngine } from './upload-hooks.ts';

/** Discards sent to the server at a time. */
const atOnce = 4;

/** Small files whose turn had not come when the page was closed: nothing of them is kept but their places. One row for all. */
export function SmallOnes({ sessions }: { sessions: readonly OpenSession[] }) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState<'choose' | 'discard' | null>(null);
  const bytes = sessions.reduce((sum, session) => sum + session.size, 0);
  const until = sessions.map((session) => session.expiresAt).sort()[0] ?? '';

  const act = async (what: 'choose' | 'discard', run: () => Promise<void>) => {
    setBusy(what);
    setProblem(null);
    try {
      await run();
    } catch (error) {
      setProblem(
        error instanceof ApiError ? error.detail : 'A file cannot be read: it was moved or removed. Choose again.',
      );
    } finally {
      setBusy(null);
    }
  };
  const choose = (files: File[]) =>
    act('choose', async () => {
      const found = await uploadEngine().continueAny(files);
      if (found === files.length) return;
      setProblem(
        `${formatPlural(files.length - found, 'file')} of those chosen are not among these, and were not sent.`,
      );
    });
  const discard = () =>
    act('discard', async () => {
      const left = [...sessions];
      const lane = async () => {
        for (let next = left.shift(); next; next = left.shift()) await uploadEngine().discard(next);
      };
      await Promise.all(Array.from({ length: atOnce }, lane));
      addToast({ title: `${formatPlural(sessions.length, 'waiting upload')} discarded` });
    });
  return (
    <section aria-label="Small files" className="rounded-3 px-4 py-3 inset-shadow-line">
      <div className="flex flex-wrap items-center gap-2">
        <div className="min-w-60 flex-1">
          <p className="text-label">{formatPlural(sessions.length, 'small file')} not sent yet</p>
          <p className="text-meta text-fg-3 tabular-nums">
            {formatBytes(bytes)}. Their places are held until <Time at={until} form="date" plain />. Choose them again,
            or drop their folder again where it was to go.
          </p>
        </div>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label="Choose the small files again"
          data-continue="small"
          onChange={(event) => {
            const files = Array.from(event.currentTarget.files ?? []);
            event.currentTarget.value = '';
            if (files.length > 0) void choose(files);
          }}
        />
        <Button busy={busy === 'choose'} onClick={() => input.current?.click()}>
          Choose the files again
        </Button>
        <Button variant="quiet" busy={busy === 'discard'} onClick={() => void discard()}>
          Discard
        </Button>
      </div>
      <FieldError>{problem}</FieldError>
    </section>
  );
}
