import clsx from 'clsx';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';

/** A tag with the way to take it off. `note`: "2 of 5". */
export function TagChip({
  name,
  note,
  fresh,
  onRemove,
}: {
  name: string;
  note?: ReactNode;
  /** Not saved yet. */
  fresh?: boolean;
  onRemove: (() => void) | undefined;
}) {
  return (
    <span
      className={clsx(
        'inline-flex h-6 max-w-full items-center gap-1 rounded-2 pl-2 text-meta max-sm:h-9',
        fresh ? 'bg-accent-soft text-accent-text' : 'bg-press text-fg',
        !onRemove && 'pr-2',
      )}
    >
      <bdi className="truncate">{name}</bdi>
      {note && <span className="flex-none text-fg-3 tabular-nums">{note}</span>}
      {onRemove && (
        <button
          type="button"
          aria-label={`Take the tag ${name} off`}
          onClick={onRemove}
          className="hit grid size-6 flex-none place-items-center rounded-2 text-fg-3 hover:text-fg max-sm:size-9"
        >
          <X className="size-3" aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
