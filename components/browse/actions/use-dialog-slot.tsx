'use client';

import { Fragment, type ReactNode, useCallback, useState } from 'react';

type Dialog = (close: () => void) => ReactNode;

/** A place for one dialog at a time, asked for by an action. */
export function useDialogSlot(): { ask: (dialog: Dialog) => void; slot: ReactNode } {
  const [asked, setAsked] = useState<{ dialog: Dialog; id: number } | null>(null);
  const ask = useCallback((dialog: Dialog) => setAsked((now) => ({ dialog, id: (now?.id ?? 0) + 1 })), []);
  const close = useCallback(() => setAsked(null), []);
  return { ask, slot: asked && <Fragment key={asked.id}>{asked.dialog(close)}</Fragment> };
}
