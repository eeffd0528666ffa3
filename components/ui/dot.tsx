import clsx from 'clsx';

const TONES = {
  success: 'bg-success',
  accent: 'bg-accent',
  warning: 'bg-warning',
  danger: 'bg-danger',
  plain: 'bg-edge',
};

/** A round mark before a sentence of state. Always with words beside it. */
export function Dot({ tone = 'success', className }: { tone?: keyof typeof TONES; className?: string }) {
  return <span aria-hidden="true" className={clsx('size-1.75 flex-none rounded-full', TONES[tone], className)} />;
}

const DEPTHS = ['bg-depth-1', 'bg-depth-2', 'bg-depth-3', 'bg-depth-4', 'bg-depth-5', 'bg-depth-6'];

/** A square in a depth colour (1 to 6) before the name of a storage class or an age. */
export function DepthMark({ depth }: { depth: number }) {
  return (
    <span
      aria-hidden="true"
      className={clsx('size-2 flex-none rounded-[2px]', DEPTHS[Math.min(6, Math.max(1, depth)) - 1])}
    />
  );
}
