'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Textarea } from '#components/ui/input.tsx';
import type { GuardrailRow } from '#lib/guardrails/schema.ts';

export interface EditJsonDialogProps {
  change: NonNullable<GuardrailRow['change']>;
  onClose: () => void;
  onApply: (documents: Record<string, unknown>[]) => Promise<void>;
}

/** The policies as they would be, to be written otherwise. They are judged and tried like the proposal. */
export function EditJsonDialog({ change, onClose, onApply }: EditJsonDialogProps) {
  const [texts, setTexts] = useState(() => change.documents.map(({ after }) => JSON.stringify(after, null, 2)));
  const [busy, setBusy] = useState(false);
  const problems = texts.map(problemOf);
  const apply = async () => {
    setBusy(true);
    await onApply(texts.map((text) => JSON.parse(text) as Record<string, unknown>));
    setBusy(false);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Edit JSON"
      description="The whole document, with the statements of others. It is tried right after, and taken back if uploads fail under it."
      width="plan"
      footer={
        <>
          <Button size="field" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            size="field"
            busy={busy}
            disabledReason={problems.find((one) => one !== undefined)}
            onClick={() => void apply()}
          >
            Apply and probe
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {change.documents.map(({ kind, name }, index) => (
          <Field
            key={kind + name}
            label={kind === 'user-policy' ? `Policy ${name}` : 'Bucket policy'}
            error={problems[index]}
          >
            <Textarea
              value={texts[index]}
              rows={Math.min(18, (texts[index] ?? '').split('\n').length + 1)}
              spellCheck={false}
              className="type-code"
              onChange={({ target }) => setTexts(texts.map((text, at) => (at === index ? target.value : text)))}
            />
          </Field>
        ))}
      </div>
    </Dialog>
  );
}

function problemOf(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'Statement' in value
      ? undefined
      : 'A policy is an object with the field Statement.';
  } catch (error) {
    return `This is no JSON: ${(error as Error).message}`;
  }
}
