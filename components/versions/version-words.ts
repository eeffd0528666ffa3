import { formatBytes } from '#components/ui/format.ts';
import { nameOfClass } from '#lib/lifecycle/storage-classes.ts';
import type { VersionView } from '#lib/versions/schema.ts';
import { fateSentence } from './fate-words.ts';

/** "You", a full name, or "Another tool" for what Strata did not write. */
export function whoMade(version: Pick<VersionView, 'by'>): string {
  if (!version.by) return 'Another tool';
  return version.by.you ? 'You' : version.by.name;
}

/** "Version 3", "Deleted by Jonas Weber", "Moved away by Jonas Weber". */
export function titleOf(version: Pick<VersionView, 'number' | 'isDeleteMarker' | 'by' | 'cause'>): string {
  if (!version.isDeleteMarker) return `Version ${version.number}`;
  const who = whoMade(version);
  const what = version.cause === 'move' ? 'Moved away' : 'Deleted';
  return `${what} by ${who === 'You' ? 'you' : who === 'Another tool' ? 'another tool' : who}`;
}

/** The number that the next version of a file gets: markers have none, and versions that are gone keep theirs. */
export function nextNumber(versions: Pick<VersionView, 'number'>[]): number {
  return Math.max(0, ...versions.map((version) => version.number ?? 0)) + 1;
}

/** What a click on Restore does, said before it: "Adds version 6 with the bytes of version 3". */
export function consequenceOf(version: Pick<VersionView, 'number'>, versions: Pick<VersionView, 'number'>[]): string {
  return `Adds version ${nextNumber(versions)} with the bytes of version ${version.number}`;
}

export type RestoreRight = { allowed: boolean; path: string; readOnlyReason: string | null };

/** Why a version cannot be restored, in words; undefined when it can. */
export function whyNoRestore(version: VersionView, right: RestoreRight): string | undefined {
  if (version.removedAt !== null) return 'Its bytes are gone from the store';
  if (version.isCurrent) return 'This is the current version';
  if (right.readOnlyReason) return right.readOnlyReason;
  if (!right.allowed) {
    const folder = right.path.slice(0, right.path.lastIndexOf('/') + 1);
    return folder ? `Only admins of ${folder} restore versions` : 'Only admins restore versions';
  }
  return undefined;
}

/** "moved from old/a.jpg": its earlier history is there. */
export function originOf({ path }: { path: string }, cause: VersionView['cause']): string {
  return `${cause === 'copy' ? 'copied' : 'moved'} from ${path}`;
}

/** "from version 3"; of a change of class "version 3 put into Standard-IA". */
export function sourceOf({ cause, restoredFrom, storageClass }: VersionView): string {
  return cause === 'reclass'
    ? `version ${restoredFrom} put into ${nameOfClass(storageClass ?? 'STANDARD')}`
    : `from version ${restoredFrom}`;
}

/** One line for screen readers: "Version 3, current, 9.4 MB". */
export function factsOf(version: VersionView): string {
  const facts = [titleOf(version)];
  if (version.isCurrent) facts.push('current');
  if (version.removedAt !== null) facts.push('gone from the store');
  else if (!version.isDeleteMarker) facts.push(formatBytes(version.size));
  if (version.goes) facts.push(lowerFirst(fateSentence(version.goes)));
  if (version.restoredFrom) facts.push(sourceOf(version));
  if (version.origin) facts.push(originOf(version.origin, version.cause));
  return facts.join(', ');
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
