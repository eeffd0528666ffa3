'use client';

import type { ActionContext } from '#components/browse/actions/action.ts';
import { shownName } from '#components/browse/entry-key.ts';
import { whyNotWritable } from '#components/browse/library-context.tsx';
import { wordsOf } from '#components/trash/operation-words.ts';
import { PanelSection } from '#components/ui/side-panel.tsx';
import type { AssetEntry } from '#lib/assets/schema.ts';
import { TagChip } from './tag-chip.tsx';
import { TagInput } from './tag-input.tsx';

/** The tags of one file in its details. Each change is an operation of its own, and can be undone. */
export function TagsSection({
  asset,
  context,
}: {
  asset: AssetEntry;
  context: Pick<ActionContext, 'library' | 'operations'>;
}) {
  const { library, operations } = context;
  const locked = whyNotWritable(library, asset.path) !== undefined;
  const change = (params: { add?: string[]; remove?: string[] }) =>
    void operations.run({ type: 'tag', selection: { ids: [asset.id] }, params }, wordsOf('tag', shownName(asset)));
  if (locked && asset.tags.length === 0) return null;
  return (
    <PanelSection title="Tags" className="mt-3">
      {asset.tags.length > 0 && (
        <ul className="flex flex-wrap gap-1.5 pb-2" aria-label="Tags">
          {asset.tags.map((name) => (
            <li key={name} className="max-w-full">
              <TagChip name={name} onRemove={locked ? undefined : () => change({ remove: [name] })} />
            </li>
          ))}
        </ul>
      )}
      {!locked && (
        <TagInput
          library={library.slug}
          taken={asset.tags}
          height="control"
          onAdd={(name) => change({ add: [name] })}
        />
      )}
    </PanelSection>
  );
}
