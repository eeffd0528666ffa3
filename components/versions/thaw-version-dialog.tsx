'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { ThawChoice } from '#components/history/thaw-choice.tsx';
import type { OperationWords } from '#components/trash/operation-words.ts';
import { useOperations } from '#components/trash/use-operations.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { Note } from '#components/ui/note.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { ApiError, api } from '#lib/http/api-client.ts';
import type { ThawWish } from '#lib/operations/schema.ts';
import { tiersFor } from '#lib/restore/thaw-offers.ts';

export interface ThawVersionDialogProps {
  library: string;
  assetId: string;
  versionId: string;
  /** "Version 3" */
  name: string;
  /** "Adds version 6 with the bytes of version 3" */
  consequence: string;
  words: OperationWords;
  close: () => void;
}

/** Restoring an archived version: how fast to thaw it, what that costs, and that the restore goes on by itself. */
export function ThawVersionDialog(props: ThawVersionDialogProps) {
  const { library, assetId, versionId, name, consequence, words, close } = props;
  const operations = useOperations(library);
  const [wish, setWish] = useState<ThawWish>({ tier: 'Standard', days: 3 });
  const [planId] = useState(() => crypto.randomUUID());
  const { data, error } = useQuery({
    queryKey: ['restore-plan', planId],
    queryFn: async () => {
      const { operation } = await api('POST /libraries/{library}/operations', {
        library,
        type: 'restore-version',
        selection: { ids: [assetId] },
        params: { versionId },
        dryRun: true,
        clientId: planId,
      });
      return { operation, plan: (await api('GET /operations/{id}/plan', { id: operation.id })).plan };
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const kind = data?.plan.kinds.find((one) => one.kind === 'thaw');
  const tiers = tiersFor(kind?.classes.map(({ storageClass }) => storageClass) ?? []);
  const thaw: ThawWish = tiers.includes(wish.tier) ? wish : { ...wish, tier: tiers[0] ?? 'Standard' };
  const start = () => {
    if (!data) return;
    close();
    void operations.follow(
      () => api('POST /operations/{id}/start', { id: data.operation.id, ...(kind ? { thaw } : {}) }),
      words,
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || close()}
      title={`Thaw and restore ${name.toLowerCase()}`}
      description={consequence}
      width="large"
      footer={
        <>
          <DialogClose render={<Button size="field">Cancel</Button>} />
          <Button
            size="field"
            variant="past"
            disabledReason={data ? undefined : error ? 'There is no plan to run' : 'Being planned'}
            onClick={start}
          >
            Thaw and restore
          </Button>
        </>
      }
    >
      {error ? (
        <Note tone="danger" icon={<CircleAlert />}>
          <b>It could not be planned.</b> {error instanceof ApiError ? error.detail : 'Strata did not answer.'}
        </Note>
      ) : !data ? (
        <Skeleton className="h-24 w-full" />
      ) : kind ? (
        <ThawChoice
          kind={{ ...kind, chosen: kind }}
          rates={data.plan.rates}
          wish={thaw}
          onWish={setWish}
          frozen={false}
          of="one"
        />
      ) : (
        <p>It is not archived any more, and is restored at once.</p>
      )}
    </Dialog>
  );
}
