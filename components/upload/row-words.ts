import { formatBytes, formatBytesOf, formatTimeLeft } from '#components/ui/format.ts';
import { planTimeLeft } from '#lib/uploads/browser/progress.ts';
import type { UploadItem } from '#lib/uploads/browser/types.ts';

/** The state of a file in at most some 30 letters, for the right of its row. */
export function rowWords(item: UploadItem, now: number): string {
  switch (item.state) {
    case 'waiting':
      return item.sent > 0 ? `Waiting, ${formatBytesOf(item.sent, item.size)}` : 'Waiting';
    case 'hashing':
      return 'Preparing';
    case 'sending': {
      const left = secondsLeft(item, now);
      const sent = formatBytesOf(item.sent, item.size);
      return left === null ? sent : `${sent}, ${formatTimeLeft(left)}`;
    }
    case 'verifying':
      return 'Verifying checksum';
    case 'paused':
      return item.sent > 0 ? `Paused, ${formatBytesOf(item.sent, item.size)}` : 'Paused';
    case 'clash':
      return item.clash?.late ? 'Someone was faster' : 'Exists already';
    case 'offer':
      return 'Unfinished elsewhere';
    case 'failed':
      return item.failure?.short ?? 'Not sent';
    case 'done':
      return formatBytes(item.size);
    case 'skipped':
      return 'Skipped';
    case 'cancelled':
      return 'Cancelled';
  }
}

/** Less than this many seconds of sending tell nothing about the rest. */
const leastSeconds = 2;

function secondsLeft(item: UploadItem, now: number): number | null {
  if (item.startedAt === null) return null;
  const seconds = (now - item.startedAt) / 1000;
  if (seconds < leastSeconds) return null;
  return planTimeLeft(item.size - item.sent, (item.sent - item.sentAtStart) / seconds);
}

/** "campaigns/2026/boats.jpg" → "2026"; a file at the top → null. */
export function folderName(path: string): string | null {
  const segments = path.split('/');
  return segments.length > 1 ? (segments[segments.length - 2] ?? null) : null;
}
