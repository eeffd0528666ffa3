'use client';

import { ListChecks, Trash2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { RestoreToMomentButton } from '#components/history/restore-to-moment-button.tsx';
import { Button } from '#components/ui/button.tsx';
import { formatBytes, formatCount, formatPlural } from '#components/ui/format.ts';
import { capitalise } from '#components/ui/format-time.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Facts, PanelSection, SidePanel } from '#components/ui/side-panel.tsx';
import type { ActionContext, Chosen } from './actions/action.ts';
import { whyNotNow } from './actions/all-actions.ts';
import { nameOfChosen } from './actions/chosen.ts';
import { moveToTrash } from './actions/trash.tsx';
import { bytesOf, isAsset } from './entry-key.ts';
import { kindPlural } from './kind-label.tsx';
import { Preview } from './preview.tsx';

/** Two or more chosen: how many of what. */
export function SelectionPanel({
  chosen,
  actions,
  onClose,
}: {
  chosen: Chosen;
  actions: ActionContext;
  onClose: () => void;
}) {
  const { entries } = chosen;
  const assets = entries.filter(isAsset);
  const folders = entries.length - assets.length;
  const kinds = [...new Set(assets.map((asset) => asset.kind))];
  const complete = entries.length === chosen.count;
  return (
    <SidePanel label="Details" onClose={onClose}>
      <div className="grid h-34 grid-cols-3 gap-1 overflow-hidden rounded-3" aria-hidden="true">
        {assets.slice(0, 3).map((asset) => (
          <Preview key={asset.id} asset={asset} className="h-full" />
        ))}
        {assets.length < 3 && (
          <span className="grid place-items-center bg-sunken text-fg-3 [&>svg]:size-5">
            <ListChecks />
          </span>
        )}
      </div>
      <div className="mt-3 flex items-center gap-2">
        <h2 className="min-w-0 flex-1 text-title">{formatPlural(chosen.count, 'item')} selected</h2>
        <IconButton label="Close" keys="Esc" size="mini" icon={<X />} onClick={onClose} className="-mr-1" />
      </div>
      <p className="mt-px text-meta text-fg-3 tabular-nums">
        {complete ? formatBytes(bytesOf(entries)) : 'Every file of this folder'}
      </p>
      <div className="mt-3 flex gap-1.5">
        {actions.at !== null ? (
          <RestoreToMomentButton
            library={actions.library}
            paths={entries.map(({ path }) => path)}
            what={nameOfChosen(chosen)}
            at={actions.at}
          />
        ) : (
          <Button
            icon={<Trash2 />}
            disabledReason={whyNotNow(moveToTrash, chosen, actions)}
            onClick={() => moveToTrash.run(chosen, actions)}
          >
            Move to trash
          </Button>
        )}
      </div>
      {complete && (
        <PanelSection title="Kinds" className="mt-3">
          <Facts
            rows={[
              ...(folders > 0 ? ([['Folders', formatCount(folders)]] as [string, ReactNode][]) : []),
              ...kinds.map((kind): [string, ReactNode] => {
                const count = assets.filter((asset) => asset.kind === kind).length;
                return [capitalise(kindPlural(kind)[1]), formatCount(count)];
              }),
            ]}
          />
        </PanelSection>
      )}
    </SidePanel>
  );
}
