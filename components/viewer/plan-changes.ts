import { formatBytes, formatDimensions, formatPlayTime } from '#components/ui/format.ts';
import { formatTime } from '#components/ui/format-time.ts';
import { fateSentence } from '#components/versions/fate-words.ts';
import { whoMade } from '#components/versions/version-words.ts';
import { nameOfClass } from '#lib/lifecycle/storage-classes.ts';
import type { VersionView } from '#lib/versions/schema.ts';

/** One line of "What changed": the value of A, and that of B or null where they are the same. */
export type ChangeRow = { term: string; a: string; b: string | null; more?: string };

/** What is different between two versions of one file, and what is not. */
export function planChanges(a: VersionView, b: VersionView): ChangeRow[] {
  const dimensions = (version: VersionView) =>
    version.width && version.height ? formatDimensions(version.width, version.height) : null;
  const duration = (version: VersionView) => (version.durationMs ? formatPlayTime(version.durationMs) : null);
  return [
    { ...row('Size', formatBytes(a.size), formatBytes(b.size)), ...share(a.size, b.size) },
    row('Dimensions', dimensions(a), dimensions(b)),
    row('Duration', duration(a), duration(b)),
    row('Type', a.contentType, b.contentType),
    row('Class', className(a), className(b)),
    row('Lifecycle', fate(a), fate(b)),
    row('Uploaded', formatTime(a.modifiedAt), formatTime(b.modifiedAt)),
    row('By', whoMade(a), whoMade(b)),
    row('CRC64NVME', a.crc64nvme, b.crc64nvme),
  ].filter((each) => each.a !== '' || (each.b !== null && each.b !== ''));
}

const row = (term: string, a: string | null, b: string | null): ChangeRow => ({
  term,
  a: a ?? '',
  b: a === b ? null : (b ?? 'unknown'),
});

const fate = ({ goes }: VersionView) => goes && fateSentence(goes);

const className = ({ storageClass }: VersionView) => nameOfClass(storageClass ?? 'STANDARD');

/** "+16 %" */
function share(a: number, b: number): { more?: string } {
  if (a === 0 || a === b) return {};
  const percent = Math.round(((b - a) / a) * 100);
  return percent === 0 ? {} : { more: `${percent > 0 ? '+' : '-'}${Math.abs(percent).toLocaleString('en')}\u202f%` };
}
