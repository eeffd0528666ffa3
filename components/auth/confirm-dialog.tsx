'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { FieldError } from '#components/ui/field.tsx';
import { errorText } from './tell-error.ts';

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What happens then, with numbers, and whether it can be undone. */
  children: ReactNode;
  /** Null: there is nothing to do, so the dialog only closes. */
  confirm: string | null;
  danger?: boolean;
  /** Runs while the button is busy. The dialog closes when it resolves; what it throws is shown. */
  onConfirm: () => Promise<void>;
}

/** Says the consequence before the click, for what cannot be taken back by Undo. */
export function ConfirmDialog({ open, onOpenChange, title, children, confirm, danger, onConfirm }: ConfirmDialogProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const change = (next: boolean) => {
    if (busy) return;
    setProblem(null);
    onOpenChange(next);
  };
  const run = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={title}
      width="small"
      hideClose
      sticky={busy}
      footer={
        <>
          <Button size="field" onClick={() => change(false)}>
            {confirm === null ? 'Close' : 'Cancel'}
          </Button>
          {confirm !== null && (
            <Button size="field" variant={danger ? 'danger' : 'primary'} busy={busy} onClick={run}>
              {confirm}
            </Button>
          )}
        </>
      }
    >
      <div className="text-read">{children}</div>
      <FieldError>{problem}</FieldError>
    </Dialog>
  );
}
