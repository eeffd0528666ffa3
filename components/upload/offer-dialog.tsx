'use client';

import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { formatBytes, formatPlural } from '#components/ui/format.ts';
import { addToast } from '#components/ui/toast-store.ts';
import type { OpenSession, UploadItem } from '#lib/uploads/browser/types.ts';
import { mismatchWords } from './mismatch-words.ts';
import { putOffersAside, useOffersAside } from './offer-asked.ts';
import { uploadEngine, useOffers } from './upload-hooks.ts';

/** Files were dropped that belong to unfinished uploads to other places: continue there, or send them here too? */
export function OfferDialog() {
  const offers = useOffers();
  const put = useOffersAside();
  const asked = offers.filter((item) => item.offer !== null && !put.has(item.id));
  const first = asked[0];
  if (!first?.offer) return null;

  const settle = (accept: boolean) => {
    for (const item of asked) void answer(item, accept);
    putOffersAside(new Set(asked.map((item) => item.id)));
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) putOffersAside(new Set(asked.map((item) => item.id)));
      }}
      title={
        asked.length === 1 ? (
          <>
            Continue the upload of <bdi>{first.name}</bdi>?
          </>
        ) : (
          `Continue ${formatPlural(asked.length, 'unfinished upload')}?`
        )
      }
      footer={
        <>
          <Button size="field" onClick={() => settle(false)}>
            Upload here instead
          </Button>
          <Button size="field" variant="primary" onClick={() => settle(true)}>
            Continue {asked.length === 1 ? 'it' : `all ${asked.length}`} there
          </Button>
        </>
      }
    >
      <ul className="grid gap-2">
        {asked.slice(0, 4).map((item) => (
          <li key={item.id} className="min-w-0">
            <bdi className="text-label text-fg [overflow-wrap:anywhere]">{item.offer?.path}</bdi>
            <p className="text-meta text-fg-3 tabular-nums">{keptWords(item.offer)}</p>
          </li>
        ))}
        {asked.length > 4 && <li className="text-meta text-fg-3">and {asked.length - 4} more</li>}
      </ul>
    </Dialog>
  );
}

function keptWords(session: OpenSession | null): string {
  if (!session) return '';
  return session.storedBytes > 0
    ? `${formatBytes(session.storedBytes)} of ${formatBytes(session.size)} are kept there and are not sent again.`
    : `Begun there, ${formatBytes(session.size)}, nothing sent yet.`;
}

async function answer(item: UploadItem, accept: boolean): Promise<void> {
  const result = await uploadEngine().answerOffer(item, accept);
  if (!result.ok)
    addToast({
      kind: 'error',
      title: `${item.name} is sent here.`,
      detail: `It could not continue the unfinished upload. ${mismatchWords(result.mismatch)}`,
    });
}
