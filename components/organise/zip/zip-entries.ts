import { makeZip, predictLength } from 'client-zip';
import { api, type OutputOf } from '#lib/http/api-client.ts';
import { createArchiveLinks } from './archive-links.ts';
import { createReadAhead } from './read-ahead.ts';
import { bytesOf } from './read-version.ts';

export type Archive = OutputOf<'POST /libraries/{library}/archive'>;
export type ArchiveEntry = Archive['entries'][number];
type Input = Parameters<typeof api<'POST /libraries/{library}/archive'>>[1];
/** `at`: as it was at this moment, RFC 3339; null: now. */
export type ArchiveSource = { selection: Input['selection']; at: string | null };

/** Everything that a ZIP of a selection will hold. @throws ApiError */
export async function readArchive(library: string, { selection, at }: ArchiveSource): Promise<Archive> {
  const input: Input = { library, selection, ...(at === null ? {} : { at }) };
  const whole = await api('POST /libraries/{library}/archive', input);
  let { nextCursor } = whole;
  while (nextCursor !== null) {
    const page: Archive = await api('POST /libraries/{library}/archive', { ...input, cursor: nextCursor });
    whole.entries.push(...page.entries);
    nextCursor = page.nextCursor;
  }
  return whole;
}

/** Bytes of the finished ZIP. STORE: nothing is compressed, photos and films are already. */
export function zipLength(entries: readonly ArchiveEntry[]): bigint {
  return predictLength(entries.map(described));
}

/** A folder's object holds nothing; its name alone keeps it in the ZIP. */
const described = ({ name, size, modifiedAt, id }: ArchiveEntry) =>
  id === null ? { name, lastModified: new Date(modifiedAt) } : { name, size, lastModified: new Date(modifiedAt) };

/**
 * The ZIP, read from the store as it is pulled: one file after the other, each over a link that is asked for shortly before. Small files
 * are read ahead.
 * @param onFile is told the number of the file that is begun
 */
export function zipStream(
  library: string,
  entries: readonly ArchiveEntry[],
  onFile: (number: number) => void,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const linkOf = createArchiveLinks(library, entries);
  const read = (at: number) => bytesOf(entries[at] as ArchiveEntry, () => linkOf(at), signal);
  const ahead = createReadAhead(entries, read);
  async function* files() {
    let number = 0;
    for (const [at, entry] of entries.entries()) {
      signal.throwIfAborted();
      const { name, size } = entry;
      const lastModified = new Date(entry.modifiedAt);
      if (entry.id === null) {
        yield { name, lastModified };
        continue;
      }
      number += 1;
      onFile(number);
      yield { name, size, lastModified, input: (await ahead.take(at)) ?? read(at) };
    }
  }
  return makeZip(files());
}
