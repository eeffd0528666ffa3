'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Link2 } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '#components/auth/confirm-dialog.tsx';
import { tellError } from '#components/auth/tell-error.ts';
import { Button } from '#components/ui/button.tsx';
import { CopyField } from '#components/ui/copy-field.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { formatCount, formatPlural } from '#components/ui/format.ts';
import { Time } from '#components/ui/time.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import type { EventSource } from '#lib/follow/schema.ts';
import { api } from '#lib/http/api-client.ts';

/** Ms between two looks. */
const pace = 5_000;

/** How the events of the store reach a library, and how to make them. */
export function EventsSection({ library, name }: { library: string; name: string }) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState<'connect' | 'token' | null>(null);
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<{ secret: string; webhookUrl: string; replaced: boolean } | null>(null);
  const key = ['events', library];
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api('GET /admin/libraries/{library}/events', { library }, { signal }),
    refetchInterval: pace,
  });
  const connect = async () => {
    setBusy('connect');
    try {
      queries.setQueryData(key, await api('POST /admin/libraries/{library}/events/connect', { library }));
      addToast({ title: `${name} now sends its events here` });
    } catch (error) {
      tellError('The bucket was not connected', error);
    } finally {
      setBusy(null);
    }
  };
  const rotate = async (replaced: boolean) => {
    setMade({ ...(await api('POST /admin/libraries/{library}/events/token', { library })), replaced });
    await queries.invalidateQueries({ queryKey: key });
  };
  const makeFirst = async () => {
    setBusy('token');
    try {
      await rotate(false);
    } catch (error) {
      tellError('No token was made', error);
    } finally {
      setBusy(null);
    }
  };
  const events = data?.events;
  if (!events) return null;
  return (
    <div className="flex flex-wrap items-start gap-2 border-t border-line px-4 py-3 max-sm:px-3">
      <div className="min-w-48 flex-1">
        <h3 className="text-label">Events of the store</h3>
        <p className="text-meta text-fg-2 tabular-nums">{standing(events)}</p>
        {events.lastEventAt && (
          <p className="text-meta text-fg-3 tabular-nums">
            Last one <Time at={events.lastEventAt} />. {formatPlural(events.received, 'event')},{' '}
            {formatCount(events.known)} known already
            {events.waiting > 0 && `, ${formatCount(events.waiting)} waiting`}.
          </p>
        )}
      </div>
      {events.canConnect && !events.connected && (
        <Button icon={<Link2 />} busy={busy === 'connect'} onClick={() => void connect()}>
          Follow the bucket
        </Button>
      )}
      {!events.queue && !events.canConnect && (
        <Button
          icon={<KeyRound />}
          busy={busy === 'token'}
          onClick={() => (events.token ? setAsking(true) : void makeFirst())}
        >
          {events.token ? 'New webhook token' : 'Make a webhook token'}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Make a new webhook token for ${name}?`}
        confirm="Make a new token"
        danger
        onConfirm={() => rotate(true)}
      >
        <p className="text-read">
          The current token stops working at once, and this cannot be undone. Until the store has the new one its events
          are refused, and changes by other tools show at the next check.
        </p>
      </ConfirmDialog>
      {made && (
        <Dialog
          open
          onOpenChange={(open) => !open && setMade(null)}
          title={`Webhook of ${name}`}
          description={`Give both to the store.${made.replaced ? ' The token before this one no longer works.' : ''}`}
          sticky
          hideClose
          footer={
            <Button size="field" variant="primary" onClick={() => setMade(null)}>
              Done
            </Button>
          }
        >
          <div className="grid gap-3">
            <CopyField label="Address" value={made.webhookUrl} />
            <CopyField label="Token" value={made.secret} hint="Shown once. Store it now." />
          </div>
        </Dialog>
      )}
    </div>
  );
}

function standing(events: EventSource): string {
  if (events.connected) return 'The bucket sends its events here.';
  if (events.source) return `They come by ${events.source === 'queue' ? 'a queue' : 'webhook'}.`;
  if (events.queue) return 'The queue is read. None of this bucket has come yet.';
  return 'None come. Changes by other tools show at the next check.';
}
