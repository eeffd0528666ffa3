'use client';

import { onDemand } from '#components/ui/on-demand.tsx';
import { useUploadSnapshot } from './upload-hooks.ts';

const TransferPanel = onDemand(() => import('./transfer-panel.tsx').then((part) => part.TransferPanel));

/** The panel of transfers at the foot of the content: put it into the shell's `dock`. Nothing is drawn while there is nothing to show. */
export function TransferDock() {
  const snapshot = useUploadSnapshot();
  const empty = snapshot.total === 0 && snapshot.groups.done.length === 0 && snapshot.reading === null;
  return empty ? null : <TransferPanel />;
}
