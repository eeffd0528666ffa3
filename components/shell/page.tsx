'use client';

import clsx from 'clsx';
import { ChevronLeft } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode, RefObject } from 'react';
import { OfflineBanner } from './offline-banner.tsx';
import { useTabTitle } from './use-tab-title.ts';

export interface PageProps {
  /** The one `h1`; also the title in the header of a phone. */
  title: string;
  /** In place of the title in the bar of wide screens: `<Breadcrumb …/>`. The `h1` is then only read. */
  crumbs?: ReactNode;
  /** One comma-separated line: "142 items, 3.8 GB". */
  facts?: ReactNode;
  /** Over the bar: the frame of the past. */
  above?: ReactNode;
  /** At the right of the bar, the primary one last. */
  actions?: ReactNode;
  /** What stands there on a phone instead: at most two `IconButton`s. */
  phoneActions?: ReactNode;
  /** In place of all of the header of a phone: the field while one searches. */
  phoneHeader?: ReactNode;
  /** The arrow at the left of the header of a phone: the page above. */
  back?: { href: string; label: string };
  /** A strip under the bar (`Banner`). The offline banner comes by itself. */
  banner?: ReactNode;
  /** `<SidePanel …>`, or nothing. */
  panel?: ReactNode;
  /** A refresh is under way: a 2 px line at the top; what is there stays. */
  refreshing?: boolean;
  /** The element that scrolls, for virtual lists. */
  scrollRef?: RefObject<HTMLElement | null>;
  /** `bare` for content that brings its own padding and scrollers; `column` is 760 px wide for reading. */
  layout?: 'padded' | 'bare' | 'column';
  /** Of the tab; the title by default. */
  tabTitle?: string;
  children: ReactNode;
}

/** A page in the frame: bar of 48 (a header of 52 on a phone), content, panel. Pages are not cards on a page: the sheet is the page. */
export function Page({
  title,
  crumbs,
  facts,
  above,
  actions,
  phoneActions,
  phoneHeader,
  back,
  banner,
  panel,
  refreshing,
  scrollRef,
  layout = 'padded',
  tabTitle,
  children,
}: PageProps) {
  useTabTitle(tabTitle ?? title);
  return (
    <>
      <div className="col-span-2 col-start-1 row-start-1 min-w-0">
        {above}
        <header
          data-region="bar"
          className={clsx(
            'relative flex h-12 min-w-0 items-center gap-2 border-b border-line pr-3 pl-4',
            'max-sm:h-13 max-sm:gap-0 max-sm:pr-1 max-sm:pt-[env(safe-area-inset-top)]',
            back ? 'max-sm:pl-1' : 'max-sm:pl-3',
          )}
        >
          {phoneHeader && <div className="flex min-w-0 flex-1 sm:hidden">{phoneHeader}</div>}
          {back && !phoneHeader && (
            <Link
              href={back.href}
              aria-label={back.label}
              className="grid size-11 flex-none place-items-center rounded-full sm:hidden"
            >
              <ChevronLeft className="size-5" aria-hidden="true" />
            </Link>
          )}
          <div className={clsx('min-w-0', phoneHeader ? 'max-sm:sr-only' : 'max-sm:flex-1', crumbs && 'sm:contents')}>
            <h1 className={clsx('truncate text-title max-sm:text-phone-title', crumbs && 'sm:sr-only')}>
              <bdi>{title}</bdi>
            </h1>
            {facts && <p className="truncate text-phone-meta text-fg-3 tabular-nums sm:hidden">{facts}</p>}
          </div>
          {crumbs && <div className="-ml-1.5 min-w-0 max-sm:hidden">{crumbs}</div>}
          {facts && (
            <p className="min-w-0 shrink truncate text-meta text-fg-3 tabular-nums max-[899px]:hidden">{facts}</p>
          )}
          <span className="flex-1 max-sm:hidden" />
          {actions && (
            <div className={clsx('flex flex-none items-center gap-2', phoneActions !== undefined && 'max-sm:hidden')}>
              {actions}
            </div>
          )}
          {phoneActions && !phoneHeader && <div className="flex flex-none items-center sm:hidden">{phoneActions}</div>}
          {refreshing && <span aria-hidden="true" className="absolute inset-x-0 -bottom-px h-0.5 bg-accent" />}
        </header>
      </div>
      <div className="col-span-2 col-start-1 row-start-2 min-w-0">
        <OfflineBanner />
        {banner}
      </div>
      <main
        id="content"
        ref={scrollRef}
        tabIndex={-1}
        data-region="content"
        className={clsx(
          'focus-none relative col-start-1 row-start-3 min-h-0 min-w-0 scroll-pb-16',
          layout === 'bare' ? 'flex flex-col overflow-clip' : 'overflow-y-auto',
          layout === 'padded' && 'p-4 max-sm:p-3',
          layout === 'column' && 'px-4 py-4 max-sm:p-3',
        )}
      >
        {layout === 'column' ? <div className="mx-auto w-full max-w-190">{children}</div> : children}
      </main>
      {panel && (
        <div className="col-start-2 row-span-2 row-start-3 flex min-h-0 max-lg:pointer-events-none max-lg:z-side max-lg:col-span-2 max-lg:col-start-1 max-lg:justify-self-end">
          {panel}
        </div>
      )}
    </>
  );
}
