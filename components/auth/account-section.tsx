import type { ReactNode } from 'react';

/** A part of the account page: a title, one line that says what it is for, an action at the right. */
export function AccountSection({
  title,
  text,
  action,
  children,
}: {
  title: string;
  text: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="mt-8">
      <div className="mb-3 flex items-end gap-3 max-sm:flex-col max-sm:items-stretch">
        <div className="min-w-0 flex-1">
          <h2 className="text-title max-sm:text-phone-title">{title}</h2>
          <p className="text-meta text-fg-3 max-sm:text-phone-meta">{text}</p>
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}

/** Rows between hairlines. */
export function RowList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="rounded-3 inset-shadow-line">
      {children}
    </ul>
  );
}

export function Row({
  icon,
  title,
  facts,
  actions,
}: {
  icon: ReactNode;
  title: ReactNode;
  facts: ReactNode;
  actions: ReactNode;
}) {
  return (
    <li className="flex min-h-13 items-center gap-3 px-3 py-2 not-first:border-t not-first:border-line">
      <span aria-hidden="true" className="flex-none text-fg-3 [&>svg]:size-4">
        {icon}
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 flex-wrap items-center gap-x-2 text-label max-sm:text-phone-name">{title}</p>
        <p className="text-meta text-fg-3 tabular-nums [overflow-wrap:anywhere] max-sm:text-phone-meta">{facts}</p>
      </div>
      <div className="-mr-1 flex flex-none items-center gap-1">{actions}</div>
    </li>
  );
}
