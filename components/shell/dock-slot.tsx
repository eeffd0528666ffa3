'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/** The foot of the content column. Its height is known to the toasts, which stay above it. */
export function DockSlot({ children }: { children: ReactNode }) {
  const slot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = slot.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      // On a phone the tab bar lies under the dock; on wide screens the frame's own gap.
      const foot = window.innerHeight - element.getBoundingClientRect().bottom + element.offsetHeight;
      document.documentElement.style.setProperty('--foot', `${Math.max(0, Math.round(foot))}px`);
    });
    observer.observe(element);
    observer.observe(document.documentElement);
    return () => {
      observer.disconnect();
      document.documentElement.style.removeProperty('--foot');
    };
  }, []);
  return (
    <div ref={slot} data-region="dock" className="relative z-dock col-start-1 row-start-4 min-w-0">
      {children}
    </div>
  );
}
