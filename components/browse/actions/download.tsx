import { Download, FileArchive } from 'lucide-react';
import type { downloadZip } from '#components/organise/zip/download-zip.tsx';
import { tellFailure } from '#components/trash/use-operations.tsx';
import { nameOf } from '#lib/libraries/path-rules.ts';
import { download } from '../content-url.ts';
import type { ActionContext, EntryAction } from './action.ts';
import { nameOfChosen, oneAsset } from './chosen.ts';
import { selectionOf } from './selection-of.ts';

/** One file as it is; several, and folders, as one ZIP. Straight from the store either way. */
export const downloadFile: EntryAction = {
  id: 'download',
  group: 'save',
  icon: <Download />,
  bar: 'Download',
  label: () => 'Download',
  applies: (chosen) => oneAsset(chosen) !== null,
  whyNot: (chosen) => (oneAsset(chosen)?.since?.removedAt ? 'Its bytes are gone from the store' : undefined),
  run: (chosen) => {
    const one = oneAsset(chosen);
    if (one) download([one]);
  },
};

export const downloadMany: EntryAction = {
  id: 'download-zip',
  group: 'save',
  icon: <FileArchive />,
  bar: 'Download',
  label: (chosen) => `Download ${chosen.count === 1 ? 'as ZIP' : `${nameOfChosen(chosen)} as ZIP`}`,
  applies: (chosen) => oneAsset(chosen) === null,
  run: (chosen, { library, at }) => save(library.slug, { selection: selectionOf(chosen), at }, nameOfChosen(chosen)),
};

/** All that the open folder holds, at the moment that is shown. */
export function saveFolder({ library, folder, at }: Pick<ActionContext, 'library' | 'folder' | 'at'>): void {
  save(library.slug, { selection: { paths: [folder] }, at }, nameOf(folder) || library.name);
}

function save(library: string, source: Parameters<typeof downloadZip>[1], what: string): void {
  import('#components/organise/zip/download-zip.tsx').then(
    (part) => part.downloadZip(library, source, what),
    (error: unknown) => tellFailure('The download did not begin', error),
  );
}
