'use client';

import clsx from 'clsx';
import type { KeyboardEvent, ReactNode } from 'react';
import { BottomSheet } from './bottom-sheet.tsx';
import { usePhone } from './use-media.ts';

export interface SidePanelProps {
  /** Names the region ("Details"), and is the title of the sheet on a phone. */
  label: string;
  /** On a phone under the title of the sheet. */
  description?: ReactNode;
  onClose: () => void;
  /** In thumb reach on a phone, at the foot of the panel else. */
  footer?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** 320 px at the right behind a hairline; over the content below 1200; a sheet on a phone. Give it to `Page` as `panel`. */
export function SidePanel({ label, description, onClose, footer, children, className }: SidePanelProps) {
  const phone = usePhone();
  if (phone)
    return (
      <BottomSheet
        open
        onOpenChange={(open) => !open && onClose()}
        title={label}
        description={description}
        height="tall"
        footer={footer}
      >
        {children}
      </BottomSheet>
    );
  return (
    <aside
      aria-label={label}
      data-region="panel"
      tabIndex={-1}
      onKeyDown={(event: KeyboardEvent) => {
        // what is open over the panel (a menu, a dialog) lies elsewhere in the page and closes first
        if (event.key !== 'Escape' || !event.currentTarget.contains(event.target as Node)) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
      className={clsx(
        'focus-none flex min-h-0 w-80 flex-col border-l border-line bg-sheet max-sm:hidden',
        'max-lg:pointer-events-auto max-lg:shadow-3',
        className,
      )}
    >
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-4">{children}</div>
      {footer && <div className="flex-none border-t border-line p-4">{footer}</div>}
    </aside>
  );
}

/** A head of 32 px and what belongs to it. */
export function PanelSection({
  title,
  meta,
  action,
  children,
  className,
}: {
  title: string;
  meta?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={className}>
      <div className="flex h-8 items-center gap-1.5">
        <h3 className="text-ui font-semibold">{title}</h3>
        {meta && <span className="text-meta text-fg-3 tabular-nums">{meta}</span>}
        {action && <span className="ml-auto flex items-center">{action}</span>}
      </div>
      {children}
    </section>
  );
}

/** Facts as terms and values: `<Facts rows={[['Taken', '24 Sep 2026']]} />`. */
export function Facts({ rows }: { rows: [term: string, value: ReactNode][] }) {
  return (
    <dl className="grid grid-cols-[84px_minmax(0,1fr)] gap-x-2 gap-y-[5px] text-meta tabular-nums max-sm:text-phone-meta">
      {rows.map(([term, value]) => (
        <div key={term} className="contents">
          <dt className="text-fg-3">{term}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere] text-fg">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
