import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { openObject } from '#lib/storage/read-object.ts';
import { toStoreError } from '#lib/storage/store-errors.ts';
import type { VersionRef } from '#lib/storage/types.ts';
import { filmEndBytes, mostFilmBytes, sniffBytes } from './limits.ts';

/** Bytes that are gathered before they are written: a write for each piece of 64 KiB costs more than the reading. */
const writtenAtOnce = 1024 * 1024;

/** A version being read: its first bytes, and what follows on demand. */
export type OpenedOriginal = {
  size: number;
  head: Buffer;
  /** Writes the whole version to a file. */
  saveWhole: (path: string) => Promise<void>;
  /** Writes the two ends of a large version to a file of its full length, with a hole between. */
  saveEnds: (path: string) => Promise<void>;
  close: () => void;
};

/**
 * Begins to read a version in one request: what its first bytes say decides whether the rest is asked for at all.
 * The caller must close it.
 * @throws AppError store_unavailable, not_found
 */
export async function openOriginal(ref: VersionRef, signal: AbortSignal): Promise<OpenedOriginal> {
  const { body, size } = await openObject(ref);
  const close = () => body.destroy();
  signal.addEventListener('abort', close, { once: true });
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first: Buffer[] = [];
  try {
    for (let bytes = 0; bytes < Math.min(size, sniffBytes); ) {
      const next = await chunks.next();
      if (next.done) break;
      first.push(next.value);
      bytes += next.value.length;
    }
  } catch (cause) {
    throw toStoreError(cause, 'Reading the object');
  }
  const start = Buffer.concat(first);
  return {
    size,
    head: start.subarray(0, sniffBytes),
    saveWhole: async (path) => {
      const file = await open(path, 'w');
      try {
        if (start.length > 0) await file.writev([start]);
        let held: Buffer[] = [];
        let bytes = 0;
        const write = async () => {
          await file.writev(held);
          held.forEach(giveBack);
          held = [];
          bytes = 0;
        };
        for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
          held.push(next.value);
          bytes += next.value.length;
          if (bytes >= writtenAtOnce) await write();
        }
        if (bytes > 0) await write();
        signal.throwIfAborted();
      } catch (cause) {
        throw toStoreError(cause, 'Reading the object');
      } finally {
        await file.close();
      }
    },
    saveEnds: async (path) => {
      close();
      const file = await open(path, 'w');
      try {
        await file.truncate(size);
        for (const from of [0, size - filmEndBytes]) {
          const range = { start: from, end: from + filmEndBytes - 1 };
          const { body: part } = await openObject(ref, range);
          await pipeline(part, createWriteStream(path, { flags: 'r+', start: from }), { signal });
        }
      } catch (cause) {
        throw toStoreError(cause, 'Reading the object');
      } finally {
        await file.close();
      }
    },
    close,
  };
}

/** Whether only the ends of it are read. */
export const isTooLongToRead = (size: number): boolean => size > mostFilmBytes;

/**
 * Frees a piece that has been written, if its memory is its own. Left to the garbage collector, the pieces of a few photos make it go through the whole
 * heap: 10 ms a photo (decision 069).
 */
function giveBack(piece: Buffer): void {
  if (piece.byteOffset === 0 && piece.buffer.byteLength === piece.byteLength) (piece.buffer as ArrayBuffer).transfer(0);
}
