import clsx from 'clsx';
import type { ReactNode } from 'react';

export type Tone = 'plain' | 'now' | 'past' | 'success' | 'warning' | 'danger';

const TONES: Record<Tone, string> = {
  plain: 'bg-press text-fg-2',
  now: 'bg-accent-soft text-accent-text',
  past: 'bg-past-soft text-past-text',
  success: 'bg-success-soft text-success-text',
  warning: 'bg-warning-soft text-warning-text',
  danger: 'bg-danger-soft text-danger-text',
};

/** A word of state, 18 px high. The colour never stands without its word. */
export function Badge({
  tone = 'plain',
  icon,
  children,
  className,
}: {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      className={clsx(
        'inline-flex h-4.5 flex-none items-center gap-1 rounded-1 px-1.5 text-micro whitespace-nowrap tabular-nums [&>svg]:size-3 [&>svg]:stroke-[2.3]',
        TONES[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}
