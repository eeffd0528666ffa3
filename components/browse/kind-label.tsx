import { Archive, File, FileText, Film, Image, Music, ScrollText } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AssetEntry, AssetKind } from '#lib/assets/schema.ts';

const icons: Record<AssetKind, ReactNode> = {
  image: <Image aria-hidden="true" />,
  video: <Film aria-hidden="true" />,
  audio: <Music aria-hidden="true" />,
  document: <FileText aria-hidden="true" />,
  text: <ScrollText aria-hidden="true" />,
  archive: <Archive aria-hidden="true" />,
  other: <File aria-hidden="true" />,
};
const labels: Record<AssetKind, string> = {
  image: 'Image',
  video: 'Video',
  audio: 'Audio',
  document: 'Document',
  text: 'Text',
  archive: 'Archive',
  other: 'File',
};
const plurals: Record<AssetKind, [one: string, many: string]> = {
  image: ['image', 'images'],
  video: ['video', 'videos'],
  audio: ['audio file', 'audio files'],
  document: ['document', 'documents'],
  text: ['text', 'texts'],
  archive: ['archive', 'archives'],
  other: ['other file', 'other files'],
};
/** What cameras write. */
const photo = /^image\/(jpeg|heic|heif|x-)/;

export function kindIcon(kind: AssetKind): ReactNode {
  return icons[kind];
}

/** "Photo", "Video". */
export function kindLabel(asset: Pick<AssetEntry, 'kind' | 'contentType'>): string {
  return asset.kind === 'image' && asset.contentType && photo.test(asset.contentType) ? 'Photo' : labels[asset.kind];
}

/** The words for a count by kind: "3 videos". */
export function kindPlural(kind: AssetKind): [one: string, many: string] {
  return plurals[kind];
}
