import clsx from 'clsx';
import { splitName } from './format-name.ts';

/**
 * A name on one line, as given, shortened in the middle by layout alone: the extension and 4 letters before it stay.
 * Give the row or tile around it an `aria-label` with the whole name: the joint may be read as a space.
 */
export function MiddleTruncate({ name, className }: { name: string; className?: string }) {
  const { head, tail } = splitName(name);
  return (
    <bdi title={name} className={clsx('flex min-w-0 whitespace-pre', className)} dir="auto">
      {head && <span className="min-w-0 truncate">{head}</span>}
      <span className={head ? 'flex-none' : 'truncate'}>{tail}</span>
    </bdi>
  );
}
