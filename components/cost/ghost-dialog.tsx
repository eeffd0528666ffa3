'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { tellFailure, useOperations } from '#components/trash/use-operations.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { formatBytes, formatCount, formatPlural } from '#components/ui/format.ts';
import { Input } from '#components/ui/input.tsx';
import { Note } from '#components/ui/note.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { ApiError, api } from '#lib/http/api-client.ts';
import type { Ghosts } from '#lib/operations/schema.ts';
import { ghostCopy, ghostsOf } from './ghost-words.ts';

/** Milliseconds for which one must hold still before it is planned: each look is a plan. */
const QUIET = 500;

export interface GhostDialogProps {
  library: { slug: string; name: string };
  kind: Ghosts['kind'];
  close: () => void;
  onCleaned: () => void;
}

/** A clean-up: which of them, how many that are now and some of their names; what loses bytes is typed. Then one operation of the worker. */
export function GhostDialog({ library, kind, close, onCleaned }: GhostDialogProps) {
  const copy = ghostCopy[kind];
  const [days, setDays] = useState(kind === 'uploads' ? '7' : '30');
  const [keep, setKeep] = useState('0');
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const operations = useOperations(library.slug);
  const wished = JSON.stringify(ghostsOf(kind, days, keep));
  const [asked, setAsked] = useState(wished);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wished), QUIET);
    return () => clearTimeout(timer);
  }, [wished]);
  const ghosts = JSON.parse(asked) as Ghosts | null;
  const { data, error, isFetching } = useQuery({
    queryKey: ['ghosts', library.slug, ghosts],
    queryFn: () =>
      api('POST /libraries/{library}/operations', {
        library: library.slug,
        type: 'purge',
        selection: { paths: [''] },
        params: ghosts ? { ghosts } : {},
        dryRun: true,
        clientId: crypto.randomUUID(),
      }),
    enabled: ghosts !== null,
    gcTime: 0,
    retry: false,
  });
  const plan = asked === wished && !isFetching ? data?.operation : undefined;
  const count = plan?.plan.counts.purge ?? 0;
  const what = formatPlural(count, copy.one, copy.many);
  const phrase = `delete ${what}`;
  const confirmed = !copy.destroys || typed.trim().toLowerCase() === phrase.toLowerCase();
  const start = async () => {
    if (!plan) return;
    setBusy(true);
    try {
      const started = await api('POST /operations/{id}/start', { id: plan.id });
      close();
      await operations.follow(() => Promise.resolve(started), {
        doing: `Cleaning up ${what}`,
        done: `${what} cleaned up${plan.bytes > 0 ? `, ${formatBytes(plan.bytes)} freed` : ''}`,
        notDone: `${what} not cleaned up`,
      });
      onCleaned();
    } catch (failure) {
      setBusy(false);
      tellFailure('It was not cleaned up', failure);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={copy.title}
      description={library.name}
      role={copy.destroys ? 'alertdialog' : 'dialog'}
      footer={
        <>
          <DialogClose render={<Button size="field">Cancel</Button>} />
          <Button
            size="field"
            variant={copy.destroys ? 'danger' : 'primary'}
            busy={busy}
            disabledReason={
              plan
                ? count === 0
                  ? 'There is nothing to clean up'
                  : confirmed
                    ? undefined
                    : `Type ${phrase}`
                : 'Being counted'
            }
            onClick={() => void start()}
          >
            {count > 0 ? `Delete ${formatCount(count)}` : 'Delete'}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {kind !== 'markers' && (
          <div className="grid grid-cols-2 gap-2">
            <Field label={kind === 'uploads' ? 'Begun at least' : 'Old for at least'}>
              <Input
                type="number"
                min={kind === 'uploads' ? 1 : 0}
                inputMode="numeric"
                value={days}
                onChange={(event) => setDays(event.target.value)}
                trail={<span className="pr-2.5 text-meta text-fg-3">{kind === 'uploads' ? 'days ago' : 'days'}</span>}
              />
            </Field>
            {kind === 'old-versions' && (
              <Field label="Keep of each file">
                <Input
                  type="number"
                  min={0}
                  max={100}
                  inputMode="numeric"
                  value={keep}
                  onChange={(event) => setKeep(event.target.value)}
                  trail={<span className="pr-2.5 text-meta text-fg-3">old ones</span>}
                />
              </Field>
            )}
          </div>
        )}
        {error && <Note tone="danger">{error instanceof ApiError ? error.detail : 'Strata did not answer.'}</Note>}
        {ghosts === null && <Note tone="warning">Give whole numbers.</Note>}
        {ghosts !== null && !error && !plan && <Skeleton className="h-20 w-full" />}
        {plan && count === 0 && <p className="text-meta text-fg-2">{copy.none}</p>}
        {plan && count > 0 && (
          <>
            <Note tone={copy.destroys ? 'danger' : 'plain'}>
              <b>
                {what}
                {plan.bytes > 0 && `, ${formatBytes(plan.bytes)}`}
                {plan.counts.total !== count && ` of ${formatPlural(plan.counts.total, 'file')}`}.
              </b>{' '}
              {copy.effect}
            </Note>
            <ul className="text-meta text-fg-2" aria-label="Some of them">
              {plan.plan.samples.slice(0, 3).map(({ path }) => (
                <li key={path} className="truncate">
                  <bdi>{path}</bdi>
                </li>
              ))}
              {plan.counts.total > 3 && <li className="text-fg-3">and {formatCount(plan.counts.total - 3)} more</li>}
            </ul>
            {copy.destroys && (
              <Field label={`Type “${phrase}” to confirm`}>
                <Input value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
              </Field>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}
