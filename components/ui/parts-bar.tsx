import clsx from 'clsx';

export type PartState = 'waiting' | 'sending' | 'done';

export interface PartsBarProps {
  /** One state a part. Above 60 parts, neighbours share a block. */
  parts: PartState[];
  label: string;
  text?: string;
  /** 0 to 1, for screen readers. */
  value: number;
  className?: string;
}

const BLOCKS_AT_MOST = 60;

/** The blocks to draw: done only when all of its parts are, sending when any is at work. */
export function planBlocks(parts: readonly PartState[], most: number = BLOCKS_AT_MOST): PartState[] {
  if (parts.length <= most) return [...parts];
  return Array.from({ length: most }, (_, i) => {
    const share = parts.slice(Math.floor((i * parts.length) / most), Math.floor(((i + 1) * parts.length) / most));
    if (share.every((part) => part === 'done')) return 'done';
    return share.every((part) => part === 'waiting') ? 'waiting' : 'sending';
  });
}

/** A file as the parts that it is sent in: order and gaps are visible. 6 px high. */
export function PartsBar({ parts, label, text, value, className }: PartsBarProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(value * 100)}
      aria-valuetext={text}
      className={clsx('flex h-1.5 gap-px', className)}
    >
      {planBlocks(parts).map((state, i) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a block is its place
          key={i}
          className={clsx(
            'flex-1 rounded-[1px]',
            state === 'waiting' ? 'bg-press' : 'bg-accent',
            state === 'sending' && 'opacity-45',
          )}
        />
      ))}
    </div>
  );
}
