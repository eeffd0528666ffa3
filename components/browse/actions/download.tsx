import { Download } from 'lucide-react';
import { download, mostDownloads } from '../content-url.ts';
import { isAsset, isFolder } from '../entry-key.ts';
import type { Chosen, EntryAction } from './action.ts';

/** Saves files one by one, each straight from the store. */
export const downloadFiles: EntryAction = {
  id: 'download',
  group: 'save',
  icon: <Download />,
  bar: 'Download',
  label: ({ count }) => (count === 1 ? 'Download' : `Download ${count.toLocaleString('en')} files`),
  applies: ({ count, entries }) => count > 1 || entries.some(isAsset),
  whyNot: whyNoDownload,
  run: ({ entries }) => download(entries.filter(isAsset)),
};

function whyNoDownload({ count, entries }: Chosen): string | undefined {
  if (entries.some(isFolder)) return 'A folder has no download of its own: open it and choose its files';
  if (count > mostDownloads) return `Up to ${mostDownloads} files are saved at once`;
  return undefined;
}
