'use client';

import { useEffect } from 'react';

/** What `app/layout.tsx` says where a page exports no title of its own. */
const DEFAULT_TITLE = 'Strata';

/** Names the tab. Next streams its own title after the page, so the default is replaced whenever it comes back. */
export function useTabTitle(title: string): void {
  useEffect(() => {
    const own = `${title}, ${DEFAULT_TITLE}`;
    document.title = own;
    const observer = new MutationObserver(() => {
      if (document.title === DEFAULT_TITLE) document.title = own;
    });
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [title]);
}
