import type { ReactNode } from 'react';

export interface NavItem {
  id: string;
  href: string;
  label: string;
  /** A Lucide icon element: `<Trash2 />`. */
  icon: ReactNode;
  /** At the right: a number or "2 to continue". */
  count?: string | number;
  /** A count that asks for attention. */
  alert?: boolean;
  /** Current for addresses under this one too (default), or only for it. */
  exact?: boolean;
}

export interface NavSection {
  /** Above the items: "Admin". */
  label?: string;
  items: NavItem[];
}

/** Whether an address lies at or under a link. Query and slashes at the end do not count. */
export function isCurrent(pathname: string, item: Pick<NavItem, 'href' | 'exact'>): boolean {
  const base = (item.href.split(/[?#]/)[0] ?? '').replace(/\/+$/, '');
  const here = pathname.replace(/\/+$/, '');
  return here === base || (!item.exact && here.startsWith(`${base}/`));
}
