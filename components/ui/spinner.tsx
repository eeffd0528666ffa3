import clsx from 'clsx';

/** The only thing in Strata that loops. Say beside it what is going on. */
export function Spinner({ size = 12, className }: { size?: 12 | 16 | 20; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
      className={clsx('flex-none animate-spin opacity-80', className)}
    >
      <path
        d="M8 1.5a6.5 6.5 0 1 1-6.5 6.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
    </svg>
  );
}
