'use client';

import { Button } from '#components/ui/button.tsx';
import { CopyField } from '#components/ui/copy-field.tsx';
import { Dialog } from '#components/ui/dialog.tsx';

/** A password that was made for somebody. Closed only by its button: it never comes back. */
export function PasswordOnceDialog({
  name,
  email,
  password,
  onClose,
}: {
  name: string;
  email: string;
  password: string;
  onClose: () => void;
}) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Password for ${name}`}
      description={email}
      sticky
      hideClose
      footer={
        <Button size="field" variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <CopyField
        label="Password"
        value={password}
        hint="Shown once. Pass it on now; they can change it on their account page."
      />
    </Dialog>
  );
}
