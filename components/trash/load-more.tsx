'use client';

import { useEffect, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';

/** The end of a list that goes on: reads the next page when it comes near the screen, and is a button for those without scrolling. */
export function LoadMore({ onMore, busy, label }: { onMore: () => void; busy: boolean; label: string }) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;
  useEffect(() => {
    if (!place.current || busy) return;
    const observer = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && latest.current(), {
      rootMargin: '600px',
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [busy]);
  return (
    <div ref={place} className="flex justify-center py-3">
      <Button variant="quiet" busy={busy} onClick={onMore}>
        {label}
      </Button>
    </div>
  );
}
