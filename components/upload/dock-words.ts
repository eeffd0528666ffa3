import { formatBytesOf, formatCount, formatPlural, formatSpeed, formatTimeLeft } from '#components/ui/format.ts';
import type { UploadSnapshot } from '#lib/uploads/browser/upload-store.ts';

export type DockWords = { title: string; facts: string };

const missingWords = { network: 'the network', store: 'the store', app: 'Strata' };

/** The head of the dock: what goes on, and one line of facts. */
export function dockWords(now: UploadSnapshot, clock: number): DockWords {
  const { total, done, failed, paused } = now;
  const left = total - done - failed;
  const of = `${formatCount(done)} of ${formatCount(total)}`;
  if (now.gate && left > 0) {
    const seconds = Math.max(1, Math.ceil((now.gate.nextTryAt - clock) / 1000));
    return {
      title: `Waiting for ${missingWords[now.gate.missing]}, ${of} kept`,
      facts: `Trying again in ${seconds} s`,
    };
  }
  if (now.moving) {
    const facts = [formatBytesOf(now.bytesSent, now.bytesTotal)];
    if (now.bytesPerSecond > 0) facts.push(formatSpeed(now.bytesPerSecond));
    if (now.secondsLeft !== null && now.bytesSent < now.bytesTotal) facts.push(formatTimeLeft(now.secondsLeft));
    return { title: total === 1 ? 'Uploading 1 file' : `Uploading ${of}`, facts: facts.join(', ') };
  }
  if (now.reading !== null) return { title: 'Reading the files', facts: formatPlural(now.reading, 'file') };
  const open = now.clashes.length + now.offers.length;
  if (open > 0) return { title: `${formatPlural(open, 'file')} to decide about`, facts: `${of} uploaded` };
  if (paused > 0) return { title: `Paused, ${of} uploaded`, facts: formatBytesOf(now.bytesSent, now.bytesTotal) };
  const skipped = now.groups.done.length - done;
  const facts = [];
  if (skipped > 0) facts.push(`${formatCount(skipped)} skipped`);
  return { title: done === 0 ? 'Nothing uploaded' : `${formatPlural(done, 'file')} uploaded`, facts: facts.join(', ') };
}
