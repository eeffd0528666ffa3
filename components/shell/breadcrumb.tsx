'use client';

import { ChevronRight, Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { type DragEvent, Fragment, type ReactNode } from 'react';
import { Menu } from '#components/ui/menu.tsx';

export interface Crumb {
  label: string;
  href: string;
  /** Handlers of a drop target, from the page. */
  drop?: Partial<Record<'onDragEnter' | 'onDragOver' | 'onDragLeave' | 'onDrop', (event: DragEvent) => void>> & {
    'data-drop-folder'?: string;
  };
}

const SHOWN = 4;
const LINK =
  'rounded-1 px-1.5 py-[3px] whitespace-nowrap text-fg-2 hover:bg-hover hover:text-fg data-over:inset-ring-2 data-over:inset-ring-accent';

/** The way to this place; more than four steps fold in the middle. The last one is here. */
export function Breadcrumb({ crumbs }: { crumbs: Crumb[] }) {
  const last = crumbs[crumbs.length - 1];
  const folded = crumbs.length > SHOWN ? crumbs.slice(1, crumbs.length - 2) : [];
  const shown = folded.length > 0 ? [crumbs[0], null, ...crumbs.slice(-2)] : crumbs;
  return (
    <nav aria-label="Path" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-0.5">
        {shown.map((crumb, i) => (
          <Fragment key={crumb ? crumb.href : 'folded'}>
            {i > 0 && (
              <li aria-hidden="true" className="flex-none text-fg-3 opacity-70">
                <ChevronRight className="size-3 rtl:-scale-x-100" />
              </li>
            )}
            <li className={crumb === last ? 'min-w-8 truncate' : 'min-w-0 shrink-[2] truncate'}>
              {step(crumb, crumb === last)}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );

  function step(crumb: Crumb | null | undefined, here: boolean): ReactNode {
    if (!crumb)
      return (
        <Menu
          label="Folders between"
          align="start"
          items={folded.map((each) => ({ id: each.href, label: each.label, href: each.href }))}
          trigger={
            <button
              type="button"
              aria-label={`${folded.length} folders between`}
              className={`${LINK} grid h-6 place-items-center`}
            >
              <Ellipsis className="size-3.5" aria-hidden="true" />
            </button>
          }
        />
      );
    return here ? (
      <span aria-current="page" title={crumb.label} className="block truncate px-1.5 py-[3px] font-semibold text-fg">
        <bdi>{crumb.label}</bdi>
      </span>
    ) : (
      <Link href={crumb.href} title={crumb.label} {...crumb.drop} className={`focus-inset block truncate ${LINK}`}>
        <bdi>{crumb.label}</bdi>
      </Link>
    );
  }
}
