import { Download, FileArchive } from 'lucide-react';
import { downloadZip } from '#components/organise/zip/download-zip.tsx';
import { download } from '../content-url.ts';
import type { EntryAction } from './action.ts';
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
  run: (chosen, { library }) => void downloadZip(library.slug, selectionOf(chosen), nameOfChosen(chosen)),
};
