/**
 * Entry of a process that opens files from strangers: it has no keys, no environment, and may neither write files nor start programs.
 * One request at a time comes over the channel to the worker; when that closes, the process ends.
 */
import { readFile } from 'node:fs/promises';
import { FileProblem } from '../file-problem.ts';
import type { DecoderRequest, DecoderResponse } from './protocol.ts';
import { readExif } from './read-exif.ts';
import { makePreview, readPicture } from './read-picture.ts';
import { sniffType } from './sniff-type.ts';

async function answer(request: DecoderRequest): Promise<DecoderResponse> {
  try {
    switch (request.name) {
      case 'sniff':
        return { ok: await sniffType(request.ask.bytes, request.ask.name) };
      case 'picture':
        return { ok: await readPicture(request.ask.path) };
      case 'preview':
        return { ok: await makePreview(request.ask.path) };
      case 'exif':
        return { ok: readExif(await readFile(request.ask.path)) };
    }
  } catch (error) {
    if (error instanceof FileProblem) return { problem: error.message };
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
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
