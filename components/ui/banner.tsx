import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { Tone } from './badge.tsx';

const TONES: Record<Tone, string> = {
  plain: 'bg-sunken text-fg-2',
  now: 'bg-accent-soft text-accent-text',
  past: 'bg-past-soft text-past-text',
  success: 'bg-success-soft text-success-text',
  warning: 'bg-warning-soft text-warning-text',
  danger: 'bg-danger-soft text-danger-text',
};

export interface BannerProps {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
  /** A quiet button or a line at the right. */
  action?: ReactNode;
}

/** A strip of 32 px under the bar, for what is true of the whole page: offline, partly indexed. Content stays under it. */
export function Banner({ tone = 'plain', icon, children, action }: BannerProps) {
  return (
    <div
      role="status"
      className={clsx(
        'flex min-h-8 flex-none items-center gap-2 border-b border-line px-4 py-1 text-meta max-sm:px-3 max-sm:text-phone-meta [&>svg]:size-3.5 [&>svg]:flex-none',
        TONES[tone],
      )}
    >
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      {action}
    </div>
  );
}
