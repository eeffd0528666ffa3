import clsx from 'clsx';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  /** A 20 px Lucide icon that belongs to this state only. */
  icon: ReactNode;
  title: ReactNode;
  /** What is true, why, what to do. */
  children?: ReactNode;
  /** One button, a meter, or a line such as "Trying again in 8 s". */
  action?: ReactNode;
  /** Errors of the store or the app. */
  tone?: 'plain' | 'danger';
  /** Shown in mono under the text. */
  requestId?: string;
  /** In its own hairline card, instead of in the middle of the page. */
  card?: boolean;
  className?: string;
}

/** One of the six states: empty, no result, not yours, offline, index incomplete, error. They are never mixed. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  tone = 'plain',
  requestId,
  card,
  className,
}: EmptyStateProps) {
  return (
    <div
      role={tone === 'danger' ? 'alert' : undefined}
      className={clsx(
        'grid content-start justify-items-center text-center',
        card ? 'rounded-3 px-6 pt-5.5 pb-5 inset-shadow-line' : 'm-auto w-full max-w-100 px-6 py-10',
        className,
      )}
    >
      <span
        aria-hidden="true"
        className={clsx(
          'mb-2.5 grid size-10 place-items-center rounded-4 [&>svg]:size-5 [&>svg]:stroke-[1.8]',
          tone === 'danger' ? 'bg-danger-soft text-danger-text' : 'bg-press text-fg-2',
        )}
      >
        {icon}
      </span>
      <h2 className="text-read leading-5 font-semibold text-fg [overflow-wrap:anywhere] max-sm:text-phone-title">
        {title}
      </h2>
      {children && (
        <p className="mt-0.5 max-w-90 text-fg-2 text-balance [overflow-wrap:anywhere] max-sm:text-read">{children}</p>
      )}
      {requestId && <p className="mt-1 type-code text-fg-3">req {requestId}</p>}
      {action && (
        <div className="mt-3 flex min-h-7 flex-wrap items-center justify-center gap-2 text-meta text-fg-3">
          {action}
        </div>
      )}
    </div>
  );
}
