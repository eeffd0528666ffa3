import { existsSync } from 'node:fs';
import { FileProblem } from './file-problem.ts';
import { renditionPixels } from './rendition-key.ts';
import { runTool } from './run-tool.ts';

/** The first page of a PDF as a picture file in `cwd`. @throws FileProblem */
export async function drawFirstPage(path: string, cwd: string, signal: AbortSignal): Promise<string> {
  const page = `${cwd}/page`;
  const size = String(renditionPixels.preview);
  const args = ['-q', '-f', '1', '-l', '1', '-singlefile', '-scale-to', size, '-jpeg', path, page];
  const { code } = await runTool('pdftoppm', args, cwd, signal);
  if (existsSync(`${page}.jpg`)) return `${page}.jpg`;
  // Drawing says a line for each odd byte, megabytes of a bad file, so it is told to be quiet and the other program is asked for the reason.
  const { stderr } = await runTool('pdfinfo', [path], cwd, signal);
  if (/password/i.test(stderr)) throw new FileProblem('It is protected by a password.');
  const reason = stderr
    .trim()
    .split('\n')
    .at(-1)
    ?.replace(/^Syntax Error( \(\d+\))?: /, '');
  throw new FileProblem(`It is damaged: ${reason?.slice(0, 160) || `its reader ended with ${code}`}.`);
}

/** How many pages it says it has; null when it does not. */
export async function countPages(path: string, cwd: string, signal: AbortSignal): Promise<number | null> {
  const { stdout } = await runTool('pdfinfo', [path], cwd, signal);
  const pages = Number(/^Pages:\s+(\d+)$/m.exec(stdout)?.[1]);
  return Number.isSafeInteger(pages) && pages > 0 && pages < 1e6 ? pages : null;
}

/** A HEIC picture as a JPEG file in `cwd`, turned as it is shown. @throws FileProblem */
export async function convertHeic(path: string, cwd: string, signal: AbortSignal): Promise<string> {
  const picture = `${cwd}/picture.jpg`;
  const { stderr } = await runTool('heif-convert', ['-q', '90', path, picture], cwd, signal);
  if (existsSync(picture)) return picture;
  // A file of several pictures is written as picture-1.jpg and on.
  if (existsSync(`${cwd}/picture-1.jpg`)) return `${cwd}/picture-1.jpg`;
  throw new FileProblem(`It is damaged: ${stderr.trim().split('\n').at(-1) || 'its reader says no more'}.`);
}
