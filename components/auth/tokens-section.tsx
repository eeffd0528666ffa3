'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus, X } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Time } from '#components/ui/time.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import { useHydrated } from '#components/ui/use-media.ts';
import type { TokenView } from '#lib/auth/schema.ts';
import { api } from '#lib/http/api-client.ts';
import { AccountSection, Row, RowList } from './account-section.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { NewTokenDialog } from './new-token-dialog.tsx';

/** Tokens for programs: made here, shown once, revoked here. */
export function TokensSection({ initial }: { initial: TokenView[] }) {
  const queries = useQueryClient();
  const hydrated = useHydrated();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<TokenView | null>(null);
  const { data: tokens } = useQuery({
    queryKey: ['tokens'],
    queryFn: async ({ signal }) => (await api('GET /tokens', {}, { signal })).tokens,
    initialData: initial,
  });
  const refresh = () => queries.invalidateQueries({ queryKey: ['tokens'] });
  const isOver = (token: TokenView) =>
    hydrated && token.expiresAt !== null && Date.parse(token.expiresAt) <= Date.now();

  return (
    <AccountSection
      title="API tokens"
      text={
        <>
          For programs that work with your libraries as you. What they can ask is in the{' '}
          <Link href="/api-docs" className="rounded-1 text-accent-text underline underline-offset-2">
            API reference
          </Link>
          .
        </>
      }
      action={
        <Button onClick={() => setMaking(true)} icon={<Plus />}>
          New token
        </Button>
      }
    >
      {tokens.length === 0 ? (
        <EmptyState card icon={<KeyRound />} title="No tokens">
          A script or another program needs one to upload, list or download without a browser.
        </EmptyState>
      ) : (
        <RowList label="API tokens">
          {tokens.map((token) => (
            <Row
              key={token.id}
              icon={<KeyRound />}
              title={
                <>
                  <bdi className="min-w-0 [overflow-wrap:anywhere]">{token.name}</bdi>
                  {isOver(token) && <Badge tone="warning">Expired</Badge>}
                </>
              }
              facts={
                <>
                  <code className="type-code">{token.hint}…</code>
                  {', '}
                  {token.lastUsedAt ? (
                    <>
                      last used <Time at={token.lastUsedAt} form="ago" plain />
                    </>
                  ) : (
                    'never used'
                  )}
                  {', '}
                  {token.expiresAt ? (
                    <>
                      {isOver(token) ? 'expired' : 'until'} <Time at={token.expiresAt} form="date" plain />
                    </>
                  ) : (
                    'no end'
                  )}
                </>
              }
              actions={
                <Button variant="quiet" icon={<X />} onClick={() => setRevoking(token)}>
                  Revoke
                </Button>
              }
            />
          ))}
        </RowList>
      )}
      <NewTokenDialog open={making} onOpenChange={setMaking} onMade={() => void refresh()} />
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title={`Revoke ${revoking?.name ?? ''}?`}
        confirm="Revoke token"
        danger
        onConfirm={async () => {
          if (!revoking) return;
          await api('DELETE /tokens/{id}', { id: revoking.id });
          addToast({ title: `${revoking.name} revoked` });
          await refresh();
        }}
      >
        Programs that use it are refused from now on. This cannot be undone; a new token can be made.
      </ConfirmDialog>
    </AccountSection>
  );
}
