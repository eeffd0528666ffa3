import { formatBytes } from '#components/ui/format.ts';
import { formatTime } from '#components/ui/format-time.ts';
import type { Mismatch } from '#lib/uploads/browser/match-session.ts';

/** Why a file cannot continue an upload: "This is another file: 1.9 GB, not 1.8 GB". */
export function mismatchWords(mismatch: Mismatch): string {
  switch (mismatch.what) {
    case 'size': {
      const have = formatBytes(mismatch.have);
      const want = formatBytes(mismatch.want);
      if (have !== want) return `This is another file: ${have}, not ${want}.`;
      return `This is another file: ${mismatch.have.toLocaleString('en-US')} bytes, not ${mismatch.want.toLocaleString('en-US')}.`;
    }
    case 'name':
      return `This is another file: ${mismatch.have}, not ${mismatch.want}.`;
    case 'time':
      return `This is another state of the file: changed ${formatTime(mismatch.have)}, not ${formatTime(mismatch.want)}.`;
    case 'content':
      return 'This is another file: its first part differs from what is kept.';
  }
}
