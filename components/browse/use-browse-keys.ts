'use client';

import { useRouter } from 'next/navigation';
import { useShortcut } from '#components/shell/shortcuts.ts';
import { parentFolder } from '#lib/libraries/path-rules.ts';
import type { ActionContext } from './actions/action.ts';
import { chosenOf } from './actions/chosen.ts';
import { useActionKeys } from './actions/use-action-keys.ts';
import { type BrowseOptions, browseHref } from './browse-href.ts';
import { isAsset } from './entry-key.ts';
import type { Collection } from './use-collection.ts';
import type { useFolderUrl } from './use-folder-url.ts';
import type { usePanel } from './use-panel.ts';
import { comeFrom } from './use-place.ts';

/** The keys of a folder; those of the actions come from their list. */
export function useBrowseKeys({
  context,
  collection,
  url,
  panel,
  options,
  wide,
  newFolder,
}: {
  context: ActionContext;
  collection: Collection;
  url: ReturnType<typeof useFolderUrl>;
  panel: ReturnType<typeof usePanel>;
  options: BrowseOptions;
  /** The panel has a place of its own and does not lie over the content. */
  wide: boolean;
  newFolder: (() => void) | null;
}): void {
  const router = useRouter();
  const { folder, library } = context;
  const some = collection.listing.count > 0;
  const goUp = () => {
    const parent = browseHref(library.slug, parentFolder(folder), options);
    comeFrom(parent, `f${folder}`);
    router.push(parent);
  };
  useShortcut('parent', folder === '' ? null : goUp);
  useShortcut('newFolder', newFolder);
  useShortcut('view', () => url.setView(url.view === 'list' ? 'grid' : 'list'));
  useShortcut('details', panel.toggle);
  useShortcut('selectAll', some ? collection.all : null);
  useShortcut('clear', () => {
    if (panel.shown && !wide) return panel.close();
    if (collection.chosen.count > 0) return collection.clear();
    if (panel.shown) return panel.close();
    return false;
  });
  const subject = () => {
    if (collection.chosen.count > 0) return collection.chosen;
    const key = document.activeElement?.closest<HTMLElement>('[data-entry]')?.dataset.entry;
    const focused = key === undefined ? undefined : collection.listing.at(collection.listing.indexOf(key));
    return chosenOf(focused ? [focused] : []);
  };
  useShortcut(
    'quickLook',
    some
      ? () => {
          const [entry] = subject().entries;
          if (!entry || !isAsset(entry)) return false;
          context.open(entry);
        }
      : null,
  );
  useActionKeys(some ? subject : null, context);
}
