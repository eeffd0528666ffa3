'use client';

import { LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { onDemand } from '#components/ui/on-demand.tsx';
import type { LibraryView } from '#lib/libraries/schema.ts';

const SwitchVersioningDialog = onDemand(() =>
  import('./switch-versioning-dialog.tsx').then((part) => part.SwitchVersioningDialog),
);

/** What keeps people from writing in the whole library, in words, and an admin's way out of it. */
export function ReadOnlyBanner({ library }: { library: LibraryView }) {
  const [asking, setAsking] = useState(false);
  const reason = library.readOnlyReason ?? library.uploadsRefusedReason;
  if (!reason) return null;
  const canSwitch = library.versioning !== 'enabled' && library.rootRole === 'admin';
  return (
    <Banner
      tone="warning"
      icon={<LockKeyhole aria-hidden="true" />}
      action={
        canSwitch ? (
          <Button onClick={() => setAsking(true)} className="h-6! px-2!">
            Switch versioning on
          </Button>
        ) : undefined
      }
    >
      {reason}
      {canSwitch && <SwitchVersioningDialog library={library} open={asking} onOpenChange={setAsking} />}
    </Banner>
  );
}
