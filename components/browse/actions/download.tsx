import { Download, FileArchive } from 'lucide-react';
import { tellFailure } from '#components/trash/use-operations.tsx';
import { download } from '../content-url.ts';
import { isAsset } from '../entry-key.ts';
import type { EntryAction } from './action.ts';
import { archiveOf } from './archive-of.ts';
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
  // What a folder held then is known of the folder that is open; those in it are opened first.
  applies: (chosen, { at }) => oneAsset(chosen) === null && (at === null || chosen.entries.every(isAsset)),
  run: (chosen, { library, at, folder }) => {
    const what = at === null ? selectionOf(chosen) : archiveOf(chosen.entries.filter(isAsset), folder);
    import('#components/organise/zip/download-zip.tsx').then(
      ({ downloadZip }) => downloadZip(library.slug, what, nameOfChosen(chosen)),
      (error: unknown) => tellFailure('The download did not begin', error),
    );
  },
};
