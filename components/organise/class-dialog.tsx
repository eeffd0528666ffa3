'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import type { ActionContext, Chosen } from '#components/browse/actions/action.ts';
import { nameOfChosen } from '#components/browse/actions/chosen.ts';
import { selectionOf } from '#components/browse/actions/selection-of.ts';
import { StorageClass } from '#components/browse/storage-class.tsx';
import { ThawChoice } from '#components/history/thaw-choice.tsx';
import { wordsOf } from '#components/trash/operation-words.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { formatBytes, formatMoney, formatPlural } from '#components/ui/format.ts';
import { formatDate } from '#components/ui/format-time.ts';
import { Note } from '#components/ui/note.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { ClassChangeOffer } from '#lib/cost/schema.ts';
import { ApiError, api } from '#lib/http/api-client.ts';
import { isArchived, nameOfClass } from '#lib/lifecycle/storage-classes.ts';
import type { OperationParams, ThawWish } from '#lib/operations/schema.ts';
import { tiersFor } from '#lib/restore/thaw-offers.ts';
import { classOptions, offerFacts, refusalsOf, sumOf } from './class-words.ts';

/** Bringing what is chosen into another storage class: each class with what it costs and why the store refuses it, then one click. */
export function ClassDialog({ chosen, context, close }: { chosen: Chosen; context: ActionContext; close: () => void }) {
  const [picked, pick] = useState('');
  const [wish, setWish] = useState<ThawWish>({ tier: 'Standard', days: 3 });
  const [selection] = useState(() => selectionOf(chosen));
  const library = context.library.slug;
  const { data, error } = useQuery({
    queryKey: ['class-change', library, selection],
    queryFn: () => api('POST /libraries/{library}/class-change/preview', { library, selection }),
    gcTime: 0,
    retry: false,
  });
  const preview = data?.preview;
  const offer = preview?.offers.find(({ storageClass }) => storageClass === picked);
  const refusals = refusalsOf(preview?.offers ?? []);
  const frozen = sumOf(offer?.archived ?? []);
  const tiers = tiersFor(offer?.archived.map(({ storageClass }) => storageClass) ?? []);
  const thaw: ThawWish = tiers.includes(wish.tier) ? wish : { ...wish, tier: tiers[0] ?? 'Standard' };
  const what = nameOfChosen(chosen);
  const change = ({ storageClass }: ClassChangeOffer) => {
    close();
    const params = {
      storageClass: storageClass as NonNullable<OperationParams['storageClass']>,
      ...(frozen.count > 0 ? { thaw } : {}),
    };
    void context.operations.run({ type: 'reclass', selection, params }, wordsOf('reclass', what));
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={
        <>
          Storage class of <bdi>{what}</bdi>
        </>
      }
      description={
        preview &&
        `${formatPlural(preview.files, 'file')}, ${formatBytes(preview.bytes)}: ${formatMoney(preview.now.perMonth)} a month in ${new Intl.ListFormat('en').format(preview.now.classes.map(({ storageClass }) => nameOfClass(storageClass)))}`
      }
      width="large"
      footer={
        <>
          <p className="mr-auto min-w-0 flex-1 basis-64 max-sm:basis-full text-meta leading-[17px] text-fg-2 tabular-nums">
            {offer && (
              <>
                {offerFacts(offer, preview?.now.perMonth ?? 0)}{' '}
                <b className="font-medium text-fg">You can undo this.</b>
              </>
            )}
          </p>
          <DialogClose render={<Button size="field">Cancel</Button>} />
          <Button
            size="field"
            variant="primary"
            disabledReason={offer ? undefined : preview ? 'Choose a storage class' : 'Nothing is counted yet'}
            onClick={() => offer && change(offer)}
          >
            {offer ? `Change ${formatPlural(offer.count, 'file')}` : 'Change class'}
          </Button>
        </>
      }
    >
      {error && (
        <Note tone="danger" icon={<CircleAlert />}>
          <b>What it would cost was not counted.</b>{' '}
          {error instanceof ApiError ? error.detail : 'Strata did not answer.'}
        </Note>
      )}
      {!error && !preview && <Skeleton className="h-80 w-full" />}
      {preview && (
        <>
          <RadioGroup
            label="Storage class"
            value={picked}
            onChange={pick}
            options={classOptions(preview.offers).map(({ storageClass, ...option }) => ({
              ...option,
              value: storageClass,
              label: <StorageClass name={storageClass} />,
            }))}
          />
          {offer && frozen.count > 0 && (
            <div className="mt-3">
              <ThawChoice
                kind={{ kind: 'thaw', ...frozen, classes: offer.archived, chosen: frozen }}
                rates={preview.rates}
                wish={thaw}
                onWish={setWish}
                frozen={false}
                of="class-change"
              />
            </div>
          )}
          <p className="mt-3 text-meta text-fg-3">
            Each file gets a new version in its new class. The version before stays where it lies and is billed there
            until a rule removes old versions; rules under Lifecycle change the class without a copy.
            {refusals.length > 0 && ` ${refusals.join(' ')}`}
            {isArchived(picked) && ' Files in this class are opened only after a thaw.'} Prices: {preview.rates.sheet},{' '}
            {formatDate(`${preview.rates.asOf}T12:00:00Z`)}.
          </p>
        </>
      )}
    </Dialog>
  );
}
