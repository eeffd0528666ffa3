import { spawn } from 'node:child_process';
import { probeWorkerTools, toolPath } from '#lib/jobs/probe-worker-tools.ts';
import { FileProblem } from './file-problem.ts';
import { toolCpuSeconds, toolMemoryKib, toolOutputBytes, toolSeconds } from './limits.ts';

/** The programs that are used, each of a package that `probeWorkerTools` looks for. */
export type ToolName = 'ffmpeg' | 'ffprobe' | 'pdftoppm' | 'pdfinfo' | 'heif-convert';

/**
 * Limits are set by the shell in front of the program, so that they hold on every system; macOS has no limit of address space and says
 * so on stderr. `ulimit -f` counts blocks of 512 bytes in POSIX.
 */
const limited = `ulimit -c 0; ulimit -t ${toolCpuSeconds}; ulimit -f ${Math.ceil(toolOutputBytes / 512)}; ulimit -n 64; ulimit -v ${toolMemoryKib} 2>/dev/null; exec nice -n 10 "$@"`;

/** Bytes kept of what a program prints. */
const mostPrinted = 4 * 1024 * 1024;

export type ToolRun = { code: number | null; stdout: string; stderr: string };

/** What this machine has, by the names of `probeWorkerTools`; asked once a process. */
export function foundTools(): Promise<Set<string>> {
  found ??= probeWorkerTools().then((tools) => new Set(tools.filter((tool) => tool.found).map((tool) => tool.name)));
  return found;
}
let found: Promise<Set<string>> | undefined;

/**
 * Runs one program on one file, with an empty environment and limits on processor, memory, output and time.
 * @param cwd a folder of this run alone
 * @throws FileProblem when it took too long or printed too much; its exit code is the caller's to judge
 * @throws Error when it is not on this machine
 */
export function runTool(name: ToolName, args: string[], cwd: string, signal?: AbortSignal): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-c', limited, 'sh', name, ...args], {
      cwd,
      env: { PATH: toolPath, LC_ALL: 'C', NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that the end of its time ends what it started too.
      detached: true,
    });
    const stop = () => {
      try {
        process.kill(-(child.pid ?? 0), 'SIGKILL');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    };
    let failure: Error | null = null;
    const fail = (error: Error) => {
      failure ??= error;
      stop();
    };
    const timer = setTimeout(
      () => fail(new FileProblem(`Reading it took longer than ${toolSeconds} s.`)),
      toolSeconds * 1000,
    );
    const onAbort = () => fail(signal?.reason as Error);
    signal?.addEventListener('abort', onAbort);
    const printed = { stdout: [] as Buffer[], stderr: [] as Buffer[], bytes: 0 };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].on('data', (chunk: Buffer) => {
        printed.bytes += chunk.length;
        if (printed.bytes > mostPrinted) fail(new FileProblem('It holds more than its reader can tell.'));
        else printed[stream].push(chunk);
      });
    }
    child.on('error', fail);
    child.on('close', (code) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      if (failure) return reject(failure);
      const text = (stream: 'stdout' | 'stderr') => Buffer.concat(printed[stream]).toString('utf8');
      resolve({ code, stdout: text('stdout'), stderr: text('stderr') });
    });
  });
}
