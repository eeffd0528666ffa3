'use client';

import { useSingleKeys } from '#components/shell/shortcuts.ts';
import { Switch } from '#components/ui/switch.tsx';
import { AccountSection } from './account-section.tsx';

/** Single letters as keys can be switched off (WCAG 2.1.4); then letters go to a name in the list. */
export function KeysSection() {
  const [single, setSingle] = useSingleKeys();
  return (
    <AccountSection title="Keys" text="Kept in this browser. Press ? on any page for the keys that work there.">
      <Switch
        label="Single letters act"
        hint="U uploads, N makes a folder, and so on. Off, letters go to a name in the list instead."
        checked={single}
        onCheckedChange={setSingle}
      />
    </AccountSection>
  );
}
