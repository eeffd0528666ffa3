import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { WorkerTool } from './schema.ts';

const run = promisify(execFile);
/** Milliseconds; a tool that does not say its version by then counts as missing. */
const patience = 10_000;

type ToolSpec = Pick<WorkerTool, 'name' | 'purpose' | 'install'> & {
  command: string;
  args: string[];
  /** The version in what it prints, first group. */
  version: RegExp;
};

const tools: ToolSpec[] = [
  {
    name: 'ffmpeg',
    purpose: 'Posters and lengths of videos',
    install: 'apt install ffmpeg',
    command: 'ffmpeg',
    args: ['-version'],
    version: /^ffmpeg version (\S+)/m,
  },
  {
    name: 'poppler',
    purpose: 'First pages of PDF files',
    install: 'apt install poppler-utils',
    command: 'pdftoppm',
    args: ['-v'],
    version: /^pdftoppm version (\S+)/m,
  },
  {
    name: 'heif-convert',
    purpose: 'Pictures of iPhones (HEIC)',
    install: 'apt install libheif-examples',
    command: 'heif-convert',
    // Before 1.17 it knows no option for its version: it prints how it is used, and fails.
    args: ['--version'],
    version: /(?:^|libheif: |libheif version: )(\d+\.\d+\.\d+)/m,
  },
];

/** What of the optional tools is on this machine. Asked once, when a worker starts. */
export function probeWorkerTools(): Promise<WorkerTool[]> {
  return Promise.all(tools.map(probe));
}

async function probe({ name, purpose, install, command, args, version }: ToolSpec): Promise<WorkerTool> {
  try {
    // An empty environment but for the path, as when it is used on files.
    const { stdout, stderr } = await run(command, args, {
      timeout: patience,
      env: { PATH: toolPath, NODE_ENV: 'production' },
    });
    return { name, purpose, install, found: true, version: versionIn(version, stdout, stderr) };
  } catch (error) {
    // A number is the exit code of a program that ran; one that cannot be run has a name for its error.
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
    const found = typeof code === 'number';
    return { name, purpose, install, found, version: found ? versionIn(version, stdout, stderr) : null };
  }
}

const versionIn = (version: RegExp, stdout: string, stderr: string) =>
  version.exec(`${stdout}\n${stderr}`)?.[1] ?? null;

/** Where distributions and Homebrew put programs. */
export const toolPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin';
