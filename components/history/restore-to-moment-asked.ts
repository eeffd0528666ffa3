import { onDemand } from '#components/ui/on-demand.tsx';

/** The plan of a restore to a moment, fetched when somebody asks for it. */
export const RestoreToMomentDialog = onDemand(() =>
  import('./restore-to-moment-dialog.tsx').then((part) => part.RestoreToMomentDialog),
);
