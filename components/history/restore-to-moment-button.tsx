'use client';

import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { whyNotAdmin } from '#components/browse/library-context.tsx';
import { Button } from '#components/ui/button.tsx';
import type { LibraryView } from '#lib/libraries/schema.ts';
import { RestoreToMomentDialog } from './restore-to-moment-asked.ts';
import type { RestoreToMomentAsked } from './restore-to-moment-dialog.tsx';

export interface RestoreToMomentButtonProps extends RestoreToMomentAsked {
  label?: string;
  className?: string;
}

/** The one thing that can be done with the past: make it the present again. Opens the plan; nothing changes by this click alone. */
export function RestoreToMomentButton({
  library,
  paths,
  what,
  at,
  label = 'Restore to this moment',
  className,
}: RestoreToMomentButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="past"
        icon={<RotateCcw />}
        disabledReason={whyNoRestoreTo(library, paths)}
        onClick={() => setOpen(true)}
        className={className}
      >
        {label}
      </Button>
      {open && <RestoreToMomentDialog {...{ library, paths, what, at }} close={() => setOpen(false)} />}
    </>
  );
}

/** Why these cannot be restored to a moment, in words; undefined when they can. The server decides. */
export function whyNoRestoreTo(library: LibraryView, paths: readonly string[]): string | undefined {
  return whyNotAdmin(library, paths, 'restore to a moment');
}
