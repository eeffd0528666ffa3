import { FileArchive } from 'lucide-react';
import { announce } from '#components/shell/announce.ts';
import { formatBytes, formatCount, formatPlural } from '#components/ui/format.ts';
import { formatStamp } from '#components/ui/format-time.ts';
import { Meter } from '#components/ui/meter.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { addToast, closeToast } from '#components/ui/toast-store.ts';
import { saveZip, whyNoZip } from './save-zip.ts';
import { type ArchiveSource, readArchive } from './zip-entries.ts';
import { zipLength } from './zip-format.ts';

/** Milliseconds between two words of progress. */
const tellEvery = 500;
let running = 0;

/** Bytes that are being made into a ZIP: leaving the page would end it. */
function onLeave(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/**
 * Saves a selection as one ZIP, straight from the store: names and folders kept, its size known before it begins. One of the past says in its
 * name of which moment it is.
 */
export async function downloadZip(library: string, source: ArchiveSource, what: string): Promise<void> {
  const key = `zip-${crypto.randomUUID()}`;
  const why = whyNoZip();
  if (why !== null) return fail(key, what, why);
  const stop = new AbortController();
  const cancel = { label: 'Cancel', onClick: () => stop.abort(new DOMException('Cancelled', 'AbortError')) };
  const show = (title: React.ReactNode) =>
    addToast({ key, stays: true, icon: <Spinner size={16} />, title, action: cancel });
  let toast = show(`Listing ${what}`);
  try {
    const archive = await readArchive(library, source);
    const { files } = archive.totals;
    if (files === 0) return fail(key, what, archive.leftOut[0]?.reason ?? 'There are no files in it.');
    const length = zipLength(archive.entries);
    const name = `${archive.name}${source.at === null ? '' : ` as of ${formatStamp(source.at)}`}.zip`;
    let told = 0;
    const tell = (number: number) => {
      if (Date.now() - told < tellEvery) return;
      told = Date.now();
      toast = show(<Progress name={name} number={number} files={files} bytes={length} />);
    };
    if (running++ === 0) window.addEventListener('beforeunload', onLeave);
    try {
      await saveZip({ library, entries: archive.entries, name, length }, tell, stop.signal);
    } finally {
      if (--running === 0) window.removeEventListener('beforeunload', onLeave);
    }
    const done = `${name} saved, ${formatPlural(files, 'file')}, ${formatBytes(length)}`;
    announce(done);
    if (archive.leftOut.length === 0) addToast({ key, icon: <FileArchive />, title: done });
    else
      fail(
        key,
        what,
        `${archive.leftOut[0]?.path}: ${archive.leftOut[0]?.reason}`,
        `${done}, without ${formatPlural(archive.leftOut.length, 'file')}.`,
      );
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      closeToast(toast);
      addToast({ key, title: 'Download cancelled' });
      return;
    }
    fail(key, what, reasonOf(error));
  }
}

/** The app's own words say what to do; its errors lose all but name and message on their way from the worker. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || error.message === '') return 'The line broke. Try again.';
  return error.name === 'ApiError' ? error.message : `${error.message} Try again.`;
}

function fail(
  key: string,
  what: string,
  detail: string,
  title = `${what} ${/^[\d,]+ \w+s$/.test(what) ? 'were' : 'was'} not saved.`,
): void {
  addToast({ key, kind: 'error', title, detail });
}

function Progress({ name, number, files, bytes }: { name: string; number: number; files: number; bytes: number }) {
  const text = `${formatCount(number)} of ${formatPlural(files, 'file')}`;
  return (
    <span className="grid gap-1.5">
      <span>
        Saving <bdi>{name}</bdi>
        <span className="text-meta font-normal opacity-70 tabular-nums">
          , {text}, {formatBytes(bytes)}
        </span>
      </span>
      <Meter
        value={files > 0 ? (number - 1) / files : null}
        label={`Saving ${name}`}
        text={text}
        thin
        className="w-48"
      />
    </span>
  );
}
