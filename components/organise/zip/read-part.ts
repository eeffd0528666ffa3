import type { Buffers } from './buffers.ts';
import type { Part } from './plan-parts.ts';

/** Tries of one part; the second one goes on where the first broke off. */
const tries = 4;

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The bytes of one part of a version, read as fast as they come: what the browser is not asked for it keeps by itself, up to 60 MiB a request
 * (measured in Chromium 156), so a part and not the reading of it is what bounds memory. A line that breaks is taken up again at
 * the first byte that is missing, with a fresh link.
 * @param name for people, in errors
 * @param link to the version, with its id
 * @param buffers what is read into; whoever has used a run gives its memory back, or away
 * @returns runs of bytes in their order, each with its memory for itself
 */
export async function readPart(
  { from, to, isWhole }: Part,
  name: string,
  link: () => Promise<string>,
  signal: AbortSignal,
  buffers: Buffers,
): Promise<Bytes[]> {
  const runs: Bytes[] = [];
  let at = from;
  for (let attempt = 1; at < to; attempt++) {
    try {
      const inPart = !isWhole || at > from;
      const headers: Record<string, string> = inPart ? { range: `bytes=${at}-${to - 1}` } : {};
      const response = await fetch(await link(), { headers, signal, cache: 'no-store', credentials: 'omit' });
      if (!response.ok || !response.body || (inPart && response.status !== 206)) {
        throw new Error(`The store answered ${response.status} for ${name}.`);
      }
      for await (const run of runsOf(response.body, buffers)) {
        runs.push(run);
        at += run.byteLength;
      }
      if (at < to) throw new Error(`${name} ended after ${at} of ${to} bytes.`);
    } catch (error) {
      if (signal.aborted || attempt >= tries) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
    }
  }
  if (at > to) throw new Error(`${name} holds more bytes than it should.`);
  return runs;
}

/** A body as it comes, in memory of ours that is filled up each time; where the browser cannot do so, in its own. */
async function* runsOf(body: ReadableStream<Bytes>, buffers: Buffers): AsyncGenerator<Bytes> {
  const reader = ownMemoryReader(body);
  if (!reader) {
    const plain = body.getReader();
    for (let run = await plain.read(); !run.done; run = await plain.read()) yield run.value;
    return;
  }
  let memory = buffers.take();
  let filled = 0;
  for (;;) {
    // The reader keeps the memory until it answers, then it is there under another name. A line that breaks takes it along, with what was in it.
    const { done, value } = await reader.read(new Uint8Array(memory, filled));
    if (value) memory = value.buffer;
    if (done) break;
    filled += value.byteLength;
    if (filled < memory.byteLength) continue;
    yield new Uint8Array(memory);
    memory = buffers.take();
    filled = 0;
  }
  if (filled > 0) yield new Uint8Array(memory, 0, filled);
  else buffers.give(memory);
}

/** Null where bodies are no streams of bytes (Safari). */
function ownMemoryReader(body: ReadableStream<Bytes>): ReadableStreamBYOBReader | null {
  try {
    return body.getReader({ mode: 'byob' });
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
