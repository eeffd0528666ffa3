'use client';

import { TriangleAlert } from 'lucide-react';
import { type ReactNode, useId, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { FieldError } from './field.tsx';
import { Input } from './input.tsx';
import { Note } from './note.tsx';

export interface TypedConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** "Delete 18 files forever?" */
  title: string;
  description?: string;
  /** What goes and what it frees, with numbers. */
  warning: ReactNode;
  /** What must be typed: "delete 18 files". Case and outer spaces do not count. */
  phrase: string;
  /** On the button: "Delete forever". */
  confirm: string;
  /** Runs while the button is busy. The dialog closes when it resolves; what it throws is shown. */
  onConfirm: () => Promise<void>;
  /** The names that are concerned, a few of them, and how many more. */
  children?: ReactNode;
}

/** For what cannot be undone, and for nothing else: counted, named, typed. */
export function TypedConfirmDialog({
  open,
  onOpenChange,
  title,
  description,
  warning,
  phrase,
  confirm,
  onConfirm,
  children,
}: TypedConfirmDialogProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const matches = typed.trim().toLocaleLowerCase('en') === phrase.toLocaleLowerCase('en');

  const change = (next: boolean) => {
    if (busy) return;
    setTyped('');
    setError(undefined);
    onOpenChange(next);
  };
  const run = async () => {
    if (!matches || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      setTyped('');
      onOpenChange(false);
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={title}
      description={description}
      role="alertdialog"
      width="large"
      hideClose
      sticky={busy}
      initialFocus={input}
      footer={
        <>
          <Button size="field" onClick={() => change(false)}>
            Cancel
          </Button>
          <Button
            size="field"
            variant="danger"
            busy={busy}
            disabledReason={matches ? undefined : `Type "${phrase}" first`}
            onClick={run}
          >
            {confirm}
          </Button>
        </>
      }
    >
      <Note tone="danger" icon={<TriangleAlert />}>
        {warning}
      </Note>
      {children && <div className="mt-2.5">{children}</div>}
      <form
        className="mt-3.5 grid gap-1.5 pb-1"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <label htmlFor={id} className="text-fg">
          Type <b className="font-semibold">{phrase}</b> to go on
        </label>
        <Input
          id={id}
          ref={input}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-describedby={`${id}-error`}
        />
        <FieldError id={`${id}-error`}>{error}</FieldError>
      </form>
    </Dialog>
  );
}
