'use client';

import { useEffect } from 'react';
import { SessionOver } from './session-over.tsx';

/** As `renewAfter` in lib/auth/session-token.ts, ms. */
const every = 15 * 60_000;

/**
 * Renews the session while somebody is here: at most every 15 min, and only when the page was used since. A page that was left
 * open runs out after 8 h. When it is over, the page asks to sign in again. Put once into the frame behind sign-in.
 */
export function KeepSession() {
  useEffect(() => {
    let renewedAt = Date.now();
    const renew = () => {
      if (document.visibilityState === 'hidden' || Date.now() - renewedAt < every) return;
      renewedAt = Date.now();
      // Offline is no reason to tell anybody: the next use tries again, and requests say themselves when a session is over.
      fetch('/api/auth/session', { cache: 'no-store' }).catch(() => {
        renewedAt = 0;
      });
    };
    const events = ['pointerdown', 'keydown', 'focus'] as const;
    for (const event of events) window.addEventListener(event, renew, { passive: true, capture: true });
    return () => {
      for (const event of events) window.removeEventListener(event, renew, { capture: true });
    };
  }, []);
  return <SessionOver />;
}
