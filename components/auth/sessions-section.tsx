'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { LogOut, Monitor, Smartphone, X } from 'lucide-react';
import { useState } from 'react';
import { describeBrowser } from '#components/people/describe-browser.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { formatPlural } from '#components/ui/format.ts';
import { Time } from '#components/ui/time.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import type { SessionView } from '#lib/auth/schema.ts';
import { api } from '#lib/http/api-client.ts';
import { AccountSection, Row, RowList } from './account-section.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { signOutHere } from './sign-out.ts';
import { tellError } from './tell-error.ts';

/** Where one is signed in, with a way out of each place. */
export function SessionsSection({ initial }: { initial: SessionView[] }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [ending, setEnding] = useState<string | null>(null);
  const { data: sessions } = useQuery({
    queryKey: ['sessions'],
    queryFn: async ({ signal }) => (await api('GET /me/sessions', {}, { signal })).sessions,
    initialData: initial,
  });

  const end = async (session: SessionView) => {
    const name = describeBrowser(session.userAgent).text;
    setEnding(session.id);
    try {
      await api('DELETE /me/sessions/{id}', { id: session.id });
      addToast({ title: `${name} signed out` });
      await queries.invalidateQueries({ queryKey: ['sessions'] });
    } catch (error) {
      tellError(`${name} was not signed out`, error);
    } finally {
      setEnding(null);
    }
  };

  return (
    <AccountSection
      title="Signed in"
      text="A browser that is not used for 8 hours is signed out by itself."
      action={
        <Button onClick={() => setAsking(true)} icon={<LogOut />}>
          Sign out everywhere
        </Button>
      }
    >
      <RowList label="Browsers where you are signed in">
        {sessions.map((session) => {
          const { text, phone } = describeBrowser(session.userAgent);
          return (
            <Row
              key={session.id}
              icon={phone ? <Smartphone /> : <Monitor />}
              title={
                <>
                  {text}
                  {session.current && <Badge tone="now">This browser</Badge>}
                </>
              }
              facts={
                <>
                  {placeOf(session.address)}, {session.current ? 'signed in' : 'last used'}{' '}
                  <Time at={session.current ? session.createdAt : session.lastSeenAt} plain />
                </>
              }
              actions={
                session.current ? (
                  <Button variant="quiet" icon={<LogOut />} onClick={() => void signOutHere()}>
                    Sign out
                  </Button>
                ) : (
                  <Button variant="quiet" icon={<X />} busy={ending === session.id} onClick={() => void end(session)}>
                    End
                  </Button>
                )
              }
            />
          );
        })}
      </RowList>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Sign out everywhere?"
        confirm="Sign out everywhere"
        onConfirm={async () => {
          await api('POST /me/sessions/end-all', {});
          location.assign('/sign-in');
        }}
      >
        Ends {formatPlural(sessions.length, 'session')}, this browser too. API tokens stay.
      </ConfirmDialog>
    </AccountSection>
  );
}

/** An address as people read it. */
function placeOf(address: string): string {
  return address === '::1' || address.startsWith('127.') ? 'This computer' : address;
}
