'use client';

import { useEffect, useRef } from 'react';
import { ANNOUNCE_GAP_MS, type Announcement, listenToAnnouncements } from './announce.ts';

/** The two live regions of the app; what to say is queued by `announce()`. */
export function Announcer() {
  const polite = useRef<HTMLDivElement>(null);
  const assertive = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let waiting: Announcement | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = ({ text, urgent }: Announcement) => {
      const region = (urgent ? assertive : polite).current;
      if (!region) return;
      // The same sentence twice is silent in most readers; a trailing no-break space makes it new.
      region.textContent = region.textContent === text ? `${text}\u00a0` : text;
    };
    const tick = () => {
      if (waiting) {
        say(waiting);
        waiting = null;
        timer = setTimeout(tick, ANNOUNCE_GAP_MS);
      } else {
        timer = undefined;
      }
    };
    const stop = listenToAnnouncements((next) => {
      if (next.urgent) return say(next);
      waiting = next;
      // A short pause lets a burst (selection by Shift+arrows) end in its last state.
      if (timer === undefined) timer = setTimeout(tick, 120);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  return (
    <>
      <div ref={polite} role="status" aria-live="polite" aria-atomic="true" className="sr-only" data-announcer="" />
      <div ref={assertive} aria-live="assertive" aria-atomic="true" className="sr-only" />
    </>
  );
}
