import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { Tone } from './badge.tsx';

const TONES: Record<Exclude<Tone, 'now'>, string> = {
  plain: 'bg-sunken inset-ring-line',
  warning: 'bg-warning-soft inset-ring-warning-line [&>svg]:text-warning-text',
  danger: 'bg-danger-soft inset-ring-danger-line [&>svg]:text-danger-text',
  success: 'bg-success-soft inset-ring-success-line [&>svg]:text-success-text',
  past: 'bg-past-soft inset-ring-past-line [&>svg]:text-past-text',
};

/** A sentence that belongs to what stands above it: a consequence, a warning. `<b>` inside is the part to read first. */
export function Note({
  tone = 'plain',
  icon,
  children,
  className,
}: {
  tone?: Exclude<Tone, 'now'>;
  icon?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <div
      className={clsx(
        'flex gap-2 rounded-2 px-2.5 py-2 text-meta leading-[17px] text-fg-2 inset-ring max-sm:text-phone-meta [&>svg]:mt-px [&>svg]:size-3.5 [&>svg]:flex-none [&_b]:font-medium [&_b]:text-fg',
        TONES[tone],
        className,
      )}
    >
      {icon}
      <div className="min-w-0 [overflow-wrap:anywhere]">{children}</div>
    </div>
  );
}
