import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { toolPath } from '#lib/jobs/probe-worker-tools.ts';
import { FileProblem } from '../file-problem.ts';
import { decodeSeconds, drawingSeconds } from '../limits.ts';
import type { DecoderQuestions, DecoderRequest, DecoderResponse, QuestionName } from './protocol.ts';

const entry = join(import.meta.dirname, 'decoder-process.ts');
/** Files decoded by one process before it is replaced: what a decoder forgets to give back ends with it. */
const filesPerProcess = 2_000;
/** Milliseconds past the decoder's own limit before it is killed. */
const grace = 5_000;
/**
 * Address space of a decoder, KiB. Node 24 alone reserves about 6 GiB, of which it uses 0.1: V8's code range, and 4 GiB for the WebAssembly that
 * strips types. The rest is for pictures: libvips holds a WebP or an interlaced PNG whole, 4 bytes a pixel, sometimes twice.
 */
const memoryKib = 9 * 1024 * 1024;
/** One a processor: more would only take each other's turns. */
const most = Math.max(1, Math.min(4, availableParallelism()));

type Decoder = { child: ChildProcess; files: number };

/** All that were started and have not ended, at work or not. */
const alive = new Set<ChildProcess>();
const idle: Decoder[] = [];
const waiting: ((decoder: Decoder) => void)[] = [];
let running = 0;

/**
 * Asks a decoder process, one question at a time each. A decoder that crashes or hangs takes down only the file that it was at.
 * @throws FileProblem for what is wrong with the file, a crash and a hang included
 * @throws Error for a fault of the decoder
 */
export async function askDecoder<N extends QuestionName>(
  name: N,
  ask: DecoderQuestions[N]['ask'],
): Promise<DecoderQuestions[N]['answer']> {
  const decoder = await take();
  let healthy = false;
  try {
    const response = await exchange(decoder.child, { name, ask } as DecoderRequest);
    healthy = true;
    if ('problem' in response) throw new FileProblem(response.problem);
    if ('fault' in response) throw new Error(`The decoder failed: ${response.fault}`);
    return response.ok as DecoderQuestions[N]['answer'];
  } finally {
    release(decoder, healthy);
  }
}

/** Ends all decoders, at the end of the worker and of tests. One that is still at work fails its file, which is tried again. */
export function closeDecoders(): void {
  running -= idle.splice(0).length;
  for (const child of alive) child.kill('SIGKILL');
}

function take(): Promise<Decoder> {
  const free = idle.pop();
  if (free) return Promise.resolve(free);
  if (running < most) return Promise.resolve(start());
  return new Promise((resolve) => waiting.push(resolve));
}

function start(): Decoder {
  running += 1;
  const node = [
    process.execPath,
    '--no-warnings',
    '--max-old-space-size=512',
    // Its guard regions would reserve 4 GiB more.
    '--disable-wasm-trap-handler',
    // No writing, no programs, no worker threads; addons, because sharp is one.
    '--permission',
    '--allow-addons',
    '--allow-fs-read=*',
    entry,
  ];
  const limited = `ulimit -c 0; ulimit -v ${memoryKib} 2>/dev/null; exec nice -n 10 "$@"`;
  const child = spawn('/bin/sh', ['-c', limited, 'sh', ...node], {
    env: { PATH: toolPath, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  alive.add(child);
  child.once('close', () => alive.delete(child));
  // An idle decoder keeps no worker alive.
  child.unref();
  child.channel?.unref();
  return { child, files: 0 };
}

function release(decoder: Decoder, healthy: boolean): void {
  decoder.files += 1;
  let next: Decoder | null = decoder;
  if (!healthy || decoder.files >= filesPerProcess) {
    end(decoder.child);
    running -= 1;
    next = waiting.length > 0 ? start() : null;
  }
  const waiter = next && waiting.shift();
  if (waiter && next) waiter(next);
  else if (next) idle.push(next);
}

function end(child: ChildProcess): void {
  for (const name of ['message', 'exit', 'error']) child.removeAllListeners(name);
  // A broken channel is why we are here.
  child.on('error', () => {});
  child.kill('SIGKILL');
}

function exchange(child: ChildProcess, request: DecoderRequest): Promise<DecoderResponse> {
  const isDrawing = request.name === 'drawing';
  const seconds = isDrawing ? drawingSeconds : decodeSeconds;
  return new Promise((resolve, reject) => {
    const settle = (work: () => void) => {
      clearTimeout(timer);
      child.removeAllListeners('message');
      child.removeAllListeners('exit');
      child.removeAllListeners('error');
      work();
    };
    const timer = setTimeout(
      () => settle(() => reject(new FileProblem(`Reading it took longer than ${seconds} s.`))),
      // The decoder ends the reading of a picture by itself; of a drawing it cannot.
      seconds * 1000 + (isDrawing ? 0 : grace),
    );
    child.on('message', (response) => settle(() => resolve(response as DecoderResponse)));
    child.on('exit', (code, by) =>
      settle(() => reject(new FileProblem(`Its reader stopped in the middle of it (${by ?? `exit ${code}`}).`))),
    );
    child.on('error', (error) => settle(() => reject(error)));
    child.send(request, (error) => {
      if (error) settle(() => reject(error));
    });
  });
}
