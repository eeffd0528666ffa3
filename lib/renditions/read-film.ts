import { existsSync } from 'node:fs';
import { FileProblem } from './file-problem.ts';
import { mostPixels } from './limits.ts';
import { type FilmPlan, planFilm, probeReport } from './plan-film.ts';
import { renditionPixels } from './rendition-key.ts';
import { runTool } from './run-tool.ts';

/** For both programs: this reader, files and nothing else, one thread. */
const input = (demuxer: string, path: string) => [
  '-protocol_whitelist',
  'file,pipe',
  '-max_pixels',
  String(mostPixels),
  '-f',
  demuxer,
  '-i',
  path,
];

/** Length, size and facts of a film or song. @throws FileProblem */
export async function readFilm(path: string, demuxer: string, cwd: string, signal: AbortSignal): Promise<FilmPlan> {
  const args = ['-v', 'error', '-of', 'json', '-show_format', '-show_streams', ...input(demuxer, path)];
  const { code, stdout, stderr } = await runTool('ffprobe', args, cwd, signal);
  if (code !== 0) throw new FileProblem(`It is damaged: ${reasonOf(stderr)}`);
  const report = probeReport.safeParse(JSON.parse(stdout));
  if (!report.success) throw new FileProblem('It is damaged: its tables make no sense.');
  return planFilm(report.data);
}

/**
 * One picture of a film, the cover of a song, or a still of a type that the decoder does not open, as a file in `cwd`. The first second of
 * a film is often black, so the most telling of the 24 frames after it is taken. A still keeps what is transparent.
 * @returns null when there is none
 */
export async function makePoster(
  path: string,
  demuxer: string,
  kind: 'video' | 'audio' | 'still',
  durationMs: number | null,
  cwd: string,
  signal: AbortSignal,
): Promise<string | null> {
  const poster = `${cwd}/poster.${kind === 'still' ? 'png' : 'jpg'}`;
  const codec = kind === 'still' ? ['png'] : ['mjpeg', '-q:v', '2', '-pix_fmt', 'yuvj420p'];
  const side = renditionPixels.preview;
  const scale = `scale='min(${side},iw)':'min(${side},ih)':force_original_aspect_ratio=decrease`;
  const tries =
    kind !== 'video'
      ? [{ seek: [], filter: scale }]
      : [
          { seek: ['-ss', String(Math.min(1, (durationMs ?? 0) / 3_000))], filter: `thumbnail=24,${scale}` },
          // A film of few frames, or one whose middle was not read.
          { seek: [], filter: scale },
        ];
  let reason = '';
  for (const { seek, filter } of tries) {
    const args = ['-hide_banner', '-nostdin', '-y', '-v', 'error', '-threads', '1', ...seek, ...input(demuxer, path)];
    const output = ['-an', '-sn', '-dn', '-frames:v', '1', '-vf', filter, '-c:v', ...codec, '-f', 'image2', poster];
    const { stderr } = await runTool('ffmpeg', [...args, ...output], cwd, signal);
    if (existsSync(poster)) return poster;
    reason = stderr;
  }
  if (kind === 'audio') return null;
  throw new FileProblem(`No picture could be taken from it: ${reasonOf(reason)}`);
}

/** The last line without the reader's address in memory and our own path. */
function reasonOf(stderr: string): string {
  const line = stderr.trim().split('\n').at(-1) ?? '';
  const text = line.replace(/^\[[^\]]*\]\s*/, '').replace(/^\S*\/original: /, '');
  return text === '' ? 'it ends too early.' : `${text.slice(0, 160)}.`;
}
