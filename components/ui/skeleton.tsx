import clsx from 'clsx';

/** The place of something that is on its way, in its final size. No shimmer. Show it after 150 ms, not before. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={clsx('block rounded-2 bg-press', className)} />;
}
