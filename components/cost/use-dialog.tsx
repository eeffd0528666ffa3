'use client';

import { useState } from 'react';
import { useSaving } from '#components/shell/use-saving.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Note } from '#components/ui/note.tsx';
import type { MonthlyUse } from '#lib/cost/schema.ts';
import { api } from '#lib/http/api-client.ts';

const GB = 1024 ** 3;

export interface UseDialogProps {
  library: string;
  use: MonthlyUse | null;
  onClose: () => void;
  onSaved: () => void;
}

/** What people are expected to read a month, in GB and downloads: no store tells the app. */
export function UseDialog({ library, use, onClose, onSaved }: UseDialogProps) {
  const [gigabytes, setGigabytes] = useState(use ? String(use.bytes / GB) : '');
  const [downloads, setDownloads] = useState(use ? String(use.downloads) : '');
  const { busy, problem, save } = useSaving();
  const bytes = Math.round(Number(gigabytes) * GB);
  const count = Number(downloads);
  const whyNot =
    gigabytes === '' || !Number.isSafeInteger(bytes) || bytes < 0
      ? 'Give the amount in GB'
      : downloads === '' || !Number.isSafeInteger(count) || count < 0
        ? 'Give the number of downloads'
        : undefined;
  const saveUse = (next: MonthlyUse | null) =>
    save(async () => {
      await api('PUT /admin/libraries/{library}/cost/use', { library, use: next });
      onSaved();
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Expected reading"
      description="What people download and look at in a month. Their bytes pass Strata by, so nobody here counts them."
      footer={
        <>
          {use && (
            <Button variant="quiet" className="mr-auto" busy={busy} onClick={() => void saveUse(null)}>
              Say nothing
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={busy}
            disabledReason={whyNot}
            onClick={() => whyNot === undefined && void saveUse({ bytes, downloads: count })}
          >
            Save
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {problem && <Note tone="danger">{problem}</Note>}
        <div className="grid grid-cols-2 gap-2">
          <Field label="Read a month">
            <Input
              type="number"
              min={0}
              step="any"
              inputMode="decimal"
              value={gigabytes}
              onChange={(event) => setGigabytes(event.target.value)}
              trail={<span className="pr-2.5 text-meta text-fg-3">GB</span>}
            />
          </Field>
          <Field label="Downloads a month">
            <Input
              type="number"
              min={0}
              step={1}
              inputMode="numeric"
              value={downloads}
              onChange={(event) => setDownloads(event.target.value)}
            />
          </Field>
        </div>
        <p className="text-meta text-fg-3">
          The bill of your store or the reports of CloudFront say it. It goes into the cost and into the forecast of
          rules: colder classes charge for reading.
        </p>
      </div>
    </Dialog>
  );
}
