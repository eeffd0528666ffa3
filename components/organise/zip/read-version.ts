import type { ArchiveEntry } from './zip-entries.ts';

/** Tries of one file; the second one goes on where the first broke off. */
const tries = 4;

/** The bytes of one version. A line that breaks is taken up again at the same byte, with a fresh link. */
export async function* bytesOf(
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
