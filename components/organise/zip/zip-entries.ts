import { makeZip, predictLength } from 'client-zip';
import { api, type OutputOf } from '#lib/http/api-client.ts';

export type Archive = OutputOf<'POST /libraries/{library}/archive'>;
export type ArchiveEntry = Archive['entries'][number];
type Selection = Parameters<typeof api<'POST /libraries/{library}/archive'>>[1]['selection'];

/** Links asked for at once. They live for ten minutes, so not many files ahead. */
const linksAtOnce = 20;
/** Milliseconds that a link must still live when its file is begun. */
const linkMargin = 60_000;
/** Tries of one file; the second one goes on where the first broke off. */
const tries = 4;

/** Everything that a ZIP of a selection will hold. @throws ApiError */
export async function readArchive(library: string, selection: Selection): Promise<Archive> {
  const whole = await api('POST /libraries/{library}/archive', { library, selection });
  let { nextCursor } = whole;
  while (nextCursor !== null) {
    const page: Archive = await api('POST /libraries/{library}/archive', { library, selection, cursor: nextCursor });
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
 * The ZIP, read from the store as it is pulled: one file after the other, each over a link that is asked for shortly before.
 * @param onFile is told the number of the file that is begun
 */
export function zipStream(
  library: string,
  entries: readonly ArchiveEntry[],
  onFile: (number: number) => void,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const links = new Links(library, entries);
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
      yield { name, size, lastModified, input: bytesOf(entry, () => links.of(at), signal) };
    }
  }
  return makeZip(files());
}

/** Links just in time: those of the next files together. */
class Links {
  #library: string;
  #entries: readonly ArchiveEntry[];
  #known = new Map<number, { url: string; expiresAt: number }>();

  constructor(library: string, entries: readonly ArchiveEntry[]) {
    this.#library = library;
    this.#entries = entries;
  }

  async of(at: number): Promise<string> {
    const known = this.#known.get(at);
    if (known && known.expiresAt - Date.now() > linkMargin) return known.url;
    this.#known.clear();
    const wanted: { at: number; id: string; versionId: string }[] = [];
    for (let next = at; next < this.#entries.length && wanted.length < linksAtOnce; next++) {
      const entry = this.#entries[next];
      if (entry?.id && entry.versionId) wanted.push({ at: next, id: entry.id, versionId: entry.versionId });
    }
    const items = wanted.map(({ id, versionId }) => ({ id, versionId }));
    const { results } = await api('POST /libraries/{library}/archive/links', { library: this.#library, items });
    for (const [index, result] of results.entries()) {
      const place = wanted[index];
      if (!place) continue;
      if (result.ok) this.#known.set(place.at, { url: result.url, expiresAt: Date.parse(result.expiresAt) });
      else if (place.at === at) throw new Error(`${this.#entries[at]?.name}: ${result.error.detail}`);
    }
    return this.of(at);
  }
}

/** The bytes of one version. A line that breaks is taken up again at the same byte, with a fresh link. */
async function* bytesOf(
  entry: ArchiveEntry,
  link: () => Promise<string>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let sent = 0;
  for (let attempt = 1; sent < entry.size; attempt++) {
    try {
      const headers: Record<string, string> = sent > 0 ? { range: `bytes=${sent}-` } : {};
      const response = await fetch(await link(), { headers, signal, cache: 'no-store', credentials: 'omit' });
      if (!response.ok || !response.body || (sent > 0 && response.status !== 206)) {
        throw new Error(`The store answered ${response.status} for ${entry.name}.`);
      }
      const reader = response.body.getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        sent += piece.value.byteLength;
        yield piece.value as Uint8Array<ArrayBuffer>;
      }
      if (sent < entry.size) throw new Error(`${entry.name} ended after ${sent} of ${entry.size} bytes.`);
    } catch (error) {
      if (signal.aborted || attempt >= tries) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
    }
  }
  if (sent > entry.size) throw new Error(`${entry.name} holds more bytes than it should.`);
}
