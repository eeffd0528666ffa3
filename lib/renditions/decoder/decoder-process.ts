/**
 * Entry of a process that opens files from strangers: it has no keys, no environment, and may neither write files nor start programs.
 * One request at a time comes over the channel to the worker; when that closes, the process ends.
 */
import { open, readFile } from 'node:fs/promises';
import { FileProblem } from '../file-problem.ts';
import { sniffBytes } from '../limits.ts';
import { openedTypes } from '../opened-types.ts';
import type { DecoderQuestions, DecoderRequest, DecoderResponse } from './protocol.ts';
import { readExif } from './read-exif.ts';
import { makePreview, readDrawing, readPicture } from './read-picture.ts';
import { sniffType } from './sniff-type.ts';

async function answer(request: DecoderRequest): Promise<DecoderResponse> {
  try {
    switch (request.name) {
      case 'sniff':
        return { ok: await sniffType(request.ask.bytes, request.ask.name) };
      case 'look':
        return { ok: await look(request.ask.path, request.ask.name) };
      case 'picture':
        return { ok: await readPicture(request.ask.path) };
      case 'preview':
        return { ok: await makePreview(request.ask.path) };
      case 'drawing':
        return { ok: await readDrawing(request.ask.path) };
      case 'exif':
        return { ok: readExif(await readFile(request.ask.path)) };
    }
  } catch (error) {
    if (error instanceof FileProblem) return { problem: error.message };
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

async function look(path: string, name: string): Promise<DecoderQuestions['look']['answer']> {
  const file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(sniffBytes), 0, sniffBytes, 0).finally(() => file.close());
  const sniffed = await sniffType(buffer.subarray(0, bytesRead), name);
  if (!openedTypes.has(sniffed.contentType)) return { sniffed, picture: null };
  try {
    return { sniffed, picture: await readPicture(path) };
  } catch (error) {
    if (error instanceof FileProblem) return { sniffed, picture: error.message };
    throw error;
  }
}

process.on('message', (request: DecoderRequest) => {
  void answer(request).then((response) =>
    // A worker that was killed in the meantime leaves a channel that takes nothing (EPIPE): nobody waits for the answer any more.
    process.send?.(response, undefined, undefined, (error) => {
      if (error) process.exit(0);
    }),
  );
});
process.on('disconnect', () => process.exit(0));
