'use client';

import dynamic from 'next/dynamic';
import type { ComponentType, ReactNode } from 'react';

/** When a page is through with its first work, in ms. */
const idleMs = 2_500;

/**
 * A component that is no part of the first load: it is fetched a moment after the page is there, so that it opens at once, or when it is
 * first shown, whichever comes first. For what a person opens: dialogs, the viewer. Not rendered on the server.
 * @param waiting stands in its place until it is there; nothing by default
 */
export function onDemand<P>(load: () => Promise<ComponentType<P>>, waiting?: () => ReactNode): ComponentType<P> {
  if (typeof window !== 'undefined') {
    const warm = () => setTimeout(() => load().catch(() => undefined), idleMs);
    if (document.readyState === 'complete') warm();
    else window.addEventListener('load', warm, { once: true });
  }
  return dynamic(load, { ssr: false, ...(waiting ? { loading: waiting } : {}) });
}
