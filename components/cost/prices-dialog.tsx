'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Textarea } from '#components/ui/input.tsx';
import type { PriceSheet } from '#lib/cost/schema.ts';
import { ApiError, api } from '#lib/http/api-client.ts';

type Saved = { prices: PriceSheet; ownPrices: boolean };

/** The price sheet as its file: to read, to replace, to take the one that ships again. */
export function PricesDialog({
  library,
  prices,
  own,
  onClose,
  onSaved,
}: {
  library: string;
  prices: PriceSheet;
  own: boolean;
  onClose: () => void;
  onSaved: (saved: Saved) => void;
}) {
  const [text, setText] = useState(() => JSON.stringify(prices, null, 2));
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const save = async (read: () => PriceSheet | null) => {
    setProblem(undefined);
    let sheet: PriceSheet | null;
    try {
      sheet = read();
    } catch (error) {
      return setProblem(`This is no JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
    setBusy(true);
    try {
      onSaved(await api('PUT /admin/libraries/{library}/prices', { library, prices: sheet }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const fields = error.errors.map(({ path, message }) => `${path} ${message}`).join('; ');
      setProblem(fields ? `${error.detail} ${fields}.` : error.detail);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Prices"
      description={own ? 'Your own sheet, for every library of this store' : 'The sheet that ships with Strata'}
      width="plan"
      footer={
        <>
          {own && (
            <Button variant="quiet" className="mr-auto" busy={busy} onClick={() => void save(() => null)}>
              Take the sheet that ships
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} onClick={() => void save(() => JSON.parse(text) as PriceSheet)}>
            Save prices
          </Button>
        </>
      }
    >
      <Field
        label="Price sheet"
        hint="Money a GB and month, and for 1,000 requests. Give it the date of your price list. A class that is not named is billed as STANDARD."
        error={problem}
      >
        <Textarea
          value={text}
          spellCheck={false}
          rows={16}
          onChange={(event) => setText(event.target.value)}
          className="type-code"
        />
      </Field>
    </Dialog>
  );
}
