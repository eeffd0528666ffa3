'use client';

import { useState } from 'react';
import { useSaving } from '#components/shell/use-saving.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Textarea } from '#components/ui/input.tsx';
import type { PriceSheet } from '#lib/cost/schema.ts';
import { api } from '#lib/http/api-client.ts';

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
  const { busy, problem, setProblem, save } = useSaving();
  const saveSheet = async (read: () => PriceSheet | null) => {
    let sheet: PriceSheet | null;
    try {
      sheet = read();
    } catch (error) {
      return setProblem(`This is no JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
    await save(async () => onSaved(await api('PUT /admin/libraries/{library}/prices', { library, prices: sheet })));
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
            <Button variant="quiet" className="mr-auto" busy={busy} onClick={() => void saveSheet(() => null)}>
              Take the sheet that ships
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} onClick={() => void saveSheet(() => JSON.parse(text) as PriceSheet)}>
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
