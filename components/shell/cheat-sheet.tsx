'use client';

import { Dialog } from '#components/ui/dialog.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { useActiveShortcuts, useSingleKeys } from './shortcuts.ts';

const GROUPS = ['Go', 'Select', 'Act', 'Look'] as const;

/** The keys that work now. Opened by `?` and from the account menu. */
export function CheatSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const active = useActiveShortcuts();
  const [single, setSingle] = useSingleKeys();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keys"
      description="What works on this page. Off while you type."
      width="large"
    >
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {GROUPS.map((group) => {
          const rows = active.filter(({ meaning }) => meaning.group === group);
          if (rows.length === 0) return null;
          return (
            <section key={group}>
              <h3 className="pb-1 text-micro text-fg-3">{group}</h3>
              <dl>
                {rows.map(({ id, meaning }) => (
                  <div key={id} className="flex min-h-7 items-center justify-between gap-4">
                    <dt className="text-fg">{meaning.label}</dt>
                    <dd className="flex gap-1">
                      {meaning.own && meaning.keys.includes('Left+Right') ? (
                        meaning.keys.split('+').map((key) => <Kbd key={key} keys={key} />)
                      ) : (
                        <Kbd keys={meaning.keys} />
                      )}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
      <div className="mt-4 border-t border-line pt-2">
        <Switch
          label="Single letters act"
          hint="Turn this off if a dictation tool or a slip of the hand sets them off."
          checked={single}
          onCheckedChange={setSingle}
        />
      </div>
    </Dialog>
  );
}
