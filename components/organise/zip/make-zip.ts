import { crc32 } from './crc32.ts';
import type { ArchiveEntry } from './zip-entries.ts';
import { dataDescriptor, directoryEntry, endOfZip, localHeader, type ZipEntry } from './zip-format.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The bytes of a ZIP, made as they are asked for.
 * @param read the bytes of the entry at a place, exactly as many as it says
 * @param onFile is told the number of the file that is begun
 */
export async function* makeZip(
  entries: readonly ArchiveEntry[],
  read: (at: number) => AsyncIterable<Bytes>,
  onFile: (number: number) => void,
): AsyncGenerator<Bytes> {
  const written: ZipEntry[] = [];
  let offset = 0;
  let number = 0;
  for (const [at, entry] of entries.entries()) {
    const item = { name: entry.name, size: entry.size, modifiedAt: new Date(entry.modifiedAt) };
    const header = localHeader(item);
    // Counted before they are given away: who takes them may hand their memory on.
    const start = offset;
    offset += header.byteLength + entry.size;
    yield header;
    let crc = 0;
    if (entry.id !== null) {
      number += 1;
      onFile(number);
      for await (const piece of read(at)) {
        crc = crc32(piece, crc);
        yield piece;
      }
    }
    const descriptor = dataDescriptor(item, crc);
    written.push({ ...item, crc, offset: start });
    offset += descriptor.byteLength;
    yield descriptor;
  }
  let length = 0;
  for (const entry of written) {
    const line = directoryEntry(entry);
    length += line.byteLength;
    yield line;
  }
  yield endOfZip(written.length, offset, length);
}
